"""Offline credentials on real tables and a real KMS: signed after the projection, withdrawn when bad news comes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.actions import credentials, evidence, projection, stack
from chalicelib.actions.forms import NewExam, NewIdentity, Withdrawal
from chalicelib.functions.react import react
from chalicelib.outside import clock, signing
from chalicelib.records import archives, codes
from chalicelib.records import credentials as records
from chalicelib.records.commit import Entry
from chalicelib.records.credentials import OfflineRow
from chalicelib.rules import credential
from chalicelib.rules.errors import Unavailable
from scripts import offline_check


class Phone:
    """A household's phone: what it kept when it was last on line."""

    def __init__(self):
        self.keys = {"keys": [signing.public_key()]}
        self.list = None

    def on_line(self, city="330200"):
        self.list = OfflineRow.get(f"list#{city}", consistent_read=True).signed
        return self

    def check(self, text, after=timedelta()):
        at = clock.now() + after
        told = credential.read(text, keys=self.keys, status_list=self.list, at=at, genuine=offline_check.genuine)
        return told.colour, told.reason


def followed(archive):
    """Project an archive, follow its code, and give the text that its phone shows."""
    projection.project(archive.key)
    credentials.follow([archive.certificate.token])
    return records.find(archive.certificate.token).text


@pytest.fixture
def listed(town):
    """Ningbo's list, published once."""
    credentials.publish("330200")
    return town


def test_a_green_code_is_signed_and_checked_without_a_network(listed):
    text = followed(listed.certified())

    assert Phone().on_line().check(text) == ("green", None)


def test_what_is_signed_ends_with_the_verdict(listed):
    archive = listed.certified()
    text = followed(archive)
    last = archive.insurances[0].until - listed.today

    phone = Phone().on_line()
    assert phone.check(text, last + timedelta(days=1)) == ("grey", "ended")


def test_a_list_is_believed_for_a_day_and_no_longer(listed):
    text = followed(listed.certified())
    phone = Phone().on_line()

    assert phone.check(text, timedelta(hours=23)) == ("green", None)
    assert phone.check(text, timedelta(hours=25)) == ("grey", "list-old")


@pytest.mark.parametrize(("move", "told"), [("suspend", {}), ("lose", {}), ("revoke", {"basis": "conditions"})])
def test_what_was_signed_is_withdrawn_before_any_projection_of_the_bad_news(listed, move, told):
    archive = listed.certified()
    text = followed(archive)

    listed.turned(archive, move, **told)
    credentials.follow([archive.certificate.token])

    assert Phone().on_line().check(text) == ("grey", "withdrawn")
    assert records.find(archive.certificate.token).text is None


def test_after_a_suspension_is_lifted_only_what_is_signed_anew_counts(listed):
    archive = listed.certified()
    before = followed(archive)
    suspended = listed.decided(listed.turned(archive, "suspend"), "confirm")
    credentials.follow([archive.certificate.token])

    after = followed(listed.decided(listed.turned(suspended, "resume"), "confirm"))
    phone = Phone().on_line()

    assert phone.check(before) == ("grey", "withdrawn")
    assert phone.check(after) == ("green", None)


def test_what_is_not_believed_until_it_was_projected_withdraws_what_was_signed(listed):
    archive = listed.certified()
    text = followed(archive)
    evidence.verify_identity(listed.act("association_clerk"), archive.id, NewIdentity(how="original", matches=False))
    credentials.follow([archive.certificate.token])

    assert Phone().on_line().check(text) == ("grey", "withdrawn")
    assert records.find(archive.certificate.token).text is None


def test_a_withdrawn_consent_withdraws_what_was_signed(listed):
    archive = listed.certified()
    text = followed(archive)
    withdrawn = evidence.withdraw_consent(listed.act("owner"), archive.id, Withdrawal())

    assert followed(withdrawn) is None
    assert Phone().on_line().check(text) == ("grey", "withdrawn")


def test_a_replaced_cards_credential_is_withdrawn_with_its_token(listed):
    archive = listed.certified()
    text = followed(archive)
    listed.turned(archive, "replace")

    credentials.follow([archive.certificate.token])

    assert Phone().on_line().check(text) == ("grey", "withdrawn")


def test_a_longer_life_is_signed_anew_and_the_earlier_still_counts(listed):
    archive = listed.certified()
    before = followed(archive)
    exam = NewExam(**{"category": archive.exams[0].category, "from": listed.today, "issuer": "演示医院"})
    longer = evidence.add_exam(listed.act("owner"), archive.id, exam)
    policy = replace(archive.insurances[0], until=listed.today + timedelta(days=300))
    insured = archives.store(
        longer, replace(longer, insurances=(policy,)), act=listed.act("owner"), entry=Entry(action="insurance.amend")
    )

    after = followed(insured)
    phone = Phone().on_line()

    assert after != before
    assert (phone.check(before), phone.check(after)) == (("green", None), ("green", None))


