"""Keys are replaced while the city works: nobody is registered twice, nothing is lost, nothing is left over."""

import pytest

from chalicelib.actions import accounts, companies, erasure, identities, rotation, secrets, workers
from chalicelib.actions.company_forms import Details
from chalicelib.actions.erasure_forms import Erasure
from chalicelib.actions.forms import NewAccount
from chalicelib.actions.identity_forms import CorrectedIdentity
from chalicelib.records import accounts as account_records
from chalicelib.records import archives, claims, keys
from chalicelib.records.keys import Versions
from chalicelib.records.tables import RegisterRow
from chalicelib.rules.errors import Clash, NotAllowed, Unavailable
from scripts import demo
from tests.actions import rotating

CITY, PHONE = "330200", "13900000000"


def hashes(number, *versions):
    return [secrets.identity_hash_of(demo.person(number).resident_id, version) for version in versions]


def claimed(number, *versions):
    return [claims.owner(f"U#person#{one}") for one in hashes(number, *versions)]


def now(archive):
    return archives.fetch(CITY, archive.id)


def test_a_city_s_texts_are_sealed_anew_and_open_as_before(town, worked):
    archive = town.registered(phone=PHONE, address="演示路 1 号")
    details = Details(revision=town.company.revision, phone="057400000000", changed_on=town.today, ground="演示")
    company = companies.amend(town.act("association_manager"), town.company.id, details)
    invited = NewAccount(email="a@demo.invalid", name="某人", subject="iss|a", role="association_clerk")
    account = accounts.make(town.act("association_manager"), invited)
    old = [archive.worker.resident_id, archive.worker.phone, archive.worker.address, company.phone, account.email]

    rotation.begin(CITY)
    worked(CITY)
    fresh, firm = now(archive), companies.fetch(town.account("association_manager"), company.id)
    person = account_records.fetch(account.id)
    new = [fresh.worker.resident_id, fresh.worker.phone, fresh.worker.address, firm.phone, person.email]

    assert {one.partition(".")[0] for one in old} == {"s1"}
    assert {one.partition(".")[0] for one in new} == {"s2"}
    assert workers.resident_id(fresh) == demo.person(1).resident_id
    assert secrets.reveal(CITY, f"{fresh.key}|phone", fresh.worker.phone) == PHONE
    assert accounts.email_of(person) == "a@demo.invalid"
    assert keys.versions(CITY) == Versions(2, None)


def test_what_an_old_key_sealed_opens_for_ever(town, worked):
    archive = town.registered(phone=PHONE)
    rotation.begin(CITY)
    worked(CITY)

    assert secrets.reveal(CITY, f"{archive.key}|phone", archive.worker.phone) == PHONE


def test_another_city_s_key_is_left_alone(town, worked):
    rotation.begin(CITY)
    worked(CITY)

    assert keys.versions("330400") == Versions(1, None)


def erased(town, archive):
    form = Erasure(revision=now(archive).revision, ground="本人书面申请（演示）")
    return erasure.erase(town.act("association_manager"), archive.id, form)


@pytest.mark.parametrize("purpose", ["identity", CITY])
def test_an_erased_archive_is_passed_over_and_the_rotation_ends(town, worked, purpose):
    archive, other = erased(town, town.registered(1)), town.registered(2)
    rotation.begin(purpose)
    worked(purpose)

    assert keys.versions(purpose) == Versions(2, None)
    assert (now(archive).revision, now(other).revision) == (archive.revision, other.revision + 1)


def test_the_release_passes_over_who_was_erased(town, worked):
    archive, other = erased(town, town.registered(1)), town.registered(2)
    rotation.begin("identity")
    worked("identity")

    assert rotation.release(1, [archive.key, other.key]) == 1


def half_way(town, worked, archive):
    """The archive has its new hash, and the rotation goes on."""
    worked.learnt()
    rotation.rekey(rotating.by_itself(town), "identity", 2, "T", 0, 2, [archive.key])


MOMENTS = {
    "learnt": lambda town, worked, archive: worked.learnt(),
    "rewritten": half_way,
    "finished": lambda town, worked, archive: worked("identity"),
}


