"""A company of the register (B3): what it is and which states it may have."""

from dataclasses import dataclass
from datetime import date

from chalicelib.rules.archive import CompanyState


@dataclass(frozen=True, kw_only=True)
class Company:
    """A domestic-service company; `contact`, `phone` and `email` are sealed."""

    city: str
    id: str
    name: str
    credit_code: str
    district: str | None
    state: CompanyState
    since: date
    contact: str | None = None
    phone: str | None = None
    email: str | None = None
    ground: str | None = None
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The company's partition key."""
        return f"C#{self.city}#{self.id}"


MOVES = {
    "confirm": ({"asked"}, "active"),
    "suspend": ({"active"}, "suspended"),
    "resume": ({"suspended"}, "active"),
}
