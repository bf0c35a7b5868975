"""One worker for each state of an application, each state of a certificate and each reason that Ningbo gives.

Beside them a machine client, a card that is on order and a company's change that has still to be registered.

All of it over the API, by the roles that may. Reasons that only another city's rules or an older certificate give
are seed_cities.py's; those that are not of an archive, reasons.py's.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from scripts import demo
from scripts.seed_city import City

FIRST = 500
OWNER = "owner0"
SUSPENDED = 590
WAY = (
    ("company_review", "submit", "owner"), ("association_review", "forward", "owner"),
    ("background", "accept", "association_clerk"), ("authorisation", "clear", "police"),
    ("production", "authorise", "bureau"), ("handover", "produce", "print_vendor"),
    ("done", "hand-over", "association_manager"),
)  # fmt: skip


Change = Callable[[City, Any], Any]


def run(city: City) -> dict[str, tuple[str, ...]]:
    """Make every case; give the token of each code there is, dead ones too, with the reasons it is to show."""
    states = ("draft", "company_review", "association_review", "background", "authorisation", "production", "handover")
    cases: list[tuple[Change, str, tuple[str, ...]]] = [(_nothing, state, ()) for state in states]
    cases += [(ending, "draft", ()) for ending in (_returned, _withdrawn, _refused, _failed_before)]
    cases += [(change, "done", tuple(reasons)) for change, *reasons in CASES]
    cases += [(_ordered, "production", ())]  # last: who a worker is follows from the number
    _tell_of_a_change(city)
    city.as_("association_manager").post("/api/clients", {"role": "feed", "name": "演示医院", "scopes": ["exam.feed"]})
    made = city.together(lambda number, case: _case(city, FIRST + number, *case), list(enumerate(cases)))
    return {token: reasons for these in made for token, reasons in these.items()} | _suspend_a_company(city)


def _case(city: City, number: int, change: Change, state: str, reasons: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    at = f"/api/workers/{registered(city, number)['id']}"
    along(city, at.rpartition("/")[2], state)
    before = city.as_(OWNER).get(at)
    change(city, before)
    changed, held = before["certificate"], city.as_(OWNER).get(at)["certificate"]
    fresh: dict[str, tuple[str, ...]] = {held["token"]: ()} if held else {}
    return fresh | ({changed["token"]: reasons} if changed else {})


def registered(city: City, number: int, owner: str = OWNER) -> Any:
    """Register a worker and add the papers one by one, as a company's clerk does."""
    client, one, today = city.as_(owner), demo.person(number), city.today
    worker = client.post("/api/workers", demo.register(one))
    at = f"/api/workers/{worker['id']}"
    add_exam(city, at, one.category, owner)
    add_insurance(city, at, owner)
    school = f"{city.home.name}演示培训学校"
    client.post(f"{at}/training", {"done_on": str(today - timedelta(days=30)), "issuer": school})
    given = today - timedelta(days=5)
    client.post(f"{at}/consents", {"given_on": str(given), "text": "2026-1"})
    return city.as_("association_clerk").post(f"{at}/identity", {"how": "original"})


def add_exam(city: City, at: str, category: str, owner: str = OWNER) -> None:
    """Add a health exam of some weeks ago, with a made-up number."""
    exam = {
        "category": category, "from": str(city.today - timedelta(days=40)), "issuer": f"{city.home.name}演示体检中心",
        "reference": f"YSTJ-{at[-6:]}",
    }  # fmt: skip
    city.as_(owner).post(f"{at}/exams", exam)


def add_insurance(city: City, at: str, owner: str = OWNER) -> None:
    """Add an insurance that holds for most of a year yet, with a made-up number."""
    policy = {
        "from": str(city.today - timedelta(days=60)), "until": str(city.today + timedelta(days=300)),
        "third_party": True, "issuer": "演示财产保险", "reference": f"YSBX-{at[-6:]}",
    }  # fmt: skip
    city.as_(owner).post(f"{at}/insurances", policy)


def along(city: City, worker: str, state: str, owner: str = OWNER) -> None:
    """Take an application as far as a state."""
    held = city.as_(owner).post("/api/applications", {"worker": worker, "submit": False})
    for reached, move, role in WAY:
        if held["state"] == state:
            return
        by = city.as_(owner if role == "owner" else role)
        held = by.post(f"/api/applications/{held['id']}/{move}", {"revision": held["revision"]})
        assert held["state"] == reached  # noqa: S101 - the seed stops where the workflow does not do as declared


