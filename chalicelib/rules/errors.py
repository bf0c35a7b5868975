"""Every way the service can fail to do as asked.

    Problem
    ├── Refusal         understood and declined; the caller can be told why
    │   ├── Malformed       the request is not shaped as it should be; `.faults` names every one
    │   ├── Missing         there is no such thing (or it is not the caller's to see)
    │   ├── Clash           someone else changed it first, or it exists already
    │   ├── Reused          the Idempotency-Key was used for another request
    │   ├── NotAllowed      a rule forbids it, and `.rule` names which
    │   ├── NotPermitted    the role may not do this at all
    │   └── SignedOut       the sign-in does not count any more
    └── Unavailable     the answer could not be had just now; asking again is safe

Anything else that is raised is a defect, and becomes a 500.
"""

from chalicelib.rules.light import NamedTuple


class Fault(NamedTuple):
    """One thing wrong with a request: where (`field`), a stable `code`, and words for a clerk."""

    field: str
    code: str
    message: str


class Problem(Exception):
    """Anything that keeps the service from doing as asked."""

    rule = "problem"


class Refusal(Problem):
    """Understood and declined."""

    def __init__(self, message: str, *, rule: str | None = None, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(message)
        self.rule = rule or self.rule
        self.faults = faults


class Malformed(Refusal):
    """The request is not shaped as it should be."""

    rule = "malformed"


class Missing(Refusal):
    """There is no such thing, or none that the caller may see: both are told in the same words."""

    rule = "missing"

    def __init__(self, message: str = "没有这条记录，或它不属于您的单位") -> None:
        super().__init__(message)


class Clash(Refusal):
    """Someone else changed it first, or it exists already."""

    rule = "clash"


class Reused(Refusal):
    """The Idempotency-Key stands for another request."""

    rule = "key-reused"


class NotAllowed(Refusal):
    """A rule forbids it; `.rule` names which."""

    rule = "not-allowed"


class NotPermitted(Refusal):
    """The role may not do this."""

    rule = "not-permitted"


class SignedOut(Refusal):
    """The sign-in does not count any more: too old, or ended by somebody who may."""

    rule = "signed-out"


class Unavailable(Problem):
    """The answer could not be had just now."""

    rule = "unavailable"
