"""What is answered about one's own account and its second factor."""

from typing_extensions import TypedDict

from chalicelib.actions.factors import FactorStanding
from chalicelib.api.answers import ShownAccount


class OwnAccount(ShownAccount):
    """One's own account, with how its second factor stands in this sign-in."""

    second_factor: FactorStanding


class ShownOffer(TypedDict):
    """A secret for an authenticator: as text, as the address that its QR says, and that QR."""

    secret: str
    address: str
    svg: str


class RecoveryCodes(TypedDict):
    """What signs in once each without the authenticator; told this once."""

    recovery_codes: list[str]
