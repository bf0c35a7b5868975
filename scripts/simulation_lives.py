"""What happens to archives: each event is done with the product's own action, and noted a second time as plain facts.

The facts noted here are what the oracle judges by; nothing is read back from the store for them.
"""

from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from chalicelib.actions import evidence, phone_pages
from chalicelib.actions.forms import (
    Conclusion,
    NewConsent,
    NewExam,
    NewIdentity,
    NewInsurance,
    Void,
    Withdrawal,
)
from chalicelib.actions.phone_page_forms import NewPhonePage
from chalicelib.outside import chance
from chalicelib.records import archives
from chalicelib.records.commit import Claim, Entry
from chalicelib.rules import archive as kept
from chalicelib.rules import numbers
from chalicelib.rules.check import Background
from chalicelib.rules.errors import NotAllowed
from scripts.simulation_bulk_stops import SOURCES
from scripts.simulation_certificates import CERTIFICATES
from scripts.simulation_life import GROUND, Event, Life, act
from scripts.simulation_world import World

SERVICES = ("保洁", "做饭", "住家保姆", "养老照护", "病患陪护", "月嫂")
CATEGORIES: tuple[kept.ExamCategory, ...] = ("一般", "居家", "养老照护", "母婴照护")


def born(world: World, city: str, distrusted: set[str] | None = None) -> Life:
    """Issue a certificate to a new archive, its papers mostly in order, as the last step of an application would."""
    roll, today = world.chance, world.today
    service_types = tuple(sorted(roll.sample(SERVICES, roll.choice([1, 1, 2]))))
    until = today + timedelta(days=roll.choice([364, 730, 1825, 3650]))
    review = today + timedelta(days=365) if city == "440200" else None
    checked = today - timedelta(days=roll.randrange(200))
    certificate = kept.Certificate(
        number=numbers.make_number(city, today.year, f"{roll.randrange(10**8):08d}"),
        token=numbers.make_token(chance.octets(16)), state="issued", issued_on=today, until=until, review_due=review,
    )  # fmt: skip
    exam_on, ends = today - timedelta(days=roll.randrange(300)), today + timedelta(days=roll.randrange(5, 400))
    category = roll.choice(CATEGORIES[2:])
    source = roll.choice([one for one in SOURCES if one not in (distrusted or set())] or [GROUND])
    archive = kept.Archive(
        city=city, id=chance.identifier(),
        worker=kept.Worker(
            name="模拟人", masked_name="模*人", resident_id="s1.", identity_hash="h1.", service_types=service_types,
            identity="verified",
        ),
        binding=kept.Binding(company="C1", company_name="模拟家政（演示）", since=today),
        exams=(kept.Exam(id="E1", category=category, start=exam_on, until=_year(exam_on), issuer=source),),
        insurances=(kept.Insurance(id="I1", start=today, until=ends, third_party=True, issuer=GROUND),),
        background=Background(conclusion="passed", checked_on=checked, due_on=_year(checked)),
        consent=kept.Consent(given_on=today, text="1"), training=kept.Training(state="done", done_on=today),
        certificate=certificate,
    )  # fmt: skip
    claim = Claim(key=f"U#certificate#{certificate.number}", owner=archive.key, taken="taken")
    stored = archives.store(
        archive, archive, act=act(world, city, "bureau"), entry=Entry(action="simulate"), claim=[claim]
    )
    facts = {
        "certificate": {"state": "issued", "issued_on": str(today), "until": str(until), "review_due": _text(review)},
        "exams": [{"category": category, "from": str(exam_on), "until": str(_year(exam_on)), "issuer": source}],
        "insurances": [{"from": str(today), "until": str(ends), "third_party": True}],
        "background": {"conclusion": "passed", "checked_on": str(checked), "due_on": str(_year(checked))},
        "consent": {"given_on": str(today), "withdrawn_on": None},
        "identity": "verified", "training": "done", "company": "active", "stop": None,
        "service_types": list(service_types),
    }  # fmt: skip
    distrusts = set() if distrusted is None else distrusted
    return Life(city=city, archive=stored, versions=[facts], sources={source}, distrusted=distrusts)


def live_on(world: World, life: Life) -> str:
    """Let one thing happen to an archive; give its name, or nothing when it could not happen just then."""
    kind = world.chance.choices(list(EVENTS), [weight for weight, _ in EVENTS.values()])[0]
    facts = deepcopy(life.facts)
    done = EVENTS[kind][1](world, life, facts)
    if done is None:
        return ""
    life.archive = done
    life.versions.append(facts)
    return kind


