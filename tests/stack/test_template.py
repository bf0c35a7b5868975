"""The packaged template: tables, functions with their settings, failures and alarms."""

import json

import pytest

from chalicelib.functions import sweep
from scripts.render import broken_rules, rendered
from tests.stack import rights
from tests.stack.rights import CHINA, FUNCTIONS, LOCAL, PROD, properties

TABLES = ("Register", "Codes", "Inbox", "Ledger")
STREAMED = [
    ("Project", "FromRegister"),
    ("Receive", "FromInbox"),
    ("React", "FromRegister"),
    ("React", "FromCodes"),
    ("React", "FromLedger"),
]
QUEUED = {"Project": "Reproject", "Receive": "Rereceive", "React": "Rereact", "Work": "Work", "Send": "Send"}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_on_demand_sealed_streamed_and_can_be_restored(prod, name):
    table = properties(prod, name)

    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["SSESpecification"] == {"SSEEnabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_production_alone_is_protected_and_every_table_outlives_its_stack(prod, local, name):
    assert properties(prod, name)["DeletionProtectionEnabled"] is True
    assert properties(local, name)["DeletionProtectionEnabled"] is False
    assert prod["Resources"][name]["UpdateReplacePolicy"] == "Retain"
    assert prod["Resources"][name]["DeletionPolicy"] == "RetainExceptOnCreate"


def test_the_ledgers_bucket_takes_nothing_back(prod):
    bucket = properties(prod, "LedgerBucket")

    assert bucket["ObjectLockEnabled"] is True
    assert bucket["ObjectLockConfiguration"]["Rule"]["DefaultRetention"]["Mode"] == "COMPLIANCE"


@pytest.mark.parametrize("name", ["SiteBucket", "UploadsBucket", "LedgerBucket"])
def test_no_bucket_is_public(prod, name):
    assert set(properties(prod, name)["PublicAccessBlockConfiguration"].values()) == {True}


def test_each_key_has_the_one_use_it_is_for(prod):
    keys = rights.of_type(prod, "AWS::KMS::Key")

    assert {name: one["Properties"].get("KeySpec") for name, one in keys.items()} == {
        "Key": None,
        "PublicKey": "RSA_2048",
        "SigningKey": "ECC_NIST_P256",
    }


@pytest.mark.parametrize(
    ("function", "handler"),
    [
        ("APIHandler", "app.app"),
        ("Staff", "chalicelib.api.staff.staff"),
        ("Verify", "chalicelib.functions.verify.verify"),
        ("Project", "chalicelib.functions.project.project"),
        ("Receive", "chalicelib.functions.receive.receive"),
        ("React", "chalicelib.functions.react.react"),
        ("Sweep", "chalicelib.functions.sweep.sweep"),
        ("Work", "chalicelib.functions.work.work"),
        ("Send", "chalicelib.functions.send.send"),
    ],
)
def test_each_function_starts_at_its_own_module(prod, function, handler):
    assert properties(prod, function)["Handler"] == handler


def test_these_are_all_the_functions_and_each_has_a_role_of_its_own(prod):
    roles = [one["Properties"]["Role"]["Fn::GetAtt"][0] for one in rights.functions(prod).values()]

    assert set(rights.functions(prod)) == set(FUNCTIONS)
    assert len(set(roles)) == len(FUNCTIONS)


def test_the_public_function_and_the_one_for_pictures_have_packages_of_their_own(prod):
    packages = {name: one["Properties"]["CodeUri"] for name, one in rights.functions(prod).items()}

    assert packages.pop("Verify") == "./verify.zip"
    assert packages.pop("Work") == "./work.zip"
    assert set(packages.values()) == {"./deployment.zip"}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_logs_of_each_function_are_kept_for_a_set_time(prod, function):
    group = properties(prod, function)["LoggingConfig"]["LogGroup"]["Ref"]

    assert properties(prod, group)["RetentionInDays"] == "180"


def test_the_public_function_is_told_of_no_other_table_and_of_no_key(prod):
    assert set(rights.settings(prod, "Verify")) == {
        "CODES_TABLE",
        "INBOX_TABLE",
        "UPLOADS_BUCKET",
        "PHOTOS",
        "ADDRESS",
        "PROVINCE",
        "STAGE",
    }


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_clock_can_be_moved_on_the_local_stack_alone(prod, local, function):
    assert rights.settings(local, function)["CLOCK_OFFSET"] == "60"
    assert rights.settings(prod, function).keys().isdisjoint({"CLOCK_OFFSET", "LOCAL"})


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({**PROD, "ClockOffset": "3600"}, "ClockOffset is for the local stack"),
        ({**PROD, "Host": ""}, "Host is missing"),
        ({**PROD, "Address": "https://elsewhere.example"}, "Address is for the local stack"),
    ],
)
def test_a_stack_that_is_not_local_refuses(template, parameters, said):
    assert [one.startswith(said) for one in broken_rules(template, parameters)] == [True]


