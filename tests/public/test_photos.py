"""The holder's photo: an address of five minutes, signed as botocore signs it, and none where nobody is shown."""

import json
import re
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as Botocores
from hypothesis import example, given
from hypothesis import strategies as st

from chalicelib.outside import clock
from chalicelib.public import signer
from chalicelib.public.signer import Credentials
from tests.public import world
from tests.public.test_signer import INSTANTS, WORDS
from tests.public.world import check, page

KEY = "photos/0123456789ABCDEFGHJKMNPQRS.jpg"
ORIGIN = "https://bucket.s3.cn-north-1.amazonaws.com.cn"
PHOTO = {"photo": world.text(KEY)}


@pytest.fixture
def shown(codes, monkeypatch):
    """The codes, as `codes`, where photos are told of."""
    monkeypatch.setenv("PHOTOS", ORIGIN)
    monkeypatch.setenv("UPLOADS_BUCKET", "bucket")
    codes(world.code(**PHOTO))
    return codes


@pytest.fixture
def at_second(monkeypatch):
    """Set AWS's clock: `at_second(seconds since 1970)`."""
    return lambda second: monkeypatch.setattr(clock, "real_seconds", lambda: second)


@given(
    path=st.from_regex(r"/[a-z0-9.-]{3,40}/photos/[A-Z0-9]{26}\.jpg", fullmatch=True),
    host=st.from_regex(r"[a-z0-9.-]{1,60}(:[1-9][0-9]{3})?", fullmatch=True),
    scheme=st.sampled_from(["http", "https"]),
    region=st.from_regex(r"[a-z]{2}-[a-z]{4,9}-[1-9]", fullmatch=True),
    instant=INSTANTS,
    who=st.builds(Credentials, WORDS, WORDS, st.just("") | WORDS),
    seconds=st.integers(1, 604800),
)
@example(
    path="/photos/A.jpg", host="b.s3.us-east-1.amazonaws.com", scheme="https", region="us-east-1",
    instant="20240229T235959Z", who=Credentials("AKID", "secret", "to/k+en=="), seconds=300,
)  # fmt: skip
def test_addresses_are_botocores_to_the_byte(path, host, scheme, region, instant, who, seconds):
    said = {"region": region, "instant": instant, "who": who, "seconds": seconds}

    ours = signer.address(f"{scheme}://{host}", path, **said)

    assert ours == botocores(f"{scheme}://{host}{path}", region, instant, who, seconds)


def botocores(url, region, instant, who, seconds):
    request = AWSRequest("GET", url)
    request.context["timestamp"] = instant
    auth = S3SigV4QueryAuth(Botocores(who.key, who.secret, who.token or None), "s3", region, expires=seconds)
    auth._modify_request_before_signing(request)
    canonical = auth.canonical_request(request)
    auth._inject_signature_to_request(request, auth.signature(auth.string_to_sign(request, canonical), request))
    return request.url


def test_a_new_secret_signs_at_once():
    said = {"region": "r", "instant": "20261121T000000Z", "seconds": 300}

    first = signer.address("https://h", "/k", who=Credentials("a", "one", ""), **said)
    second = signer.address("https://h", "/k", who=Credentials("a", "two", ""), **said)

    assert first != second


def test_the_answer_holds_an_address_of_at_most_five_minutes_that_is_valid_now(shown, valid):
    _, answer = check()
    address = urlsplit(answer["holder"]["photo"])
    asked = parse_qs(address.query)
    signed = datetime.strptime(asked["X-Amz-Date"][0], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)

    assert valid(answer)
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{ORIGIN}/{KEY}"
    assert asked["X-Amz-Expires"] == ["300"]
    assert 0 <= (datetime.now(UTC) - signed).total_seconds() < 65


def test_the_answers_of_a_minute_have_one_address_and_the_next_minute_has_its_own(shown, at_second):
    addresses = [photo_at(at_second, second) for second in (1_795_329_540, 1_795_329_599, 1_795_329_600)]

    assert addresses[0] == addresses[1]
    assert ["X-Amz-Date=20261122T063900Z" in one for one in addresses] == [True, True, False]
    assert "X-Amz-Date=20261122T064000Z&X-Amz-Expires=300" in addresses[2]


@pytest.mark.parametrize(
    ("name", "value"), [("AWS_SECRET_ACCESS_KEY", "another"), ("PHOTOS", "https://other.example"), ("AWS_REGION", "r")]
)
def test_a_setting_that_changed_signs_at_once_within_the_minute(shown, at_second, monkeypatch, name, value):
    before = photo_at(at_second, 1_795_329_540)
    monkeypatch.setenv(name, value)

    assert photo_at(at_second, 1_795_329_541) != before


def test_each_code_has_the_address_of_its_own_photo_within_the_minute(shown, codes, at_second):
    first = photo_at(at_second, 1_795_329_540)
    codes(world.code(photo=world.text("photos/ANOTHER.jpg")))

    assert KEY in first
    assert "/photos/ANOTHER.jpg?" in photo_at(at_second, 1_795_329_541)


def photo_at(at_second, second):
    at_second(second)
    return check()[1]["holder"]["photo"]


def test_one_that_serves_many_buckets_is_told_which(shown, monkeypatch):
    monkeypatch.setenv("PHOTOS", "http://127.0.0.1:4566")

    _, answer = check()

    assert answer["holder"]["photo"].startswith(f"http://127.0.0.1:4566/bucket/{KEY}?X-Amz-Algorithm=")


def test_the_page_shows_it_in_a_place_of_fixed_size_and_only_from_there(shown):
    reply = page()
    images = re.findall("<img[^>]*>", reply["body"])

    assert len(images) == 1
    assert f'src="{ORIGIN}/{KEY}?X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=' in images[0]
    assert 'alt="持证人照片" width="96" height="120"' in images[0]
    assert f"img-src {ORIGIN};" in reply["headers"]["Content-Security-Policy"]


def test_json_and_page_are_otherwise_as_without_one(shown, codes):
    with_photo = check()[1]
    codes(world.code())
    without = check()[1]

    assert with_photo | {"holder": with_photo["holder"] | {"photo": None}} == without
    assert "请核对来人的身份证" in page()["body"]


@pytest.mark.parametrize(
    "item",
    [
        world.code(world.WITHDRAWN, **PHOTO),
        world.code(stop={"code": "consent-withdrawn", "since": "2026-11-20"}, **PHOTO),
        world.stopped_only(),
    ],
    ids=["withdrawn", "withdrawn by a stop", "stopped only"],
)
def test_where_nobody_is_shown_there_is_no_photo(shown, item):
    shown(item)

    _, answer = check()

    assert answer["holder"] is None
    assert KEY not in json.dumps(answer) + page()["body"]


def test_a_name_that_looks_like_an_answer_moves_no_photo(shown, valid):
    odd = world.HOLDER | {"name": '王*","photo":null,"x":"', "company": '","photo":null'}
    shown(world.code(holder=world.text(odd), **PHOTO))

    _, answer = check()

    assert valid(answer)
    assert answer["holder"] | {"photo": None} == odd
    assert answer["holder"]["photo"].startswith(ORIGIN)


@pytest.mark.parametrize(
    "key", ["evidence/330200/W/F", "photos/../x.jpg", "photos/.jpg", "photos/a?b.jpg", "photos/a b.jpg", ""]
)
def test_a_key_of_anything_else_is_not_signed(shown, key):
    shown(world.code(photo=world.text(key)))

    status, answer = check()

    assert (status, answer["colour"]) == (503, "grey")