def _insured(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
    """Buy a policy: early, in time, or late, which leaves a gap; now and then without third-party cover."""
    if len(facts["insurances"]) >= 30:
        return None
    last = date.fromisoformat(max(one["until"] for one in facts["insurances"]))
    first = max(last + timedelta(days=world.chance.choice([-20, 1, 1, 1, 2, 9])), world.today - timedelta(days=3))
    until = first + timedelta(days=world.chance.choice([30, 90, 180, 364]))
    told = {"from": str(first), "until": str(until), "third_party": world.chance.random() < 0.9}
    facts["insurances"].append(told)
    form = NewInsurance.model_validate({**told, "issuer": GROUND})
    return evidence.add_insurance(act(world, life.city, "association_clerk"), life.archive.id, form)


def _examined(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
    if len(facts["exams"]) >= 30:
        return None
    first, category = world.today - timedelta(days=world.chance.randrange(9)), world.chance.choice(CATEGORIES[1:])
    until = first + timedelta(days=world.chance.choice([365, 365, 364, 180, 40]))
    told = {"category": category, "from": str(first), "until": str(until), "issuer": world.chance.choice(SOURCES)}
    facts["exams"].append(told)
    by, form = act(world, life.city, "association_clerk"), NewExam.model_validate(told)
    try:
        done = evidence.add_exam(by, life.archive.id, form)
    except NotAllowed:
        done = None
    if (done is None) != (told["issuer"] in life.distrusted):
        raise AssertionError(f"a paper of {told['issuer']} was answered wrongly")
    life.sources |= {told["issuer"]} if done else set()
    return done


def _concluded(conclusion: str) -> Event:
    def event(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
        due = str(_year(world.today)) if conclusion == "passed" else None
        facts["background"] = {"conclusion": conclusion, "checked_on": str(world.today), "due_on": due}
        life.hand = life.hand or conclusion == "failed"
        form = Conclusion.model_validate({"conclusion": conclusion, "checked_on": world.today})
        account = act(world, life.city, "police")
        return evidence.conclude(account, life.archive.id, form)

    return event


def _withdrawn(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
    if _off(facts):
        return None
    facts["consent"]["withdrawn_on"] = str(world.today)
    account = act(world, life.city, "association_clerk")
    return evidence.withdraw_consent(account, life.archive.id, Withdrawal())


def _given(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
    if not _off(facts) or facts["consent"]["withdrawn_on"] >= str(world.today):
        return None
    # the archive keeps the withdrawal that a later consent lifts, or forgets it: the colour is the same
    facts["consent"]["given_on"] = str(world.today)
    form = NewConsent(given_on=world.today, text="2026-1")
    return evidence.consent(act(world, life.city, "association_clerk"), life.archive.id, form)


def _voided(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
    if len(facts["insurances"]) < 2:
        return None
    place = world.chance.randrange(len(facts["insurances"]))
    del facts["insurances"][place]
    one = _in_order(life)[place]
    account = act(world, life.city, "association_clerk")
    return evidence.void_insurance(account, life.archive.id, one.id, Void(why=GROUND))


def _compared(*, matches: bool) -> Event:
    def event(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
        if (facts["identity"] == "verified") is matches:
            return None
        facts["identity"] = "verified" if matches else "unverified"
        form = NewIdentity(how="original", matches=matches)
        return evidence.verify_identity(act(world, life.city, "association_clerk"), life.archive.id, form)

    return event


def _company(state: kept.BindingState) -> Event:
    """Carry a company's state over into the archive, as the job does that follows a company's move."""

    def event(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
        if facts["company"] == state:
            return None
        facts["company"] = state
        after = replace(life.archive, binding=replace(life.archive.binding, state=state))
        entry = Entry(action=f"company.{state}", ground=GROUND)
        return archives.store(life.archive, after, act=act(world, life.city, "association_manager"), entry=entry)

    return event


def _paged(world: World, life: Life, facts: dict[str, Any]) -> kept.Archive | None:
    """Give the worker's phone a page of its own, in place of the one before."""
    made = phone_pages.make(act(world, life.city, "association_clerk"), life.archive.id, NewPhonePage())
    life.page, life.phone = str(made.address).rpartition("/")[2], None
    return archives.fetch(life.city, life.archive.id)


EVENTS: dict[str, tuple[int, Event]] = {
    "insurance": (60, _insured),
    "exam": (24, _examined),
    **CERTIFICATES,
    "check failed": (3, _concluded("failed")),
    "check passed": (24, _concluded("passed")),
    "check pending": (1, _concluded("pending")),
    "consent withdrawn": (5, _withdrawn),
    "consent given": (50, _given),
    "policy voided": (4, _voided),
    "identity doubted": (2, _compared(matches=False)),
    "identity verified": (40, _compared(matches=True)),
    "company suspended": (3, _company("suspended")),
    "company active": (40, _company("active")),
    "phone page": (10, _paged),
}

def _in_order(life: Life) -> list[kept.Insurance]:
    """Give the policies as the facts here are ordered: by when they were recorded, which the archive does not keep."""
    told = [(one["from"], one["until"], one["third_party"]) for one in life.facts["insurances"]]
    left = list(life.archive.insurances)
    found = []
    for one in told:
        match = next(kept for kept in left if (str(kept.start), str(kept.until), kept.third_party) == one)
        left.remove(match)
        found.append(match)
    return found


def _off(facts: dict[str, Any]) -> bool:
    given, withdrawn = facts["consent"]["given_on"], facts["consent"]["withdrawn_on"]
    return bool(withdrawn and given <= withdrawn)


def _year(day: date) -> date:
    return day + timedelta(days=365)


def _text(day: date | None) -> str | None:
    return str(day) if day else None
