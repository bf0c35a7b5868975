"""Ten people of Jinhua's month over HTTP, each office by its own account: eight get their card, two are refused."""

from collections import Counter
from typing import Any, ClassVar

from scripts import demo, seed_cases
from scripts.seed_city import City, told
from scripts.stack import Stack

FATES = {
    8: ("association_review", "association_manager", "exam-failed"),
    9: ("background", "police", "background-failed"),
}
"""By number: the step at which one is refused, by whom, and why."""


class Ten:
    """Ten lives on a deployed stack that has no city yet."""

    PLANNED: ClassVar[Counter[str]] = Counter(
        {"done green": 8, "refused exam-failed": 1, "refused background-failed": 1}
    )

    def __init__(self, deployed: Stack) -> None:
        self._city = City(deployed)

    def run(self) -> list[str]:
        """Live them; give each one's end as the API tells it: state, and colour or reason."""
        self._city.open()
        manager = self._city.as_("association_manager")
        body = {"name": "金华演示家政（演示）", "credit_code": demo.credit_code(801)}
        company = manager.post("/api/companies", body)["id"]
        self._city._make("association_manager", "owner0", "company_owner", "企业负责人", None, company)
        return self._city.together(self._live, [(number,) for number in range(10)])

    def _live(self, number: int) -> str:
        worker = seed_cases.registered(self._city, 800 + number)["id"]
        state, by, reason = FATES.get(number, ("done", "", ""))
        seed_cases.along(self._city, worker, state)
        at = f"/api/applications/{worker}-1"
        if not reason:
            return f"{self._city.as_('owner0').get(at)['state']} {self._colour(worker)}"
        held: Any = self._city.as_(by).get(at)
        body = {"revision": held["revision"], "reasons": [reason]}
        refused = self._city.as_(by).post(f"{at}/refuse", body)
        return f"{refused['state']} {refused['steps'][-1]['reasons'][0]}"

    def _colour(self, worker: str) -> str:
        token = self._city.as_("owner0").get(f"/api/workers/{worker}")["certificate"]["token"]
        answer = self._city.settled(self._city.public(), token)
        return str(answer["colour"]) + "".join(f" {code}" for code in told(answer))
