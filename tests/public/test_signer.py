import time
from datetime import UTC, datetime

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Botocores
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.public import signer
from chalicelib.public.signer import Credentials

WORDS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJ0123456789/+=-", min_size=1, max_size=60)
INSTANTS = st.integers(1_577_836_800, 2_840_140_800).map(
    lambda second: datetime.fromtimestamp(second, UTC).strftime("%Y%m%dT%H%M%SZ")
)


@given(
    target=st.sampled_from(["DynamoDB_20120810.GetItem", "DynamoDB_20120810.PutItem"]),
    body=st.binary(max_size=2000),
    host=st.from_regex(r"[a-z0-9.-]{1,60}", fullmatch=True),
    port=st.none() | st.integers(1024, 65535),
    region=st.from_regex(r"[a-z]{2}-[a-z]{4,9}-[1-9]", fullmatch=True),
    instant=INSTANTS,
    who=st.builds(Credentials, WORDS, WORDS, st.just("") | WORDS),
)
@example(
    target="DynamoDB_20120810.GetItem", body=b"", host="dynamodb.cn-north-1.amazonaws.com.cn", port=None,
    region="cn-north-1", instant="20240229T235959Z", who=Credentials("AKID", "secret", ""),
)  # fmt: skip
def test_headers_are_botocores_to_the_byte(target, body, host, port, region, instant, who):
    shown = f"{host}:{port}" if port else host

    ours = signer.headers(target, body, host=shown, region=region, instant=instant, who=who)

    assert parted(ours) == botocores(target, body, shown, region, instant, who)


@given(seconds=st.lists(st.integers(1_577_836_800, 2_840_140_800), min_size=1))
@example(seconds=[1_795_305_599, 1_795_305_600, 1_795_305_599])
def test_an_instant_is_written_as_the_standard_library_writes_it(seconds):
    written = [signer.instant(second) for second in seconds]

    assert written == [time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(second)) for second in seconds]


def test_a_new_secret_is_used_at_once():
    said = {"host": "h", "region": "r", "instant": "20261121T000000Z"}

    first = signer.headers("t", b"", who=Credentials("a", "one", ""), **said)
    second = signer.headers("t", b"", who=Credentials("a", "two", ""), **said)

    assert parted(first)["authorization"] != parted(second)["authorization"]


def parted(lines):
    assert lines.endswith("\r\n")
    return dict(line.split(":", 1) for line in lines.split("\r\n")[:-1])


def botocores(target, body, host, region, instant, who):
    headers = {"content-type": "application/x-amz-json-1.0", "x-amz-target": target, "X-Amz-Date": instant}
    if who.token:
        headers["X-Amz-Security-Token"] = who.token
    request = AWSRequest("POST", f"http://{host}/", headers=headers, data=body)
    request.context["timestamp"] = instant
    auth = SigV4Auth(Botocores(who.key, who.secret, who.token or None), "dynamodb", region)
    canonical = auth.canonical_request(request)
    signature = auth.signature(auth.string_to_sign(request, canonical), request)
    auth._inject_signature_to_request(request, signature)
    return {"host": host} | {name.lower(): value for name, value in request.headers.items()}
