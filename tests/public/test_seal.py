from base64 import b64decode, b64encode

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.public.seal import sealed

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)


def der(private):
    public = private.public_key()
    return b64encode(
        public.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    ).decode()


PUBLIC = der(PRIVATE)


@given(st.text(max_size=190).filter(lambda text: len(text.encode()) <= 190))
def test_what_is_sealed_opens_with_the_private_key(text):
    assert PRIVATE.decrypt(b64decode(sealed(text, PUBLIC)), OAEP).decode() == text


def test_a_larger_key_works_too():
    private = rsa.generate_private_key(public_exponent=65537, key_size=3072)

    assert private.decrypt(b64decode(sealed("10000000000", der(private))), OAEP) == b"10000000000"


def test_the_same_text_is_sealed_differently_each_time():
    assert sealed("10000000000", PUBLIC) != sealed("10000000000", PUBLIC)


def test_text_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="too long"):
        sealed("号" * 64, PUBLIC)


@pytest.mark.parametrize(
    "key",
    ["", "AAAA", PUBLIC[:40], der(ec.generate_private_key(ec.SECP256R1()))],
    ids=["none", "junk", "cut", "ec"],
)
def test_what_is_no_rsa_key_is_refused(key):
    with pytest.raises(ValueError, match="RSA"):
        sealed("10000000000", key)
