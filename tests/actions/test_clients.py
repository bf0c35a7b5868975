"""Machine clients: scopes, keys that follow each other without a gap, checks that tell a colour, results that feed."""

from datetime import timedelta

import pytest

from chalicelib.actions import accounts, checks, clients, feeds, sessions
from chalicelib.actions.client_forms import FedExam, FedInsurance, NewClient, NewKey
from chalicelib.actions.forms import Grounds
from chalicelib.actions.workers import fetch
from chalicelib.outside import checks as settings
from chalicelib.outside import clock
from chalicelib.records import accounts as account_records
from chalicelib.records import codes, ledger
from chalicelib.records.codes import CodeRow
from chalicelib.rules import access, client
from chalicelib.rules.errors import Clash, Malformed, Missing, NotAllowed, NotPermitted, SignedOut
from scripts import demo


def made(town, role="platform", scopes=("check.ask",), name="演示平台", by="association_manager"):
    """A client and its first key, as it was told."""
    return clients.make(town.act(by), NewClient(role=role, name=name, scopes=scopes))


def shows(key):
    return client.presented(f"Bearer {key}")


def lets_in(key, at=None):
    return sessions.machine_of(shows(key), at or clock.now())


def refused(key, at=None):
    with pytest.raises(SignedOut) as refusal:
        lets_in(key, at)
    return refusal.value.rule


def followed(town, one):
    now = account_records.fetch(one.account.id)
    return clients.follow(town.act("association_manager"), now.id, NewKey(revision=now.revision))


def withdrawn(town, one, key):
    now = account_records.fetch(one.account.id)
    form = Grounds(revision=now.revision, ground="密钥泄露（演示）")
    return clients.withdraw(town.act("association_manager"), now.id, shows(key).id, form)


def test_a_key_lets_its_client_in_and_no_other_text_does(town):
    one = made(town)
    id, secret = one.key.split("_")[1:]

    assert lets_in(one.key).id == one.account.id
    assert refused(client.written(id, secret[::-1])) == "key-not-good"
    assert refused(client.written(id[::-1], secret)) == "key-not-good"
    assert [client.presented(text) for text in ("", one.key, "Bearer axm_x_y", f"Basic {one.key}")] == [None] * 4


def test_the_secret_of_a_key_stands_nowhere(town, tables):
    one = made(town)
    rows = [str(tables("dynamodb").scan(TableName=name)["Items"]) for name in ("register", "ledger")]

    assert one.key.split("_")[2] not in "".join(rows)
    assert shows(one.key).hash in rows[0]


def test_a_new_key_is_good_at_once_and_the_one_before_for_thirty_days(town):
    one = made(town)
    two = followed(town, one)
    later = clock.now() + timedelta(days=30)

    assert {lets_in(one.key).id, lets_in(two.key).id} == {one.account.id}
    assert lets_in(two.key, later).id == one.account.id
    assert refused(one.key, later) == "key-not-good"


def test_a_third_key_waits_until_one_is_gone(town):
    one = made(town)
    followed(town, one)

    with pytest.raises(NotAllowed, match="已有两个有效密钥"):
        followed(town, one)
    withdrawn(town, one, one.key)
    assert lets_in(followed(town, one).key).id == one.account.id


def test_a_withdrawn_key_is_good_for_nothing_at_once_and_it_is_written_down(town):
    one = made(town)
    two = followed(town, one)
    after = withdrawn(town, two, one.key)

    assert refused(one.key) == "key-not-good"
    assert lets_in(two.key).id == one.account.id
    assert ledger.chain(after.account.key)[-1]["note"] == {"key": shows(one.key).id}


def test_what_changed_meanwhile_gets_no_key(town):
    one = made(town)
    followed(town, one)

    with pytest.raises(Clash):
        clients.follow(town.act("association_manager"), one.account.id, NewKey(revision=1))


def test_a_disabled_client_is_let_in_no_more(town):
    one = made(town)
    form = Grounds(revision=1, ground="停用（演示）")
    accounts.move(town.act("association_manager"), one.account.id, "disable", form)

    assert refused(one.key) == "key-not-good"


def test_the_day_of_last_use_is_told(town):
    one = made(town)
    before = clients.fetch(town.account("association_manager"), one.account.id).used
    lets_in(one.key)

    assert list(before.values()) == [None]
    assert list(clients.fetch(town.account("association_manager"), one.account.id).used.values()) == [town.today]


def test_a_machine_s_account_is_no_person_s(town):
    with pytest.raises(NotPermitted):
        sessions.account_of(made(town).account.subject)


def test_a_client_is_given_scopes_of_its_role_alone_and_may_nothing_beyond_them(town):
    with pytest.raises(Malformed, match="没有此项权限"):
        made(town, scopes=("exam.feed",))
    insurer = made(town, "feed", ("insurance.feed",)).account

    assert access.rights(insurer) == {"account.own", "insurance.feed"}
    with pytest.raises(NotPermitted):
        access.permit(insurer, "exam.feed")


def test_another_city_s_client_is_not_there(town):
    one = made(town)

    with pytest.raises(Missing):
        clients.fetch(town.account("association_manager", "330400"), one.account.id)


