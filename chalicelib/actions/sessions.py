"""Who is at the door: the account of a sign-in, and whether the sign-in still counts (G2)."""

from datetime import UTC, datetime, timedelta

from chalicelib import settings
from chalicelib.outside import clock
from chalicelib.records import accounts, clients
from chalicelib.rules.access import MACHINES
from chalicelib.rules.account import Account, Session
from chalicelib.rules.client import PREFIX, Presented, good
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import NotPermitted, SignedOut

AHEAD = timedelta(minutes=1)
"""By how much an issuer's clock may be before ours."""


def of(context: dict[str, str]) -> Session | None:
    """Read the sign-in out of what the authorizer told; None when it told none."""
    since = context.get("since", "")
    if not context.get("session") or not since.isdecimal():
        return None
    return Session(id=context["session"], since=datetime.fromtimestamp(int(since), UTC))


def account_of(subject: str) -> Account:
    """Read the active account of whom a token names; NotPermitted when there is none, or it is a machine's."""
    account = accounts.find_by_subject(subject) if subject else None
    if account is None or account.state != "active" or account.role in MACHINES:
        raise NotPermitted("该登录身份没有可用的账号；请联系管理员开通或恢复", rule="no-account")
    return account


def machine_of(shown: Presented, at: datetime) -> Account:
    """Read the active account of a machine by the key it shows; SignedOut for a key that is not good any more."""
    account = accounts.find_by_subject(f"{PREFIX}{shown.id}")
    if account is None or account.state != "active" or not good(account.keys, shown, at):
        raise SignedOut("接口密钥无效或已停用；请联系管理员", rule="key-not-good")
    clients.use(account.key, shown.id, day_of(at))
    return account


def check(account: Account, session: Session | None, at: datetime) -> None:
    """Refuse a sign-in that is too old or was ended (SignedOut): its tokens count no more, however long they live."""
    now = clock.unmoved(at)
    longest = timedelta(hours=settings.session_hours())
    if session is None or not now - longest < session.since < now + AHEAD:
        raise SignedOut("登录已过期；请重新登录")
    if account.signed_out_at and session.since <= clock.unmoved(account.signed_out_at):
        raise SignedOut("您的登录已被管理员结束；请重新登录")