def test_following_again_signs_nothing_anew(listed):
    archive = listed.certified()
    first = followed(archive)

    assert credentials.follow([archive.certificate.token]) == 0
    assert records.find(archive.certificate.token).text == first


def test_a_code_that_was_never_projected_has_nothing_signed(listed):
    archive = listed.certified()

    assert credentials.follow([archive.certificate.token]) == 0


def test_who_read_before_another_wrote_hands_out_nothing(listed):
    archive = listed.certified()
    projection.project(archive.key)
    read = records.find(archive.certificate.token)
    credentials.follow([archive.certificate.token])

    with pytest.raises(Unavailable):
        records.store(read)


def test_a_list_is_not_published_over_one_that_was_not_seen(listed):
    seen = records.list_version("330200")
    credentials.publish("330200")

    assert records.publish_list("330200", "older", over=seen) is False


def test_an_entry_leaves_the_list_once_all_it_withdraws_has_ended(listed):
    archive = listed.certified()
    followed(archive)
    listed.revoked(archive)
    credentials.follow([archive.certificate.token])
    last = archive.insurances[0].until

    assert len(records.withdrawn("330200", last)) == 1
    assert len(records.withdrawn("330200", last + timedelta(days=1))) == 0


def test_the_public_keys_are_kept_when_the_key_is_changed(town, services, aws, monkeypatch):
    stack.prepare()
    other = aws("kms").create_key(KeySpec="ECC_NIST_P256", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    first = signing.public_key()
    monkeypatch.setenv("SIGNING_KEY_ID", other)
    signing.public_key.cache_clear()

    stack.prepare()
    second = signing.public_key()
    signing.public_key.cache_clear()

    assert json.loads(codes.find_plain("stack").signing_keys)["keys"] == [second, first]


class Stream:
    """The stream of codes and the retry queue, as the function is given them."""

    def __init__(self, aws, services):
        self._sqs, self._url = aws("sqs"), services["REREACT_QUEUE"]
        self._sqs.purge_queue(QueueUrl=self._url)

    @staticmethod
    def changed(token):
        images = {"OldImage": {"pk": {"S": token}}, "NewImage": {"pk": {"S": token}}}
        return {"Records": [{"eventName": "MODIFY", "dynamodb": {"Keys": {"pk": {"S": token}}, **images}}]}

    def waiting(self):
        found = self._sqs.receive_message(QueueUrl=self._url, MaxNumberOfMessages=10).get("Messages", [])
        return [json.loads(one["Body"]) for one in found]


class Context:
    """What the logger reads of an invocation."""

    function_name, memory_limit_in_mb = "react", 512
    invoked_function_arn, aws_request_id = "arn:aws:lambda:x:1:function:react", "1"


def test_a_fault_of_kms_holds_back_no_projection_and_is_tried_again(listed, aws, services, monkeypatch):
    stream, archive = Stream(aws, services), listed.certified()
    token = archive.certificate.token
    right = services["SIGNING_KEY_ID"]
    monkeypatch.setenv("SIGNING_KEY_ID", services["PUBLIC_KEY_ID"])  # KMS refuses to sign with it

    projected = projection.project(archive.key)
    reply = react(stream.changed(token), Context())
    waiting = stream.waiting()
    monkeypatch.setenv("SIGNING_KEY_ID", right)
    messages = [{"messageId": "1", "eventSource": "aws:sqs", "body": json.dumps(one)} for one in waiting]
    again = react({"Records": messages}, Context())

    assert projected
    assert reply == again == {"batchItemFailures": []}
    assert waiting == [{"offline": [token]}]
    assert Phone().on_line().check(records.find(token).text) == ("green", None)


def test_each_hour_every_citys_list_is_queued_and_then_signed_anew(town, aws, services):
    stream = Stream(aws, services)

    queued = react({"status_lists": True}, Context())
    waiting = stream.waiting()
    react({"Records": [{"messageId": "1", "eventSource": "aws:sqs", "body": json.dumps(waiting[0])}]}, Context())

    assert queued == {"queued": 2, "companies": 0, "counted": 0}
    assert sorted(one["status_list"] for one in waiting) == ["330200", "330400"]
    assert records.list_version(waiting[0]["status_list"]) == 1


def test_what_is_not_a_codes_own_record_signs_nothing(town, aws, services):
    stream = Stream(aws, services)

    react(stream.changed("offline#04HMASW9NF6YZZPWQAC7CN1J20Q"), Context())

    assert stream.waiting() == []
