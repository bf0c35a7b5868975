"""The second factor of people who sign in (G2): offered, confirmed, asked for once in each sign-in, taken away.

It is checked here and not by who signs people in, so that it holds whatever issuer a city has. A role that needs one
is let through nothing else until its sign-in has passed it (docs/decisions/0027).
"""

import hmac
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, urlencode

from chalicelib import settings
from chalicelib.actions import secrets
from chalicelib.outside import chance, clock
from chalicelib.records import accounts, factors
from chalicelib.records.commit import Entry
from chalicelib.rules import factor as rule
from chalicelib.rules.account import Account, Session
from chalicelib.rules.act import Act
from chalicelib.rules.errors import NotAllowed, NotPermitted, SignedOut, Unavailable
from chalicelib.rules.factor import Factor

PURPOSE = "accounts"
TRIES = 8
ISSUER = "安心码"


@dataclass(frozen=True, kw_only=True)
class FactorStanding:
    """How the second factor of an account stands in a sign-in: whether one is needed, held and passed."""

    needed: bool
    held: bool
    passed: bool
    recovery_left: int = 0
    reset_at: datetime | None = None


class Offer(NamedTuple):
    """A secret to put into an authenticator, as text and as the address that its QR says."""

    secret: str
    address: str


def needed(account: Account) -> bool:
    """Tell whether an account signs in with a second factor: it holds one, or its role must."""
    return account.factor is not None or account.role in settings.second_factor_roles()


def standing(act: Act) -> FactorStanding:
    """Tell how the caller's second factor stands in this sign-in."""
    held, account = act.account.factor, act.account
    return FactorStanding(
        needed=needed(account), held=held is not None, passed=_passed(account, act.session),
        recovery_left=len(held.recovery) if held else 0, reset_at=account.reset_at if held is None else None,
    )  # fmt: skip


def demand(account: Account, session: Session | None) -> None:
    """Refuse what needs a second factor that this sign-in has not passed: NotPermitted."""
    if needed(account) and not _passed(account, session):
        words = "请先完成第二步验证：输入验证器上的六位动态码；尚未绑定的，请先绑定"
        raise NotPermitted(words, rule="second-factor-needed")


def offer(act: Act) -> Offer:
    """Make a secret for the caller's authenticator, which counts once a code of it was confirmed.

    Who holds a factor may change it only after passing it. Nothing is kept for a repeat: it is another secret.
    """
    before = act.account
    if before.factor is not None:
        demand(before, act.session)
    secret, id = chance.octets(rule.SECRET_OCTETS), chance.identifier()
    sealed = secrets.seal(PURPOSE, _place(before, id), b64encode(secret).decode())
    after = replace(before, offered=Factor(id=id, secret=sealed))
    accounts.store(before, after, act=replace(act, key=None), entry=Entry(action="factor.offer"))
    return Offer(rule.written(secret), _address(secret, before.name or before.role))


def confirm(act: Act, code: str) -> list[str]:
    """Take the offered secret as the caller's factor, for a right code of it; give the recovery codes, this once."""
    before = act.account
    if before.factor is not None:
        demand(before, act.session)
    if before.offered is None:
        raise NotAllowed("没有待确认的绑定；请重新开始绑定", rule="nothing-offered")
    _try(act, before.offered, code)
    codes = [chance.identifier(rule.RECOVERY_LENGTH) for _ in range(rule.RECOVERY_CODES)]
    hashes = tuple(_hash(before.offered, one) for one in codes)
    factor = replace(before.offered, since=act.at, recovery=hashes)
    after = replace(before, factor=factor, offered=None, reset_at=None)
    accounts.store(before, after, act=replace(act, key=None), entry=Entry(action="factor.confirm"))
    _mark(act, factor)
    return [f"{one[:5]}-{one[5:]}" for one in codes]