@pytest.mark.parametrize("parameters", [PROD, CHINA, LOCAL], ids=["prod", "china", "local"])
def test_the_rules_let_a_right_choice_pass(template, parameters):
    assert broken_rules(template, parameters) == []


@pytest.mark.parametrize(("function", "event"), STREAMED)
def test_a_stream_on_aws_reports_single_failures_splits_gives_up_and_parks(prod, function, event):
    mapping = properties(prod, function)["Events"][event]["Properties"]
    parked = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]

    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert mapping["MaximumRetryAttempts"] == 5
    assert mapping["MaximumRecordAgeInSeconds"] == 86400
    assert parked == f"{QUEUED[function]}Dead"
    assert ("sqs:SendMessage", parked) in rights.grants(prod, function)


@pytest.mark.parametrize(("function", "event"), STREAMED)
def test_a_local_stream_reports_no_single_failures_and_lets_old_records_go(local, function, event):
    mapping = properties(local, function)["Events"][event]["Properties"]

    assert "FunctionResponseTypes" not in mapping
    assert mapping["MaximumRecordAgeInSeconds"] == 60


@pytest.mark.parametrize(("function", "rows"), [("Project", []), ("React", [{"prefix": "V#visit#"}])])
def test_only_a_change_of_an_archives_head_wakes_a_function_and_of_a_visit_the_one_that_counts_it(prod, function, rows):
    mapping = properties(prod, function)["Events"]["FromRegister"]["Properties"]

    assert json.loads(mapping["FilterCriteria"]["Filters"][0]["Pattern"]) == {
        "dynamodb": {"Keys": {"sk": {"S": ["A#meta", *rows]}}}
    }


@pytest.mark.parametrize(("function", "queue"), QUEUED.items())
def test_a_queue_tries_five_times_then_parks_and_somebody_is_told(prod, function, queue):
    mapping = properties(prod, function)["Events"]["FromQueue"]["Properties"]
    alarm = properties(prod, f"{queue}DeadAlarm")

    assert mapping["Queue"] == {"Fn::GetAtt": [f"{queue}Queue", "Arn"]}
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert properties(prod, f"{queue}Queue")["RedrivePolicy"] == {
        "deadLetterTargetArn": {"Fn::GetAtt": [f"{queue}Dead", "Arn"]},
        "maxReceiveCount": 5,
    }
    assert alarm["Dimensions"][0]["Value"] == {"Fn::GetAtt": [f"{queue}Dead", "QueueName"]}
    assert alarm["AlarmActions"] == [{"Ref": "Alarms"}]


@pytest.mark.parametrize("function", QUEUED)
def test_a_message_stays_hidden_for_six_times_as_long_as_its_function_may_run(prod, function):
    hidden = properties(prod, f"{QUEUED[function]}Queue")["VisibilityTimeout"]

    assert hidden >= 6 * properties(prod, function)["Timeout"]


def test_the_sweep_runs_at_midnight_in_shanghai_and_one_that_failed_is_parked(prod):
    function = properties(prod, "Sweep")

    assert function["Events"]["Nightly"]["Properties"]["Schedule"] == "cron(0 16 * * ? *)"
    assert function["EventInvokeConfig"]["DestinationConfig"]["OnFailure"]["Destination"] == {
        "Fn::GetAtt": ["SweepDead", "Arn"]
    }


