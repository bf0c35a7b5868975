"""Two at once on real transactions: one is taken, the other is told (two approvals, transfer: with their own)."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from chalicelib.actions import certificates, companies
from chalicelib.actions.certificate_forms import CertificateMove
from chalicelib.actions.forms import Grounds
from chalicelib.records import archives, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.rules.act import SYSTEM
from chalicelib.rules.errors import Clash, Problem, Unavailable

GROUND = "管理办法（演示）"


def at_once(*steps):
    """What became of steps done at once: what each gave, or the problem's type."""

    def done(step):
        try:
            return step()
        except Problem as problem:
            return type(problem)

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(done, steps))


def turned(town, archive, move, by, basis=None):
    form = CertificateMove(revision=archive.revision, ground=GROUND, basis=basis)
    act = town.act(by)
    return lambda: certificates.move(act, archive.certificate.number, move, form)


def now(archive):
    """The archive as it is, its chain whole."""
    found = archives.fetch(archive.city, archive.id)
    assert ledger.broken(ledger.chain(found.key), found.head) is None
    return found


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("replace", "association_clerk"), ("replace", "association_manager")),
        (("suspend", "association_manager"), ("suspend", "bureau")),
        (("suspend", "association_manager"), ("revoke", "bureau", "conditions")),
        (("lose", "owner"), ("replace", "association_clerk")),
    ],
    ids=lambda step: step[0],
)
def test_of_two_moves_of_a_certificate_at_once_one_is_taken(town, first, second):
    certified = town.certified()

    told = at_once(*(turned(town, certified, move, *by) for move, *by in (first, second)))

    [taken] = [one for one in told if one is not Clash]
    found = now(certified)
    assert (found.revision, found.certificate) == (certified.revision + 1, taken.certificate)
    assert found.certificate.token == taken.certificate.token


def test_of_two_replacements_at_once_one_new_code_lives_and_the_old_one_is_dead(town):
    certified = town.certified()

    at_once(*(turned(town, certified, "replace", by) for by in ("association_clerk", "association_manager")))

    former = [one.token for one in now(certified).certificate.former]
    assert former == [certified.certificate.token]
    assert "certificate-replaced" in CodeRow.get(former[0], consistent_read=True).stop


def test_of_a_suspension_and_a_hand_over_at_once_one_is_taken(town):
    held = town.applied("handover")

    told = at_once(
        turned(town, held[0], "suspend", "bureau"), lambda: town.moved(held, "hand-over", "association_clerk")
    )

    found = now(held[0])
    states = (found.certificate.state, found.applications[-1].state)
    assert states == (("active", "done") if told[0] is Clash else ("suspended", "handover"))
    assert told.count(Clash) == 1


def test_a_person_whom_two_companies_register_at_once_has_one_archive(town):
    told = at_once(lambda: town.registered(1, "owner"), lambda: town.registered(1, "rival"))

    [taken] = [one for one in told if one is not Clash]
    assert now(taken).binding.company == taken.binding.company


def test_a_suspension_and_the_companys_suspension_at_once_are_both_there_in_the_end(town):
    certified = town.certified()
    form = Grounds(revision=town.company.revision, ground=GROUND)
    companies.move(town.act("association_manager"), town.company.id, "suspend", form)
    carry = (town.act(SYSTEM), certified.city, town.company.id)

    told = at_once(turned(town, certified, "suspend", "bureau"), lambda: companies.carry_over(*carry))
    companies.carry_over(*carry)

    found = now(certified)
    assert found.binding.state == "suspended"
    assert (found.certificate.state == "suspended") is (told[0] is not Clash)
    assert (told[0] is Clash, told[1] is Unavailable) in {(True, False), (False, True), (False, False)}
