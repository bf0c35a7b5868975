"""The pictures of a code over HTTP, read back from what was sent."""

from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image

from bench import qr as bench
from scripts.streams import wait_until


@pytest.fixture(scope="module")
def making(people):
    """The number and the address of a certificate whose card is being made."""
    return people.worker("production")["certificate"]


def test_the_print_vendor_is_given_a_card_that_reads_as_the_codes_own_address(people, making):
    told = people.as_("print_vendor").get(f"/api/certificates/{making['number']}/card")
    picture = Image.open(BytesIO(b64decode(told["png"].partition(",")[2]))).convert("RGB")

    assert bench.read(picture) == told["url"] == making["url"]
    assert told["svg"].startswith("<svg")


def test_the_telephones_code_says_its_colour_and_carries_the_credential(people, certified):
    at = f"/api/certificates/{certified['certificate']['number']}/phone"
    assert wait_until(lambda: "#" in people.as_("owner0").get(at)["url"])

    told = people.as_("owner0").get(at)

    address, _, credential = told["url"].partition("#")
    assert (told["colour"], told["word"], address) == ("green", "绿码", certified["certificate"]["url"])
    assert credential.count(".") == 2


@pytest.mark.parametrize(
    ("who", "what", "status"),
    [("print_vendor", "card", 404), ("print_vendor", "phone", 403), ("owner0", "card", 403), ("owner1", "phone", 404),
     ("police", "card", 403), ("hotline", "phone", 403)],
)  # fmt: skip
def test_nobody_else_is_given_a_picture(people, certified, who, what, status):
    assert people.ask(who, "GET", f"/api/certificates/{certified['certificate']['number']}/{what}")[0] == status