@pytest.mark.parametrize("when", MOMENTS)
def test_who_is_erased_during_a_rotation_may_register_again_at_once(town, worked, when):
    secrets.versions("identity")
    archive = town.registered()
    rotation.begin("identity")
    MOMENTS[when](town, worked, archive)
    erased(town, archive)

    assert claimed(1, 1, 2) == [None, None]
    assert town.registered(1).id != archive.id


def test_an_erasure_by_who_has_not_heard_of_the_new_key_leaves_no_claim_under_it(town, worked):
    secrets.versions("identity")
    rotation.begin("identity")
    archive = town.registered()
    keep_new = claims_of_who_has_learnt(archive)
    erased(town, archive)

    assert keep_new == archive.key
    assert claimed(1, 1, 2) == [None, None]


def claims_of_who_has_learnt(archive):
    """Claim the archive's person under the new hash too, as a process does that has learnt of the key."""
    [new] = hashes(1, 2)
    RegisterRow(f"U#person#{new}", "claim", noun="claim", body=archive.key).save()
    return claims.owner(f"U#person#{new}")


def test_claims_are_not_let_go_while_the_old_hash_counts(town, worked):
    archive = town.registered()
    rotation.begin("identity")

    with pytest.raises(Unavailable):
        rotation.release(1, [archive.key])
    assert claimed(1, 1) == [archive.key]


def test_the_identity_s_hash_is_replaced_and_the_old_claim_let_go_in_the_end(town, worked):
    archive = town.registered()
    rotation.begin("identity")
    worked("identity")
    between = claimed(1, 1, 2)
    worked.learnt()
    gone = rotation.release(1, [archive.key])

    assert now(archive).worker.identity_hash == hashes(1, 2)[0]
    assert between == [archive.key, archive.key]
    assert (gone, claimed(1, 1, 2)) == (1, [None, archive.key])
    assert rotation.release(1, [archive.key]) == 0


def test_nobody_is_registered_twice_at_any_moment_of_a_rotation(town, worked):
    archive = town.registered()

    def again(who="rival"):
        with pytest.raises(Clash) as refusal:
            town.registered(1, who=who)
        return str(refusal.value).count("一人一档")

    moments = [again()]
    rotation.begin("identity")
    moments.append(again())  # a process that has not learnt of the new key
    worked.learnt()
    moments.append(again())  # one that has, before the archive is rewritten
    worked("identity")
    moments.append(again())
    rotation.release(1, [archive.key])
    worked.learnt()
    moments.append(again())

    assert moments == [1] * 5


def test_who_is_registered_between_is_claimed_under_both(town, worked):
    rotation.begin("identity")
    worked.learnt()
    archive = town.registered()

    assert archive.worker.identity_hash == hashes(1, 2)[0]
    assert claimed(1, 1, 2) == [archive.key, archive.key]


def test_who_was_registered_by_a_process_that_had_not_learnt_is_found_by_the_turn(town, worked):
    secrets.versions("identity")
    rotation.begin("identity")
    late = town.registered()
    before = late.worker.identity_hash
    worked("identity")

    assert before == hashes(1, 1)[0]
    assert claimed(1, 2) == [late.key]


def test_a_number_put_right_between_takes_its_claims_along(town, worked):
    archive = town.registered()
    rotation.begin("identity")
    worked.learnt()
    form = CorrectedIdentity(revision=archive.revision, resident_id=demo.person(2).resident_id, how="original",
                             why="登记有误（演示）")  # fmt: skip
    identities.correct(town.act("association_clerk"), archive.id, form)

    assert claimed(1, 1, 2) == [None, None]
    assert claimed(2, 1, 2) == [archive.key, archive.key]


def test_only_keys_that_are_rotated_are_rotated(town):
    with pytest.raises(NotAllowed):
        rotation.begin("codes")


def test_a_text_of_a_version_that_was_never_made_does_not_open(town):
    archive = town.registered()
    row = RegisterRow.get("KEY#330200", "key")

    with pytest.raises(Exception, match="密封的数据无法打开"):
        secrets.reveal(CITY, f"{archive.key}|resident_id", "s9" + archive.worker.resident_id[2:])
    assert row.body
