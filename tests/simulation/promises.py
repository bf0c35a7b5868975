"""What holds after every step, whatever was done: one of each, only one's own, and the public answer that is due."""

from collections.abc import Callable
from typing import Any

from chalicelib.actions import applications, certificates, companies, workers
from chalicelib.records import lists
from chalicelib.rules.account import Account
from chalicelib.rules.errors import Missing, NotPermitted
from tests.simulation import expected
from tests.simulation.known import WITHDRAWN, Person
from tests.simulation.town import Town


def one_of_each(town: Town) -> None:
    """One archive a person; one code that shows its holder, once the codes follow; one place in a company's list."""
    store = town.world.store
    listed = [one for firm in town.firms for one in lists.ids_of_company(firm.city, firm.id, "worker")]
    assert sorted(listed) == sorted(one.id for one in town.people.values())
    assert {pk for pk, _ in store.table("register") if pk.startswith("W#")} == {one.key for one in town.people.values()}
    for person in town.people.values():
        rows = [one for one in store.table("codes").values() if one.get("archive", {}).get("S") == person.key]
        holding = [one["pk"]["S"] for one in rows if "holder" in one]
        assert person.behind or not person.token or holding == [person.token]


def only_own_is_seen(town: Town, account: Account) -> None:
    """An account sees nothing of another city or, if it is a company's, of another company."""
    for person in town.people.values():
        own = account.city == person.city and account.company in (None, person.company)
        assert [way for way in _ways(account, person) if _seen(way) and not own] == []
    for firm in town.firms:
        own = account.city == firm.city and account.company in (None, firm.id)
        assert _seen(lambda id=firm.id: companies.fetch(account, id)) is own
    if account.role in expected.STAFF:
        mine = [one for one in town.people.values() if one.city == account.city]
        mine = [one for one in mine if account.company in (None, one.company)]
        assert _listed(account) <= {one.id for one in mine}


def told_what_is_due(town: Town) -> None:
    """Every code says what is due; the dead ones stay dead."""
    for person in town.people.values():
        if person.token:
            _told(town, person)
        for token in person.dead:
            colour, codes, _ = _asked(town, token)
            assert colour == "red" or (person.withdrew and codes == {WITHDRAWN}), (colour, codes)


def _told(town: Town, person: Person) -> None:
    due = person.due(str(town.today))
    colour, codes, result = _asked(town, person.token)
    if not person.behind:
        assert (colour, codes) == due[-1], (colour, codes, due, person.facts)
        return
    # good news may lag; what became worse is unknown meanwhile, what came by hand shows at once, but under a withdrawn
    # consent
    unknown = codes == {"data-unavailable"}
    hidden = colour == "grey" and "grey" in {one.colour for one in due}
    new = not person.seen and result == "unknown"
    lags = colour in {one.colour for one in due[person.since :]}
    assert unknown or hidden or new or lags, (colour, codes, due, person.since)


def _asked(town: Town, token: str) -> tuple[str, set[str], str]:
    told = town.world.ask(token)
    assert told["day"] == str(town.today)
    return told["colour"], {reason["code"] for reason in told["reasons"]}, told["result"]


def _ways(account: Account, person: Person) -> list[Callable[[], Any]]:
    ways: list[Callable[[], Any]] = [lambda: workers.fetch(account, person.id)]
    ways += [lambda id=one.id: applications.fetch(account, id) for one in person.applications]
    return ways + ([lambda: certificates.fetch(account, person.number)] if person.number else [])


def _listed(account: Account) -> set[str]:
    pages = [workers.listed(account, state=state, limit=50, after=None) for state in ("none", "active", "revoked")]
    found = {one["id"] for page in pages for one in page.items}
    page = applications.listed(account, state="company_review", limit=50, after=None)
    return found | {one["worker"] for one in page.items}


def _seen(way: Callable[..., Any]) -> bool:
    try:
        way()
    except (Missing, NotPermitted):
        return False
    return True
