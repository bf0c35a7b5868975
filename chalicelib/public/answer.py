"""The answer of a check (contracts/check.schema.json), made at the moment of asking from facts and dates.

Nothing that was stored holds a colour or a dated sentence (invariant 1).
"""

from chalicelib.outside import clock
from chalicelib.public import stack
from chalicelib.public.codes import Code
from chalicelib.rules import colour, live, texts
from chalicelib.rules.colour import Reason, Verdict
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.json_text import quoted, written
from chalicelib.rules.light import Any, Callable, NamedTuple, datetime
from chalicelib.rules.policy import Policy, overridden

Answer = dict[str, Any]
Load = Callable[[str], Policy]

_UNCHECKED: dict[str, dict[str, Any]] = {
    "certificate": {"state": "unknown", "until": None},
    "identity": {"state": "unknown"},
    "health_exam": {"state": "unknown", "until": None, "category": None},
    "insurance": {"state": "unknown", "until": None, "third_party": None},
    "background": {"state": "unknown", "checked_on": None},
    "training": {"state": "unknown"},
}
_NO_PHOTO = '"photo":null'
_MOMENT = "\0moment"
_MOMENT_WRITTEN = written(_MOMENT)
_TWO = [f"{number:02d}" for number in range(60)]
_WELCOME = (colour.Colour.GREEN, colour.Colour.YELLOW)


class Settled(NamedTuple):
    """What a code's item and the day decide of an answer; the rest is the moment of asking.

    `head` and `tail` are the JSON before and after the moment and its nonces; `photo` is the photo's key, if any.
    """

    colour: str
    answer: Answer
    head: str
    tail: str
    nonce_key: bytes
    token: str
    welcome: bool
    photo: str


def known(code: Code, kind: str, at: datetime, load: Load) -> Answer:
    """Answer for a code that was read; `kind` is printed, live or stale. Unavailable if it cannot be told."""
    return told(settled(code, kind, at, load), at)


def told(found: Settled, at: datetime) -> Answer:
    """Complete an answer with the moment of asking."""
    nonce = _nonce(found.nonce_key, found.token, at)
    if found.photo:
        found = found._replace(answer=found.answer | {"holder": found.answer["holder"] | _addressed(found.photo)})
    return found.answer | {"as_of": _shown(at), "visit": nonce if found.welcome else None, "report": nonce}


def text(found: Settled, at: datetime) -> str:
    """Write the JSON of `told`, joined of parts that are ready."""
    made = live.make_nonce(found.nonce_key, found.token, at)
    here = at.astimezone(clock.SHANGHAI)
    nonce = f'{{"nonce":"{made}","expires":"{_written(here + live.NONCE_LIFE)}"}}'
    visit = nonce if found.welcome else "null"
    head = _with_photo(found.head, found.photo) if found.photo else found.head
    return f'{head}"{_written(here)}"{found.tail}{visit},"report":{nonce}}}'


def settled(code: Code, kind: str, at: datetime, load: Load) -> Settled:
    """Settle what only the day can change of a code's answer."""
    day = clock.day_of(at)
    found, policy = judged(code, at, load)
    checks = _UNCHECKED if code.facts is None or policy is None else colour.checks(code.facts, policy, day)
    if kind == "stale":
        found = colour.with_stale_code(found)
    holder = code.holder if checks is not None else None
    if holder is None and found.colour in _WELCOME:
        raise Unavailable("a code that would be welcome has no holder to show")
    answer = _base(at, "known", found, code.objection if checks is not None else "") | {
        "checks": checks,
        "holder": holder,
        "code": {"kind": kind},
        "policy": policy.at(day).id if policy is not None else None,
    }
    # from the end: of what stands before the moment, some was written by people
    before, after, _ = written(answer | {"as_of": _MOMENT, "visit": _MOMENT}).rsplit(_MOMENT_WRITTEN, 2)
    key = code.nonce_key or stack.key("report_key")
    photo = code.photo if holder is not None else ""
    return Settled(answer["colour"], answer, before, after, key, code.token, found.colour in _WELCOME, photo)


def _addressed(photo: str) -> dict[str, str]:
    from chalicelib.public import photos

    return {"photo": photos.address(photo)}


def _with_photo(head: str, photo: str) -> str:
    """Put the photo's address where the holder's photo is null: within a text a quotation mark is not bare."""
    before, _, after = head.partition(_NO_PHOTO)
    return f'{before}"photo":{quoted(_addressed(photo)["photo"])}{after}'


def judged(code: Code, at: datetime, load: Load) -> tuple[Verdict, Policy | None]:
    """Give the verdict of this moment and the policy it followed; a code known by its stop alone is red."""
    if code.facts is None:
        return colour.stopped(code.stop or {}), None
    policy = overridden(load(code.region), code.overrides)
    return colour.verdict(code.facts, policy, clock.day_of(at)), policy


def welcome(found: Verdict) -> bool:
    """Say whether a visit may be confirmed under a verdict (A7)."""
    return found.colour in _WELCOME


def unknown(claimed: str, at: datetime) -> Answer:
    """Answer that there is no such code; a report of it can be sent, under the stack's key (A8)."""
    nonce = _nonce(stack.key("report_key"), claimed, at)
    nothing = Verdict(colour.Colour.GREY, (), None)
    return _base(at, "unknown", nothing) | {"visit": nonce, "report": nonce}


def unavailable(at: datetime) -> Answer:
    """Answer that the check could not be made: grey, whatever was known before (invariant 1)."""
    return _base(at, "unavailable", colour.UNAVAILABLE)


def _base(at: datetime, result: str, found: Verdict, objection: str = "") -> Answer:
    """Give every key of an answer, null where there is nothing to show; `objection` only where there is one (C8)."""
    under_review = {"objection": _objection(objection)} if objection else {}
    return {
        "result": result,
        "colour": found.colour.name.lower(),
        "reasons": [_reason(reason) for reason in found.reasons],
        **under_review,
        "checks": None,
        "holder": None,
        "code": None,
        "day": clock.day_of(at).isoformat(),
        "as_of": _shown(at),
        "until": found.until.isoformat() if found.until else None,
        "policy": None,
        "visit": None,
        "report": None,
    }


def _objection(since: str) -> dict[str, str]:
    chinese, english = texts.objection_text(since)
    return {"since": since, "text": chinese, "text_en": english}


def _reason(reason: Reason) -> dict[str, str | None]:
    chinese, english = texts.reason_text(reason)
    since = reason.since.isoformat() if reason.since else None
    return {"code": reason.code, "group": reason.group, "since": since, "text": chinese, "text_en": english}


def _nonce(key: bytes, token: str, at: datetime) -> dict[str, str]:
    return {"nonce": live.make_nonce(key, token, at), "expires": _shown(at + live.NONCE_LIFE)}


def _shown(at: datetime) -> str:
    return _written(at.astimezone(clock.SHANGHAI))


def _written(here: datetime) -> str:
    """Write an instant of Shanghai to the second, in half of what isoformat("T", "seconds") takes."""
    return f"{here.date().isoformat()}T{_TWO[here.hour]}:{_TWO[here.minute]}:{_TWO[here.second]}+08:00"