def test_the_alarm_waits_for_the_very_metric_that_a_sweep_of_today_writes(prod):
    alarm, line = properties(prod, "SweepHeartbeatAlarm"), sweep.heartbeat(3)
    [written] = line["_aws"]["CloudWatchMetrics"]

    assert (alarm["Namespace"], alarm.get("Dimensions", [])) == (written["Namespace"], *written["Dimensions"])
    assert {"Name": alarm["MetricName"]} in written["Metrics"]
    assert line[alarm["MetricName"]] == alarm["Threshold"] == 1
    assert (alarm["Statistic"], alarm["Period"], alarm["EvaluationPeriods"]) == ("Sum", 86400, 1)
    assert alarm["ComparisonOperator"] == "LessThanThreshold"
    assert alarm["TreatMissingData"] == "breaching"


def test_the_outbox_is_looked_through_at_eight_in_the_morning_in_shanghai(prod):
    assert properties(prod, "Send")["Events"]["Morning"]["Properties"]["Schedule"] == "cron(0 0 * * ? *)"


def test_mail_has_a_sender_where_one_is_given_and_in_china_none(template, prod):
    given = {"MailFrom": "notices@example.cn"}
    sending = rendered(template, PROD | given)
    china = rendered(template, CHINA | given, partition="aws-cn", region="cn-north-1")

    assert rights.settings(sending, "Send")["MAIL_FROM"] == "notices@example.cn"
    assert "MAIL_FROM" not in rights.settings(prod, "Send").keys() | rights.settings(china, "Send").keys()


def test_every_citys_status_list_is_signed_anew_each_hour(prod):
    hourly = properties(prod, "React")["Events"]["Hourly"]["Properties"]

    assert hourly["Schedule"] == "rate(1 hour)"
    assert json.loads(hourly["Input"]) == {"status_lists": True}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_an_error_of_any_function_is_told(prod, function):
    alarms = [one["Properties"] for one in rights.of_type(prod, "AWS::CloudWatch::Alarm").values()]
    watched = [one["Dimensions"][0]["Value"] for one in alarms if one.get("MetricName") == "Errors"]

    assert {"Ref": function} in watched


def test_an_entry_of_the_ledger_that_is_touched_is_told(prod):
    alarm = properties(prod, "LedgerTouchedAlarm")

    assert (alarm["Namespace"], alarm["MetricName"], alarm["Threshold"]) == ("Anxinma", "LedgerTouched", 1)
    assert alarm["AlarmActions"]


HELD = {"HeldKey": "key-1", "HeldPublicKey": "key-2", "HeldSigningKey": "key-3"}


def test_keys_outlive_their_stack(prod):
    keys = rights.of_type(prod, "AWS::KMS::Key").values()

    assert {(one["DeletionPolicy"], one["UpdateReplacePolicy"]) for one in keys} == {("RetainExceptOnCreate", "Retain")}


def test_a_stack_that_takes_a_backup_over_has_the_keys_of_before_and_makes_none(template, prod):
    taken = rendered(template, PROD | HELD)
    arns = {f"arn:aws:kms:us-east-1:123456789012:key/{id}" for id in HELD.values()}
    told = [pair for name in FUNCTIONS for pair in rights.settings(taken, name).items()]
    named = {value for key, value in told if key.endswith("KEY_ID")}

    assert rights.of_type(taken, "AWS::KMS::Key") == {}
    assert named == set(HELD.values())
    assert [taken["Outputs"][name]["Value"] for name in ("KeyId", "PublicKeyId", "SigningKeyId")] == list(HELD.values())
    granted = {name: of_keys(taken, name) for name in FUNCTIONS}
    assert {name: len(those) for name, those in granted.items()} == {
        name: len(of_keys(prod, name)) for name in FUNCTIONS
    }
    assert {one for those in granted.values() for _, one in those} <= arns


def of_keys(template, name):
    """What a function may do with which key."""
    return {one for one in rights.grants(template, name) if one[0].startswith("kms:")}


@pytest.mark.parametrize("left_out", HELD)
def test_the_keys_of_before_are_given_all_three_or_none(template, left_out):
    given = {name: id for name, id in HELD.items() if name != left_out}

    assert [one.startswith("HeldKey, HeldPublicKey") for one in broken_rules(template, PROD | given)] == [True]
