"""The life of a certificate (C6): `MOVES` says which hand may turn which state into which.

Which of them take a second person is the region's (rules/term.py); how that goes is rules/proposal.py.
"""

from dataclasses import replace
from datetime import date
from typing import NamedTuple

from chalicelib.rules.access import ASSOCIATION, STAFF
from chalicelib.rules.archive import Archive, Certificate, CertificateState, Former, Stop
from chalicelib.rules.errors import NotAllowed, NotPermitted


class Move(NamedTuple):
    """One move of a certificate; `stop` is the reason code that is set on the code in the same transaction."""

    sources: frozenset[str]
    target: CertificateState
    roles: frozenset[str]
    stop: str | None = None
    lifts: bool = False


STATE_NAMES = {
    "issued": "已发证", "active": "已启用", "suspended": "已暂停", "lost": "已挂失", "replaced": "已换发",
    "revoked": "已注销", "expired": "已过期",
}  # fmt: skip
MOVE_NAMES = {"activate": "启用", "suspend": "暂停", "resume": "恢复", "lose": "挂失", "revoke": "注销"}
DECIDERS = frozenset({"association_manager", "bureau"})
MOVES: dict[str, Move] = {
    "activate": Move(frozenset({"issued"}), "active", ASSOCIATION | {"company_owner"}),
    "suspend": Move(frozenset({"issued", "active"}), "suspended", DECIDERS, stop="certificate-suspended"),
    "resume": Move(frozenset({"suspended"}), "active", DECIDERS, lifts=True),
    "lose": Move(frozenset({"issued", "active"}), "lost", STAFF, stop="certificate-lost"),
    "revoke": Move(
        frozenset({"issued", "active", "suspended", "lost"}), "revoked", DECIDERS, stop="certificate-revoked"
    ),
}
REPLACERS = ASSOCIATION
REPLACEABLE = frozenset({"issued", "active", "lost"})


def moved(archive: Archive, move: str, *, role: str, on: date, ground: str) -> Archive:
    """Move the certificate of an archive, with its stop; NotAllowed or NotPermitted otherwise (C6)."""
    rule = MOVES[move]
    certificate = archive.held
    check(archive, move, role)
    if rule.lifts:
        target = archive.stop.source if archive.stop else rule.target
        return replace(archive, certificate=replace(certificate, state=target), stop=None)
    stop = archive.stop
    if rule.stop:
        stop = Stop(code=rule.stop, since=on, ground=ground, source=certificate.state)
    return replace(archive, certificate=replace(certificate, state=rule.target), stop=stop)


def check(archive: Archive, move: str, role: str) -> None:
    """Refuse a move that the role may not make (NotPermitted), or that leads nowhere from here (NotAllowed) (C6)."""
    rule = MOVES[move]
    if role not in rule.roles:
        raise NotPermitted(f"您的角色不能执行“{MOVE_NAMES[move]}”", rule="role-may-not-move")
    _nothing_open(archive)
    state = archive.held.state
    if state not in rule.sources:
        words = f"证书现在是“{STATE_NAMES[state]}”，不能执行“{MOVE_NAMES[move]}”"
        raise NotAllowed(words, rule="move-not-from-here")


def _nothing_open(archive: Archive) -> None:
    if archive.proposal:
        words = f"证书有一项待第二人确认的“{MOVE_NAMES[archive.proposal.move]}”；请先确认、不同意或撤回"
        raise NotAllowed(words, rule="proposal-open")


def ask_in_force(archive: Archive) -> None:
    """Let the card of an archive be made or handed on; NotAllowed while its certificate is not in force (C2, C6), or
    the police check failed meanwhile (C4)."""
    if archive.background.conclusion == "failed":
        raise NotAllowed("安全核查未通过，不能制卡或发放；请不予办理，并依法处理证书", rule="card-not-in-force")
    if archive.stop is not None or archive.held.state not in {"issued", "active"}:
        raise NotAllowed("证书不在正常使用中，不能制卡或发放；遗失的请先补办，暂停的请先恢复", rule="card-not-in-force")


def over(certificate: Certificate, on: date) -> bool:
    """Tell whether a certificate has ended for good, so that another may be applied for (C6)."""
    ran_out = certificate.state in {"issued", "active"} and certificate.until is not None and certificate.until < on
    return ran_out or certificate.state in {"revoked", "expired"}


def ask_over(archive: Archive, on: date) -> None:
    """Let another certificate be issued; NotAllowed while the present one has not ended: issuing would lift its stop
    (C6, C8)."""
    held = archive.certificate
    if held and not over(held, on):
        words = f"该人员的证书 {held.number} 现在是“{STATE_NAMES[held.state]}”，不能另发新证；请先恢复、补办或注销"
        raise NotAllowed(words, rule="certificate-stands")


def buried(certificate: Certificate, state: CertificateState) -> tuple[Former, ...]:
    """Give the dead tokens of an archive once this certificate's is one of them (C6)."""
    return (*certificate.former, Former(token=certificate.token, state=state))


def replaced(archive: Archive, token: str, *, role: str) -> Archive:
    """Give card and phone a new token at once; the old one dies (C6).

    A lost certificate is again what it was before the loss, so that no card is activated before it was handed over.
    """
    certificate = archive.held
    if role not in REPLACERS:
        raise NotPermitted("您的角色不能补办证书", rule="role-may-not-move")
    _nothing_open(archive)
    if certificate.state not in REPLACEABLE:
        raise NotAllowed(f"证书现在是“{STATE_NAMES[certificate.state]}”，不能补办", rule="move-not-from-here")
    lost = archive.stop if archive.stop and archive.stop.code == "certificate-lost" else None
    state = lost.source if lost else certificate.state
    fresh = replace(certificate, state=state, token=token, former=buried(certificate, "replaced"))
    return replace(archive, certificate=fresh, stop=None if lost else archive.stop)