def check(act: Act, code: str) -> FactorStanding:
    """Pass the second factor in this sign-in, with a code of the authenticator or a recovery code, which is used up."""
    before = act.account
    if before.factor is None:
        raise NotAllowed("还没有绑定验证器；请先绑定", rule="nothing-held")
    if not _passed(before, act.session):
        used = _try(act, before.factor, code)
        if used:
            act = replace(act, account=_without(act, before.factor, used))
        _mark(act, before.factor)
    return standing(act)


def is_old(factor: Factor) -> bool:
    """Tell whether an authenticator's secret was sealed under a key that is used for nothing new any more."""
    return secrets.is_old(PURPOSE, factor.secret)


def resealed(account: Account, factor: Factor) -> Factor:
    """Give a factor of an account with its secret sealed anew; its recovery codes, which nobody knows, stay."""
    place = _place(account, factor.id)
    return replace(factor, secret=secrets.seal(PURPOSE, place, secrets.reveal(PURPOSE, place, factor.secret)))


def _without(act: Act, held: Factor, used: str) -> Account:
    """Strike a recovery code out: two sign-ins at once cannot both use it, the account is as it was read."""
    left = rule.without(held.recovery, used)
    after = replace(act.account, factor=replace(held, recovery=left))
    entry = Entry(action="factor.recover", note={"left": len(left)})
    return accounts.store(act.account, after, act=replace(act, key=None), entry=entry)


def _try(act: Act, factor: Factor, code: str) -> str | None:
    """Judge a code, counted before it is told; give the hash of a recovery code, None for one of the authenticator.

    NotAllowed for a wrong one and while the factor is locked.
    """
    typed, now = code.replace("-", "").replace(" ", "").upper(), clock.unmoved(act.at)
    secret = b64decode(secrets.reveal(PURPOSE, _place(act.account, factor.id), factor.secret))
    for _ in range(TRIES):
        tries, writes = factors.tries(act.account, factor)
        if tries.locked(act.at):
            raise _locked()
        step = rule.matching(secret, typed, now, after=tries.step) if len(typed) == rule.DIGITS else None
        spare = _hash(factor, typed)
        right = step is not None or spare in factor.recovery
        judged = rule.tried(tries, right, step=step, at=act.at)
        if factors.save(act.account, factor, judged, writes):
            break
    else:
        raise Unavailable("同时输入的动态码太多；请稍后再试")
    if judged.locked(act.at):
        raise _locked()
    if not right:
        words = "动态码不正确或已用过：请等验证器换一个新码再输入，并核对手机时间"
        raise NotAllowed(words, rule="second-factor-wrong")
    return None if step is not None else spare


def _locked() -> NotAllowed:
    minutes = int(rule.LOCKED.total_seconds() // 60)
    words = f"连续 {rule.MOST_WRONG} 次输入错误，已锁定 {minutes} 分钟；请稍后再试，手机丢失的请联系管理员重置"
    return NotAllowed(words, rule="second-factor-locked")


def _passed(account: Account, session: Session | None) -> bool:
    """Tell whether a sign-in passed the factor that the account holds now."""
    if account.factor is None or session is None:
        return False
    return factors.passed(account, session.id) == account.factor.id


def _mark(act: Act, factor: Factor) -> None:
    if act.session is None:
        raise SignedOut("请重新登录")
    until = act.session.since + timedelta(hours=settings.session_hours())
    factors.mark(act.account, act.session.id, factor, until=until)


def _hash(factor: Factor, code: str) -> str:
    return hmac.digest(secrets.data_key(PURPOSE), f"{factor.id}|{code}".encode(), sha256).hex()


def _address(secret: bytes, name: str) -> str:
    """Write the address that an authenticator reads from a QR."""
    told = {"secret": rule.written(secret), "issuer": ISSUER, "algorithm": "SHA1", "digits": rule.DIGITS,
            "period": rule.PERIOD}  # fmt: skip
    return f"otpauth://totp/{quote(f'{ISSUER}:{name}', safe=':')}?{urlencode(told, quote_via=quote)}"


def _place(account: Account, id: str) -> str:
    return f"{account.key}|factor|{id}"
