"""Suspending or revoking by source (C7): every certificate that rests on a hospital, an insurer, a school, a company.

Pure: whose archive is meant, and what becomes of it. Two persons once for the whole (decision 14).
"""

import hashlib
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, get_args

from chalicelib.rules.access import another_person
from chalicelib.rules.account import Account
from chalicelib.rules.archive import Archive, Exam, Insurance, Stop
from chalicelib.rules.certificate import DECIDERS, MOVES
from chalicelib.rules.errors import NotAllowed, NotPermitted

SourceKind = Literal["exam", "insurance", "training", "company"]
KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
State = Literal["previewed", "running", "refused", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)
DECISIONS: dict[str, State] = {"confirm": "running", "refuse": "refused", "withdraw": "withdrawn"}


@dataclass(frozen=True, kw_only=True)
class BulkStop:
    """One bulk stop: by which source (`names`, for a company its id), of which days, what is done and on what basis.

    `counted` is how many archives each name had at the preview; `rows` how many it runs over, `file` which.
    """

    city: str
    id: str
    kind: SourceKind
    names: tuple[str, ...]
    first: date | None
    last: date | None
    move: Literal["suspend", "revoke"]
    basis: str
    ground: str
    by: str
    by_name: str
    at: datetime
    counted: dict[str, int]
    state: State = "previewed"
    confirmed_by: str | None = None
    file: str = ""
    rows: int = 0
    slices: int = 0
    revision: int = 0
    head: str = ""

    @property
    def key(self) -> str:
        """The job's partition key."""
        return f"J#{self.city}#{self.id}"


def source_key(name: str) -> str:
    """Name a source alike however it is written: width, spaces and case do not count (C7)."""
    plain = "".join(unicodedata.normalize("NFKC", name).split()).casefold()
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def concerns(stop: BulkStop, archive: Archive) -> bool:
    """Tell whether an archive rests on the source, as it is now (C7)."""
    if stop.kind == "company":
        return archive.binding.company in stop.names
    keys = {source_key(name) for name in stop.names}
    return any(issuer and source_key(issuer) in keys and within(stop, on) for issuer, on in _papers(stop.kind, archive))


def within(stop: BulkStop, on: date | None) -> bool:
    """Tell whether a paper of a day is meant (C7)."""
    if on is None:
        return stop.first is None and stop.last is None
    return (stop.first or on) <= on <= (stop.last or on)


def _papers(kind: SourceKind, archive: Archive) -> list[tuple[str | None, date | None]]:
    papers: tuple[Exam, ...] | tuple[Insurance, ...] = archive.exams if kind == "exam" else archive.insurances
    if kind == "training":
        return [(archive.training.issuer, archive.training.done_on)]
    return [(one.issuer, one.start) for one in papers]


def stopped(stop: BulkStop, archive: Archive, on: date) -> Archive:
    """Give an archive after the stop; itself when nothing is to do (C7).

    What two persons decided here outranks what one proposed: a lifting that waits ends, and a suspension or revocation
    that waits will leave the certificate suspended if it is refused. A lost certificate is suspended too, since
    replacing it would make it good again; one that is suspended has both grounds, since lifting one would lift both.
    """
    certificate = archive.certificate
    done = archive.stop is not None and archive.stop.job == stop.id
    if done or certificate is None or certificate.state in {"revoked", "expired"} or not concerns(stop, archive):
        return archive
    target, code = MOVES[stop.move].target, MOVES[stop.move].stop or ""
    waiting = archive.proposal if archive.proposal and archive.proposal.move != "resume" else None
    source, ground = certificate.state, stop.ground
    if source == target and archive.stop:
        source, ground = archive.stop.source, f"{archive.stop.ground}；{ground}"
    halt = Stop(code=code, since=on, ground=ground, source=source, job=stop.id)
    kept = replace(waiting, state=target, stop=halt) if waiting and stop.move == "suspend" else None
    return replace(archive, certificate=replace(certificate, state=target), stop=halt, proposal=kept)


def decided(stop: BulkStop, decision: str, *, by: Account) -> BulkStop:
    """Start a bulk stop by a second person, or drop it (C7, C8); NotAllowed, NotPermitted."""
    if stop.state != "previewed":
        raise NotAllowed("这次批量处理已经开始或已作罢；请刷新", rule="move-not-from-here")
    if decision not in decisions(stop, by):
        raise NotPermitted("须由发起人以外的另一位有权人员确认；发起人可以撤回", rule="second-person")
    confirmed_by = by.id if decision == "confirm" else None
    return replace(stop, state=DECISIONS[decision], confirmed_by=confirmed_by)


def decisions(stop: BulkStop, by: Account) -> tuple[str, ...]:
    """Name what an account may do about a bulk stop that was previewed (C7, C8)."""
    if stop.state != "previewed":
        return ()
    if by.id == stop.by:
        return ("withdraw",)
    return ("confirm", "refuse") if by.role in DECIDERS and another_person(by, stop.by, stop.by_name) else ()
