"""Who may do what, read from the packaged template."""

import pytest

from tests.stack import rights
from tests.stack.rights import FUNCTIONS


def test_the_public_function_reads_codes_and_photos_puts_into_the_inbox_and_nothing_else(prod):
    assert rights.grants(prod, "Verify") == {
        ("dynamodb:GetItem", "Codes"),
        ("dynamodb:PutItem", "Inbox"),
        ("s3:GetObject", "UploadsBucket/photos/*"),
        ("logs:CreateLogStream", "VerifyLogs"),
        ("logs:PutLogEvents", "VerifyLogs"),
    }


def test_the_authorizer_may_do_nothing_but_log(prod):
    assert rights.actions_on(prod, "Staff", "StaffLogs") == {"logs:CreateLogStream", "logs:PutLogEvents"}
    assert len(rights.grants(prod, "Staff")) == 2


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_may_change_or_remove_an_entry_of_the_ledger(prod, function):
    assert rights.actions_on(prod, function, "Ledger") <= {
        "dynamodb:PutItem",
        "dynamodb:GetItem",
        "dynamodb:Query",
    }


def test_only_who_decides_and_the_sweep_may_write_the_ledger(prod):
    writers = {name for name in FUNCTIONS if "dynamodb:PutItem" in rights.actions_on(prod, name, "Ledger")}

    assert writers == {"APIHandler", "Receive", "Sweep", "Work"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_locked_bucket_is_written_and_read_by_react_alone(prod, function):
    read = {"s3:GetObjectVersion", "s3:ListBucket", "s3:ListBucketVersions"}
    allowed = {"s3:PutObject", *read} if function == "React" else set()

    assert rights.actions_on(prod, function, "LedgerBucket") == allowed


@pytest.mark.parametrize("function", FUNCTIONS)
def test_no_function_may_write_in_batches_scan_or_use_a_wildcard(prod, function):
    actions = {action for action, _ in rights.grants(prod, function)}

    assert actions.isdisjoint({"dynamodb:BatchWriteItem", "dynamodb:Scan", "dynamodb:PartiQLDelete"})
    assert not [action for action in actions if "*" in action]


def test_only_who_stores_archives_may_delete_and_only_from_the_register(prod):
    deleters = {
        (name, resource)
        for name in FUNCTIONS
        for action, resource in rights.grants(prod, name)
        if action == "dynamodb:DeleteItem"
    }

    assert {name for name, _ in deleters} == {"APIHandler", "Receive", "Work"}
    assert {resource for _, resource in deleters} == {"Register", "Register/index/*"}


@pytest.mark.parametrize("function", ["APIHandler", "Receive", "Work"])
def test_staff_and_who_takes_in_a_withdrawal_may_set_only_the_stop_of_a_code(prod, function):
    writes = [one for one in rights.statements(prod, function) if one["Action"] == "dynamodb:UpdateItem"]

    assert [(one["Resource"], one["Condition"]) for one in writes] == [
        (
            {"Fn::GetAtt": ["Codes", "Arn"]},
            {"ForAllValues:StringEquals": {"dynamodb:Attributes": ["pk", "stop", "stop_revision"]}},
        )
    ]
    more = {"APIHandler": {"dynamodb:GetItem"}, "Receive": {"dynamodb:PutItem"}, "Work": set()}[function]
    assert rights.actions_on(prod, function, "Codes") == {"dynamodb:UpdateItem"} | more


def test_staff_read_of_codes_only_what_is_signed_for_a_check_without_a_network_and_whose_a_token_is(prod):
    reads = [
        one["Condition"]
        for one in rights.statements(prod, "APIHandler")
        if one["Action"] == "dynamodb:GetItem" and one["Resource"] == {"Fn::GetAtt": ["Codes", "Arn"]}
    ]

    assert reads == [
        {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["offline#*"]}},
        {
            "ForAllValues:StringEquals": {"dynamodb:Attributes": ["pk", "archive"]},
            "StringEqualsIfExists": {"dynamodb:Select": "SPECIFIC_ATTRIBUTES"},
        },
    ]


