"""One worker for each state of an application, each state of a certificate and each reason of a colour.

All of it over the API, by the roles that may. Not among them, because nothing leads there in this city today:
`certificate-pending` and `review-overdue` (Ningbo asks for neither activation nor annual review),
`certificate-expired` (no certificate is two years old yet), `data-unavailable` and `code-stale` (not of an archive).
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from scripts import demo
from scripts.seed_city import City

FIRST = 500
OWNER = "owner0"
WAY = (
    ("company_review", "submit", OWNER), ("association_review", "forward", OWNER),
    ("background", "accept", "association_clerk"), ("authorisation", "clear", "police"),
    ("production", "authorise", "bureau"), ("handover", "produce", "print_vendor"),
    ("done", "hand-over", "association_manager"),
)  # fmt: skip


def run(city: City) -> list[str]:
    """Make every case; give the tokens of their codes, dead ones too."""
    states = (
        "draft",
        "company_review",
        "association_review",
        "background",
        "authorisation",
        "production",
        "handover",
    )
    endings = (_returned, _withdrawn, _refused, _failed_before)
    cases: list[tuple[Callable[[City, Any], Any], str]] = [(_nothing, state) for state in states]
    cases += [(ending, "draft") for ending in endings]
    cases += [(change, "done") for change in CHANGES]
    made = city.together(
        lambda number, case: _case(city, FIRST + number, *case), list(enumerate(cases))
    )  # fmt: skip
    tokens = [token for these in made for token in these]
    return list(dict.fromkeys([*tokens, _suspend_a_company(city)]))


def _case(city: City, number: int, change: Callable[[City, Any], Any], state: str) -> list[str]:
    at = f"/api/workers/{registered(city, number)['id']}"
    along(city, at.rpartition("/")[2], state)
    before = city.as_(OWNER).get(at)
    change(city, before)
    held = [worker["certificate"] for worker in (before, city.as_(OWNER).get(at))]
    return [certificate["token"] for certificate in held if certificate]


def registered(city: City, number: int) -> Any:
    """Register a worker and add the papers one by one, as a company's clerk does."""
    owner, one, today = city.as_(OWNER), demo.person(number), city.today
    worker = owner.post("/api/workers", demo.register(one))
    at = f"/api/workers/{worker['id']}"
    examined, insured = str(today - timedelta(days=40)), str(today - timedelta(days=60))
    owner.post(f"{at}/exams", {"category": one.category, "from": examined, "issuer": "宁波演示体检中心"})
    policy = {
        "from": insured,
        "until": str(today + timedelta(days=300)),
        "third_party": True,
        "issuer": "演示财产保险",
    }
    owner.post(f"{at}/insurances", policy)
    owner.post(f"{at}/training", {"done_on": str(today - timedelta(days=30)), "issuer": "宁波演示培训学校"})
    owner.post(f"{at}/consents", {"given_on": str(today - timedelta(days=5)), "text": "2026-1"})
    return city.as_("association_clerk").post(f"{at}/identity", {"how": "original"})


def along(city: City, worker: str, state: str) -> None:
    """Take an application as far as a state."""
    held = city.as_(OWNER).post("/api/applications", {"worker": worker, "submit": False})
    for reached, move, by in WAY:
        if held["state"] == state:
            return
        held = city.as_(by).post(f"/api/applications/{held['id']}/{move}", {"revision": held["revision"]})
        assert held["state"] == reached  # noqa: S101 - the seed stops where the workflow does not do as declared


def _move(city: City, worker: Any, by: str, move: str, **body: Any) -> Any:
    held = city.as_(by).get(f"/api/applications/{worker['applications'][-1]['id']}")
    return city.as_(by).post(f"/api/applications/{held['id']}/{move}", {"revision": held["revision"], **body})


def _nothing(city: City, worker: Any) -> None:
    """Leave it as it is."""


def _returned(city: City, worker: Any) -> None:
    _move(city, worker, OWNER, "submit")
    _move(city, worker, OWNER, "forward")
    _move(city, worker, "association_clerk", "return", reasons=["photo-unclear"], note="请重拍免冠照片")


def _withdrawn(city: City, worker: Any) -> None:
    _move(city, worker, OWNER, "withdraw")


def _refused(city: City, worker: Any) -> None:
    for by, move in ((OWNER, "submit"), (OWNER, "forward")):
        _move(city, worker, by, move)
    _move(city, worker, "association_manager", "refuse", reasons=["duplicate"])


def _failed_before(city: City, worker: Any) -> None:
    for by, move in ((OWNER, "submit"), (OWNER, "forward"), ("association_clerk", "accept")):
        _move(city, worker, by, move)
    _move(city, worker, "police", "refuse", reasons=["background-failed"])