def _move(city: City, worker: Any, by: str, move: str, **body: Any) -> Any:
    held = city.as_(by).get(f"/api/applications/{worker['applications'][-1]['id']}")
    return city.as_(by).post(f"/api/applications/{held['id']}/{move}", {"revision": held["revision"], **body})


def _nothing(city: City, worker: Any) -> None:
    """Leave it as it is."""


def _ordered(city: City, worker: Any) -> None:
    """Order the card with a batch."""
    applications = [worker["applications"][-1]["id"]]
    city.as_("association_clerk").post("/api/card-batches", {"applications": applications})


def _tell_of_a_change(city: City) -> None:
    """Have a company tell that it moved, before its papers are there."""
    at = f"/api/companies/{city.companies[0]}"
    owner = city.as_(OWNER)
    told = {"what": ["district"], "changed_on": str(city.today - timedelta(days=3))}
    owner.post(f"{at}/changes", told | {"revision": owner.get(at)["revision"]})


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
) -> Change:
    """Make the change that moves a worker's certificate; of what takes two persons, the first one's part."""

    def change(city: City, worker: Any) -> None:
        number = worker["certificate"]["number"]
        body = {"revision": city.as_(by).get(f"/api/certificates/{number}")["revision"], "ground": ground, **told}
        city.as_(by).post(f"/api/certificates/{number}/{move}", body)

    return change


def by_two(move: str, **told: Any) -> Change:
    """Make the change that two persons make of a worker's certificate: the association and the bureau."""

    def change(city: City, worker: Any) -> None:
        certificate_move(move, **told)(city, worker)
        number = worker["certificate"]["number"]
        body = {"revision": city.as_("bureau").get(f"/api/certificates/{number}")["revision"], "ground": "演示：同意"}
        city.as_("bureau").post(f"/api/proposals/{number}/confirm", body)

    return change


def _exam(**told: Any) -> Change:
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


def _insurance(**told: Any) -> Change:
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


def _checked(conclusion: str, days_ago: int) -> Change:
    def change(city: City, worker: Any) -> None:
        day = str(city.today - timedelta(days=days_ago))
        city.as_("police").post(
            f"/api/workers/{worker['id']}/background", {"conclusion": conclusion, "checked_on": day}
        )

    return change


def _posted(by: str, path: str, body: dict[str, Any]) -> Change:
    def change(city: City, worker: Any) -> None:
        city.as_(by).post(f"/api/workers/{worker['id']}/{path}", body)

    return change


def _suspend_a_company(city: City) -> dict[str, tuple[str, ...]]:
    """Suspend the last company; give the code of one of its workers."""
    last, company = f"owner{len(city.companies) - 1}", city.companies[-1]
    worker = registered(city, SUSPENDED, last)["id"]
    along(city, worker, "done", last)
    manager = city.as_("association_manager")
    revision = manager.get(f"/api/companies/{company}")["revision"]
    manager.post(f"/api/companies/{company}/suspend", {"revision": revision, "ground": "演示：整改期间暂停"})
    return {city.as_(last).get(f"/api/workers/{worker}")["certificate"]["token"]: ("company-suspended",)}


CASES: tuple[tuple[Change, *tuple[str, ...]], ...] = (
    (_nothing,),
    (certificate_move("suspend"), "certificate-suspended"),
    (certificate_move("lose", OWNER, "演示：本人报失"), "certificate-lost"),
    (certificate_move("replace", ground="演示：卡面损坏"), "certificate-replaced"),
    (by_two("suspend", basis="enquiry"), "certificate-suspended"),
    (by_two("revoke", basis="conditions"), "certificate-revoked"),
    (certificate_move("revoke", basis="misconduct"), "certificate-suspended"),
    (_exam(ended=True), "exam-lapsed"),
    (_exam(category="一般"), "exam-weak"),
    (_exam(), "exam-missing"),
    (_insurance(ended=True), "insurance-lapsed"),
    (_insurance(third_party=False), "insurance-no-third-party"),
    (_insurance(), "insurance-missing"),
    (_both_ended, "exam-lapsed", "insurance-lapsed"),
    (_checked("failed", 0), "background-failed"),
    (_checked("pending", 0), "background-pending"),
    (_checked("passed", 400), "recheck-overdue"),
    (_posted("association_clerk", "identity", {"how": "original", "matches": False}), "identity-unverified"),
    (_posted(OWNER, "training/void", {"why": "演示：证书不实"}), "training-missing"),
    (_posted(OWNER, "consents/withdraw", {}), "consent-withdrawn"),
)