def test_what_the_public_sent_becomes_visits_in_codes_and_never_a_code(prod):
    writes = [one for one in rights.statements(prod, "Receive") if one["Resource"] == {"Fn::GetAtt": ["Codes", "Arn"]}]

    puts = [one["Condition"] for one in writes if one["Action"] == "dynamodb:PutItem"]
    assert puts == [{"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["visit#*"]}}]


def test_the_projection_reads_the_register_and_writes_there_only_the_keys_it_makes(prod):
    writes = [
        one
        for one in rights.statements(prod, "Project")
        if one["Resource"] == {"Fn::GetAtt": ["Register", "Arn"]} and one["Action"] == "dynamodb:PutItem"
    ]

    assert [one["Condition"] for one in writes] == [{"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["KEY#*"]}}]
    assert rights.actions_on(prod, "Project", "Register") >= {"dynamodb:Query"}
    assert "dynamodb:UpdateItem" not in rights.actions_on(prod, "Project", "Register")


@pytest.mark.parametrize("where", ["prod", "china"])
def test_of_the_data_keys_the_projection_has_that_of_codes_alone(where, request):
    shown = request.getfixturevalue(where)
    key = {"Fn::GetAtt": ["Key", "Arn"]}
    on_key = [one for one in rights.statements(shown, "Project") if one.get("Resource") == key]

    assert [(one["Action"], one["Condition"]) for one in on_key] == [
        (
            ["kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt"],
            {"StringEquals": {"kms:EncryptionContext:purpose": "codes"}},
        )
    ]
    assert rights.actions_on(shown, "Project", "Key") == set(on_key[0]["Action"])


def test_only_the_projection_received_visits_and_what_was_signed_are_put_into_codes(prod):
    writers = {name for name in FUNCTIONS if "dynamodb:PutItem" in rights.actions_on(prod, name, "Codes")}

    assert writers == {"Project", "Receive", "React"}


def test_what_was_signed_lies_beside_the_codes_and_never_over_one(prod):
    writes = [one for one in rights.statements(prod, "React") if one["Resource"] == {"Fn::GetAtt": ["Codes", "Arn"]}]

    assert [(one["Action"], one.get("Condition")) for one in writes] == [
        ("dynamodb:GetItem", None),
        ("dynamodb:PutItem", {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["offline#*", "list#*"]}}),
    ]


def test_what_the_public_sealed_is_opened_by_two_functions_and_signatures_are_made_by_one(prod):
    openers = {name for name in FUNCTIONS if "kms:Decrypt" in rights.actions_on(prod, name, "PublicKey")}
    signers = {name for name in FUNCTIONS if "kms:Sign" in rights.actions_on(prod, name, "SigningKey")}

    assert openers == {"Receive", "Send"}
    assert signers == {"React"}


def test_texts_go_to_telephones_and_to_no_topic(prod):
    publishing = [one for one in rights.statements(prod, "Send") if one["Action"] == "sns:Publish"]

    assert [one["NotResource"] for one in publishing] == ["arn:aws:sns:*:*:*"]


def test_small_copies_of_photos_are_made_by_one_function_and_read_for_households_by_another(prod):
    photos = {
        (name, action)
        for name in FUNCTIONS
        for action, resource in rights.grants(prod, name)
        if resource == "UploadsBucket/photos/*"
    }

    assert {name for name, action in photos if action == "s3:PutObject"} == {"Work"}
    assert {name for name, action in photos if action == "s3:GetObject"} == {"Work", "Verify"}


def test_evidence_is_deleted_by_no_request_of_staff(prod):
    deleters = {name for name in FUNCTIONS if "s3:DeleteObject" in rights.actions_on(prod, name, "UploadsBucket")}

    assert deleters == {"Work"}


def test_what_was_sent_but_never_finished_goes_by_itself(prod):
    rules = prod["Resources"]["UploadsBucket"]["Properties"]["LifecycleConfiguration"]["Rules"]

    assert [(one["Prefix"], one["ExpirationInDays"]) for one in rules if one.get("Prefix") == "arriving/"] == [
        ("arriving/", 1)
    ]


def test_the_sealed_files_for_the_police_are_written_by_one_function_and_handed_out_by_another(prod):
    def on_batches(function):
        return {action for action, name in rights.grants(prod, function) if name == "UploadsBucket/batches/*"}

    assert {name: on_batches(name) for name in FUNCTIONS if on_batches(name)} == {
        "APIHandler": {"s3:GetObject"},
        "Work": {"s3:PutObject", "s3:DeleteObject"},
    }