def certificate_move(
    move: str, by: str = "association_manager", ground: str = "演示：依据管理办法", **told: Any
) -> Callable[[City, Any], Any]:
    """Make the change that moves a worker's certificate; of what takes two persons, the first one's part."""

    def change(city: City, worker: Any) -> None:
        number = worker["certificate"]["number"]
        body = {"revision": city.as_(by).get(f"/api/certificates/{number}")["revision"], "ground": ground, **told}
        city.as_(by).post(f"/api/certificates/{number}/{move}", body)

    return change


def by_two(move: str, **told: Any) -> Callable[[City, Any], Any]:
    """Make the change that two persons make of a worker's certificate: the association and the bureau."""

    def change(city: City, worker: Any) -> None:
        certificate_move(move, **told)(city, worker)
        number = worker["certificate"]["number"]
        body = {"revision": city.as_("bureau").get(f"/api/certificates/{number}")["revision"], "ground": "演示：同意"}
        city.as_("bureau").post(f"/api/proposals/{number}/confirm", body)

    return change


def _exam(**told: Any) -> Callable[[City, Any], Any]:
    def change(city: City, worker: Any) -> None:
        exam = worker["exams"][0]
        at = f"/api/workers/{worker['id']}/exams/{exam['id']}"
        if not told:
            city.as_(OWNER).post(f"{at}/void", {"why": "演示：登记到了别人名下"})
            return
        body = {
            "category": exam["category"],
            "from": exam["from"],
            "issuer": exam["issuer"],
            "why": "演示：日期录入有误",
        }
        ended = {"until": str(city.today - timedelta(days=1))} if told.pop("ended", False) else {}
        city.as_(OWNER).post(f"{at}/amend", {**body, **told, **ended})

    return change


def _insurance(**told: Any) -> Callable[[City, Any], Any]:
    def change(city: City, worker: Any) -> None:
        policy = worker["insurances"][0]
        at = f"/api/workers/{worker['id']}/insurances/{policy['id']}"
        if not told:
            city.as_(OWNER).post(f"{at}/void", {"why": "演示：登记到了别人名下"})
            return
        body = {key: policy[key] for key in ("from", "until", "third_party", "issuer")}
        ended = {"until": str(city.today - timedelta(days=1))} if told.get("ended") else {}
        kept = {key: value for key, value in told.items() if key != "ended"}
        city.as_(OWNER).post(f"{at}/amend", {**body, **kept, **ended, "why": "演示：日期录入有误"})

    return change


def _both_ended(city: City, worker: Any) -> None:
    _exam(ended=True)(city, worker)
    _insurance(ended=True)(city, worker)


def _checked(conclusion: str, days_ago: int) -> Callable[[City, Any], Any]:
    def change(city: City, worker: Any) -> None:
        day = str(city.today - timedelta(days=days_ago))
        city.as_("police").post(
            f"/api/workers/{worker['id']}/background", {"conclusion": conclusion, "checked_on": day}
        )

    return change


def _posted(by: str, path: str, body: dict[str, Any]) -> Callable[[City, Any], Any]:
    def change(city: City, worker: Any) -> None:
        city.as_(by).post(f"/api/workers/{worker['id']}/{path}", body)

    return change


def _suspend_a_company(city: City) -> str:
    """Suspend the last company; give the token of one of its workers."""
    company = city.companies[-1]
    manager = city.as_("association_manager")
    shown = manager.get(f"/api/companies/{company}")
    manager.post(f"/api/companies/{company}/suspend", {"revision": shown["revision"], "ground": "演示：整改期间暂停"})
    last = f"owner{len(city.companies) - 1}"
    worker = city.as_(last).get("/api/workers?limit=1")["items"][0]["id"]
    token: str = city.as_(last).get(f"/api/workers/{worker}")["certificate"]["token"]
    city.expect(city.public(), token, "grey")
    return token


CHANGES: tuple[Callable[[City, Any], Any], ...] = (
    _nothing,
    certificate_move("suspend"),
    certificate_move("lose", OWNER, "演示：本人报失"),
    certificate_move("replace", ground="演示：卡面损坏"),
    by_two("suspend", basis="enquiry"),
    by_two("revoke", basis="conditions"),
    certificate_move("revoke", basis="misconduct"),
    _exam(ended=True),
    _exam(category="一般"),
    _exam(),
    _insurance(ended=True),
    _insurance(third_party=False),
    _insurance(),
    _both_ended,
    _checked("failed", 0),
    _checked("pending", 0),
    _checked("passed", 400),
    _posted("association_clerk", "identity", {"how": "original", "matches": False}),
    _posted(OWNER, "training/void", {"why": "演示：证书不实"}),
    _posted(OWNER, "consents/withdraw", {}),
)
