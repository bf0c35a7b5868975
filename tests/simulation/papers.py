"""What may be planned for a person's papers, and whether it must be taken."""

from datetime import timedelta
from typing import Any

from chalicelib.actions import evidence, workers
from chalicelib.actions.forms import (
    Conclusion,
    NewConsent,
    NewExam,
    NewIdentity,
    NewInsurance,
    NewTraining,
    NewWorker,
    Void,
    Withdrawal,
)
from chalicelib.records import archives
from chalicelib.rules.account import Account
from chalicelib.rules.archive import Archive
from scripts import demo
from tests.simulation import expected
from tests.simulation.known import Person
from tests.simulation.town import Plan, Town

GROUND = "管理办法（演示）"


def registered(town: Town, who: Account, number: int) -> Plan:
    """A company registers somebody."""
    firm = next((one for one in town.firms if one.id == who.company), None)
    well = who.role in expected.COMPANY and firm is not None and firm.state == "active" and number not in town.people
    told = demo.person(number)

    def noted(archive: Archive) -> None:
        town.people[number] = Person(city=archive.city, id=archive.id, company=who.company or "", service=told.service)

    form = NewWorker(**demo.register(told))
    return Plan(who, "register_worker", "", well, lambda act: workers.register(act, form), noted)


def examined(town: Town, who: Account, person: Person, category: Any, days: int) -> Plan:
    """A health exam, taken so many days ago."""
    start = town.today - timedelta(days=days)
    form = NewExam.model_validate({"category": category, "from": start, "issuer": "演示医院"})

    def noted(archive: Archive) -> None:
        told = {"category": category, "from": str(start), "until": str(start + timedelta(days=365))}
        person.change()["exams"].append(told)

    well = town.somebody(person, who, expected.PAPERS)
    return Plan(who, "add_exam", person.key, well, lambda act: evidence.add_exam(act, person.id, form), noted)


def insured(town: Town, who: Account, person: Person, days: int, *, third_party: bool) -> Plan:
    """A policy that begins today and runs so many days."""
    told = {"from": str(town.today), "until": str(town.today + timedelta(days=days)), "third_party": third_party}
    form = NewInsurance.model_validate({**told, "issuer": "演示保险"})

    def noted(archive: Archive) -> None:
        person.change()["insurances"].append(told)

    well = town.somebody(person, who, expected.PAPERS)
    return Plan(who, "add_insurance", person.key, well, lambda act: evidence.add_insurance(act, person.id, form), noted)


def voided(town: Town, who: Account, person: Person, pick: int) -> Plan | None:
    """A policy turns out never to have been this worker's."""
    found = archives.fetch(person.city, person.id).insurances
    if not found:
        return None
    one = found[pick % len(found)]

    def noted(archive: Archive) -> None:
        told = {"from": str(one.start), "until": str(one.until), "third_party": one.third_party}
        person.change()["insurances"].remove(told)

    well, form = town.somebody(person, who, expected.PAPERS), Void(why=GROUND)
    return Plan(
        who, "void_insurance", person.key, well,
        lambda act: evidence.void_insurance(act, person.id, one.id, form), noted,
    )  # fmt: skip


def trained(town: Town, who: Account, person: Person, *, done: bool) -> Plan:
    """Training is recorded, or taken out again."""
    well = town.somebody(person, who, expected.PAPERS)

    def noted(archive: Archive) -> None:
        person.change()["training"] = "done" if done else "missing"

    if not done:
        form = Void(why=GROUND)
        void = lambda act: evidence.void_training(act, person.id, form)  # noqa: E731
        return Plan(who, "void_training", person.key, well, void, noted)
    training = NewTraining(done_on=town.today, issuer="演示学校")
    train = lambda act: evidence.train(act, person.id, training)  # noqa: E731
    return Plan(who, "add_training", person.key, well, train, noted)


def consented(town: Town, who: Account, person: Person, days: int) -> Plan:
    """The worker signed, so many days ago; after a withdrawal only a later signature counts."""
    day = town.today - timedelta(days=days)
    withdrawn = person.facts["consent"]["withdrawn_on"]
    well = town.somebody(person, who, expected.PAPERS) and (not withdrawn or withdrawn < str(day))
    form = NewConsent(given_on=day, text="2026-1")

    def noted(archive: Archive) -> None:
        person.change()["consent"]["given_on"] = str(day)

    return Plan(who, "give_consent", person.key, well, lambda act: evidence.consent(act, person.id, form), noted)


def withdrawn(town: Town, who: Account, person: Person) -> Plan:
    """The worker takes the consent back."""
    given = person.facts["consent"]["given_on"]
    well = town.somebody(person, who, expected.PAPERS) and given is not None

    def noted(archive: Archive) -> None:
        person.change(hand=True)["consent"]["withdrawn_on"] = str(town.today)
        person.withdrew = True

    form = Withdrawal()
    back = lambda act: evidence.withdraw_consent(act, person.id, form)  # noqa: E731
    return Plan(who, "withdraw_consent", person.key, well, back, noted)


def compared(town: Town, who: Account, person: Person, *, matches: bool) -> Plan:
    """Person and document are compared."""
    form = NewIdentity(how="original", matches=matches)

    def noted(archive: Archive) -> None:
        person.change()["identity"] = "verified" if matches else "unverified"

    well = town.somebody(person, who, expected.ASSOCIATION)
    compare = lambda act: evidence.verify_identity(act, person.id, form)  # noqa: E731
    return Plan(who, "verify_identity", person.key, well, compare, noted)


def concluded(town: Town, who: Account, person: Person, conclusion: Any) -> Plan:
    """The police concludes."""
    form = Conclusion(conclusion=conclusion, checked_on=town.today)

    def noted(archive: Archive) -> None:
        person.change(hand=conclusion == "failed")
        person.conclude(conclusion, town.today)

    well = town.somebody(person, who, expected.POLICE)
    conclude = lambda act: evidence.conclude(act, person.id, form)  # noqa: E731
    return Plan(who, "conclude_background", person.key, well, conclude, noted)
