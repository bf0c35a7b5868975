"""The answer of a check (contracts/check.schema.json), made at the moment of asking from facts and dates.

Nothing that was stored holds a colour or a dated sentence (invariant 1).
"""

from chalicelib.outside.clock import TWO
from chalicelib.public import stack
from chalicelib.public.codes import Code
from chalicelib.rules import colour, live, texts
from chalicelib.rules.colour import Reason, Verdict
from chalicelib.rules.days import SHANGHAI, day_of
from chalicelib.rules.errors import Unavailable
from chalicelib.rules.evidence import DAY, WITHDRAWN
from chalicelib.rules.json_text import quoted, read, written
from chalicelib.rules.light import Any, Callable, NamedTuple, date, datetime
from chalicelib.rules.policy import Policy, overridden

Answer = dict[str, Any]
Load = Callable[[str], Policy]

_UNCHECKED = written({
    "certificate": {"state": "unknown", "until": None},
    "identity": {"state": "unknown"},
    "health_exam": {"state": "unknown", "until": None, "category": None},
    "insurance": {"state": "unknown", "until": None, "third_party": None},
    "background": {"state": "unknown", "checked_on": None},
    "training": {"state": "unknown"},
})  # fmt: skip
_WRITTEN = {None: "null", True: "true", False: "false"}
_NO_PHOTO = '"photo":null'
_EAST, _DAY = 8 * 3600, 86400
_NONCE_LIFE = live.NONCE_LIFE.seconds
_EPOCH = date(1970, 1, 1).toordinal()
_WELCOME = (colour.Colour.GREEN, colour.Colour.YELLOW)
_KEPT = 100
_policies: dict[tuple[str, str], Policy] = {}


class Settled(NamedTuple):
    """What a code's item and the day decide of an answer; the rest is the moment of asking.

    `day` counts from 1970 on, in Shanghai. `head` and `tail` are the JSON before and after the moment, up to its
    nonces; `photo` is the photo's key, if any.
    """

    day: int
    day_text: str
    next_text: str
    colour: str
    head: str
    tail: str
    nonce_key: bytes
    welcome: bool
    photo: str