@pytest.fixture
def platform(town):
    return lets_in(made(town).key)


def told(town, platform, code):
    return checks.ask(town.act(platform), code)


def test_a_platform_is_told_the_colour_and_how_long_it_holds_and_nothing_else(town, platform):
    archive = town.certified()
    CodeRow(archive.certificate.token, archive=archive.key).save()
    number, token = archive.certificate.number, archive.certificate.token
    ways = (number, token, f"https://code.example.cn/v/{token}", f"HTTPS://CODE.EXAMPLE.CN/V/{token}#credential")
    answers = [told(town, platform, code) for code in ways]

    assert {(one.result, one.colour) for one in answers} == {("known", "green")}
    assert len({one.until for one in answers}) == 1
    assert set(vars(answers[0])) == {"result", "colour", "until", "day"}


def test_bad_news_reaches_a_platform_at_the_very_next_question(town, platform):
    archive = town.certified()
    town.turned(archive, "lose", by="owner")

    assert told(town, platform, archive.certificate.number).colour == "red"


def test_a_replaced_token_is_red_and_its_follower_green(town, platform):
    archive = town.certified()
    after = town.turned(town.turned(archive, "lose", by="owner"), "replace", by="association_clerk")
    CodeRow(archive.certificate.token, archive=archive.key).save()
    CodeRow(after.certificate.token, archive=archive.key).save()

    assert told(town, platform, archive.certificate.token).colour == "red"
    assert told(town, platform, after.certificate.token).colour == "green"


@pytest.mark.parametrize("code", ["33020026000000017", "0" * 27, "这不是一个码这不是一个码这不是"])
def test_what_is_none_of_the_city_s_is_grey(town, platform, code):
    answer = told(town, platform, code)

    assert (answer.result, answer.colour, answer.until) == ("unknown", "grey", None)


def test_another_city_s_code_is_unknown_to_a_city_s_platform(town):
    archive = town.certified()
    away = clients.make(town.act(town.account("association_manager", "330400")),
                        NewClient(role="platform", name="演示平台", scopes=("check.ask",)))  # fmt: skip

    assert told(town, away.account, archive.certificate.number).result == "unknown"


def test_checks_of_a_day_are_counted_and_end(town, platform, monkeypatch):
    monkeypatch.setattr(settings, "daily", lambda: 2)
    [told(town, platform, "33020026000000017") for _ in range(2)]

    with pytest.raises(NotAllowed) as refusal:
        told(town, platform, "33020026000000017")
    assert refusal.value.rule == "too-many-checks"


def test_whose_a_token_is_is_read_and_nothing_else_of_the_code(tables):
    CodeRow("A" * 27, archive="W#330200#X", colour="green").save()

    assert codes.archive_of("A" * 27) == "W#330200#X"
    assert codes.archive_of("B" * 27) is None


@pytest.fixture
def hospital(town):
    return lets_in(made(town, "feed", ("exam.feed", "insurance.feed"), "演示医院").key)


def test_a_hospital_s_result_is_recorded_in_its_own_name(town, hospital):
    archive = town.certified()
    number = archive.certificate.number
    feeds.exam(town.act(hospital), FedExam(**{"certificate": number, "category": "一般", "from": town.today}))
    dates = {"from": town.today, "until": town.today + timedelta(days=9), "third_party": True}
    feeds.insurance(town.act(hospital), FedInsurance(certificate=number, **dates))
    now = fetch(town.account("owner"), archive.id)

    assert "演示医院" in {one.issuer for one in now.exams} & {one.issuer for one in now.insurances}
    assert [one["role"] for one in ledger.chain(archive.key)[-2:]] == ["feed", "feed"]


def test_a_result_finds_its_person_by_the_document_too(town, hospital):
    worker = town.registered()
    form = FedExam(**{"resident_id": demo.person(1).resident_id, "category": "一般", "from": town.today})
    feeds.exam(town.act(hospital), form)

    assert len(fetch(town.account("owner"), worker.id).exams) == 1


def test_a_person_of_another_city_and_one_of_none_are_told_alike(town):
    town.registered()
    away = clients.make(town.act(town.account("association_manager", "330400")),
                        NewClient(role="feed", name="演示医院", scopes=("exam.feed",)))  # fmt: skip

    def refused(number):
        form = {"resident_id": demo.person(number).resident_id, "category": "一般", "from": town.today}
        with pytest.raises(Missing) as refusal:
            feeds.exam(town.act(away.account), FedExam(**form))
        return str(refusal.value)

    assert refused(1) == refused(9)


@pytest.mark.parametrize("whose", [{}, {"certificate": "1", "resident_id": demo.person(1).resident_id}])
def test_a_result_names_its_person_in_one_way(town, whose):
    with pytest.raises(ValueError, match="二者之一"):
        FedExam(**{**whose, "category": "一般", "from": town.today})


def test_wrong_days_of_a_result_are_told(town, hospital):
    form = FedExam(**{"certificate": "1", "category": "一般", "from": town.today,
                      "until": town.today - timedelta(days=1)})  # fmt: skip

    with pytest.raises(Malformed) as refusal:
        feeds.exam(town.act(hospital), form)
    assert [fault.code for fault in refusal.value.faults] == ["until-before-from"]