def known(code: Code, kind: str, at: datetime, load: Load) -> tuple[str, str]:
    """Give colour and JSON of a code that was read; `kind` is printed, live or stale.

    Unavailable if it cannot be told. What the day decides is settled once a day of an item that stays the same.
    """
    instant = live.microseconds(at)
    day, second = divmod(instant // 1_000_000 + _EAST, _DAY)
    found = code.settled.get(kind)
    if found is None or found.day != day:
        found = code.settled[kind] = settled(code, kind, day_of(at), load)
    end = second + _NONCE_LIFE
    expires = f"{found.day_text}{_clock(end)}" if end < _DAY else f"{found.next_text}{_clock(end - _DAY)}"
    nonce = f'{{"nonce":"{live.nonce_of(found.nonce_key, code.token, instant)}","expires":"{expires}"}}'
    visit = nonce if found.welcome else "null"
    head = _with_photo(code, found) if found.photo else found.head
    return found.colour, f'{head}{found.day_text}{_clock(second)}{found.tail}{visit},"report":{nonce}}}'


def settled(code: Code, kind: str, day: date, load: Load) -> Settled:
    """Settle what only the day can change of a code's answer."""
    found, policy = judged(code, day, load)
    checks, version = _UNCHECKED, "null"
    if code.facts is not None and policy is not None:
        checks = _checks(colour.checks(code.facts, policy, day, found))
        version = f'"{policy.at(day).id}"'
    elif found.colour is colour.Colour.GREY:  # of a stop alone, withdrawn consent
        checks = "null"
    if kind == "stale":
        found = colour.with_stale_code(found)
    welcomed = found.colour in _WELCOME
    holder = code.holder if checks != "null" else None
    if welcomed and holder is None:
        raise Unavailable("a code that would be welcome has no holder to show")
    name, day_text = found.colour.name.lower(), day.isoformat()
    reasons = written([_reason(reason) for reason in found.reasons]) if found.reasons else "[]"
    objection = _objection(code.objection) if code.objection and checks != "null" else ""
    head = (
        f'{{"result":"known","colour":"{name}","reasons":{reasons},{objection}"checks":{checks},'
        f'"holder":{holder or "null"},"code":{{"kind":"{kind}"}},"day":"{day_text}","as_of":"'
    )
    until = f'"{found.until.isoformat()}"' if found.until else "null"
    key = code.nonce_key or stack.key("report_key")
    hotline = quoted(code.hotline or stack.hotline())
    tail = f'","until":{until},"policy":{version},"hotline":{hotline},"visit":'
    photo = code.photo if holder is not None else ""
    number = day.toordinal() - _EPOCH
    return Settled(number, day_text, (day + DAY).isoformat(), name, head, tail, key, welcomed, photo)


def _objection(since: str) -> str:
    """Say that a decision about the holder is under review (C8)."""
    chinese, english = texts.objection_text(since)
    return f'"objection":{written({"since": since, "text": chinese, "text_en": english})},'


def _with_photo(code: Code, found: Settled) -> str:
    """Put the photo's address where the holder's photo is null: within a text a quotation mark is not bare."""
    from chalicelib.public import photos

    who, instant = photos.signing()
    kept = code.settled.get("photo")
    if kept is not None and kept[0] is found and kept[1] is who and kept[2] == instant:
        told: str = kept[3]
        return told
    before, _, after = found.head.partition(_NO_PHOTO)
    told = f'{before}"photo":{quoted(photos.address(found.photo, instant))}{after}'
    code.settled["photo"] = found, who, instant, told
    return told


def judged(code: Code, day: date, load: Load) -> tuple[Verdict, Policy | None]:
    """Give the verdict of a day and the policy it followed, None when it followed none; a code known by its stop alone
    is red."""
    if code.facts is None:
        return colour.stopped(code.stop or {}), None
    policy = _policy(code.region, code.overrides, load)
    found = colour.verdict(code.facts, policy, day)
    if code.behind or (found.colour in _WELCOME and _unaware(code, day.isoformat())):
        return _overtaken(found), None
    return found, policy


def _unaware(code: Code, day: str) -> bool:
    """Tell whether a code was computed without what its city chose for a day (docs/decisions/0020); one of the day
    itself was not."""
    if code.projected_on >= day:
        return False
    chosen = stack.choices(code.city, day)
    return bool(chosen) and chosen != code.overrides and _in_force(chosen, day) != _in_force(code.overrides, day)


def _in_force(overrides: str, day: str) -> Any:
    """Give the last of a city's choices that has begun by a day, or None."""
    begun = [one for one in read(overrides) if one["from"] <= day]
    return max(begun, key=lambda one: one["from"], default=None)


def _overtaken(found: Verdict) -> Verdict:
    """Judge a code whose archive or city is stricter since (invariant 1): unknown, hiding neither a red nor withdrawn
    consent."""
    known = found.colour is colour.Colour.RED or (found.reasons[:1] and found.reasons[0].code == WITHDRAWN)
    return found._replace(until=None) if known else colour.UNAVAILABLE


def _policy(region: str, overrides: str, load: Load) -> Policy:
    """Give a region's policy under a city's own choices, made once for all its codes."""
    place = region, overrides
    found = _policies.get(place)
    if found is None:
        if len(_policies) >= _KEPT:
            _policies.clear()
        found = _policies[place] = overridden(load(region), read(overrides))
    return found


def _checks(told: dict[str, dict[str, Any]] | None) -> str:
    """Write an answer's checks; every text in them is a constant or a day, so nothing needs escaping."""
    if told is None:
        return "null"
    certificate, exam, insurance = told["certificate"], told["health_exam"], told["insurance"]
    background = told["background"]
    return (
        f'{{"certificate":{{"state":"{certificate["state"]}","until":{_or_null(certificate["until"])}}},'
        f'"identity":{{"state":"{told["identity"]["state"]}"}},'
        f'"health_exam":{{"state":"{exam["state"]}","until":{_or_null(exam["until"])},'
        f'"category":{_or_null(exam["category"])}}},'
        f'"insurance":{{"state":"{insurance["state"]}","until":{_or_null(insurance["until"])},'
        f'"third_party":{_WRITTEN[insurance["third_party"]]}}},'
        f'"background":{{"state":"{background["state"]}","checked_on":{_or_null(background["checked_on"])}}},'
        f'"training":{{"state":"{told["training"]["state"]}"}}}}'
    )


def welcome(found: Verdict) -> bool:
    """Say whether a visit may be confirmed under a verdict (A7)."""
    return found.colour in _WELCOME


def unknown(claimed: str, at: datetime) -> Answer:
    """Answer that there is no such code; a report of it can be sent, under the stack's key (A8)."""
    made = live.make_nonce(stack.key("report_key"), claimed, at)
    nonce = {"nonce": made, "expires": _shown(at + live.NONCE_LIFE)}
    return _bare(at, "unknown", ()) | {"visit": nonce, "report": nonce}


def unavailable(at: datetime) -> Answer:
    """Answer that the check could not be made: grey, whatever was known before (invariant 1), and whom to call."""
    return _bare(at, "unavailable", colour.UNAVAILABLE.reasons)


def _bare(at: datetime, result: str, reasons: tuple[Reason, ...]) -> Answer:
    """Give every key of an answer that shows nothing of a code."""
    return {
        "result": result,
        "colour": "grey",
        "reasons": [_reason(reason) for reason in reasons],
        "checks": None,
        "holder": None,
        "code": None,
        "day": day_of(at).isoformat(),
        "as_of": _shown(at),
        "until": None,
        "policy": None,
        "hotline": stack.hotline(),
        "visit": None,
        "report": None,
    }


def _reason(reason: Reason) -> dict[str, str | None]:
    chinese, english = texts.reason_text(reason)
    since = reason.since.isoformat() if reason.since else None
    return {"code": reason.code, "group": reason.group, "since": since, "text": chinese, "text_en": english}


def _or_null(text: str | None) -> str:
    return "null" if text is None else f'"{text}"'


def _shown(at: datetime) -> str:
    here = at.astimezone(SHANGHAI)
    return f"{here.date().isoformat()}{_clock(here.hour * 3600 + here.minute * 60 + here.second)}"


def _clock(second: int) -> str:
    """Write a second of a day in Shanghai as the rest of an instant: isoformat takes three times as long."""
    return f"T{TWO[second // 3600]}:{TWO[second // 60 % 60]}:{TWO[second % 60]}+08:00"
