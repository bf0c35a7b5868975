"""Suspending or revoking by source (C7): every archive that rests on a hospital, an insurer, a school, a company.

A certificate is stopped, an application under review goes back, and the source's papers count for nothing (decision 24)
until a `trust`, the same way back, believes them again. Pure: whose archive is meant, and what becomes of it. Two
persons once for the whole (decision 14).
"""

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal, Protocol, TypeVar, get_args

from chalicelib.rules.access import another_person
from chalicelib.rules.account import Account
from chalicelib.rules.application import called_off, sent_back
from chalicelib.rules.archive import Archive, Exam, Insurance, Stop, Training
from chalicelib.rules.certificate import DECIDERS, MOVES
from chalicelib.rules.distrust import Distrust
from chalicelib.rules.errors import NotAllowed, NotPermitted

SourceKind = Literal["exam", "insurance", "training", "company"]
KINDS: tuple[SourceKind, ...] = get_args(SourceKind)
State = Literal["previewed", "running", "refused", "withdrawn"]
STATES: tuple[State, ...] = get_args(State)
BulkMove = Literal["suspend", "revoke", "trust"]
Outcome = Literal["stopped", "returned", "distrusted", "trusted", "nothing-to-do"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
ENDED = frozenset({"revoked", "expired"})
"""States of a certificate that nothing stops any more."""
DECISIONS: dict[str, State] = {"confirm": "running", "refuse": "refused", "withdraw": "withdrawn"}


@dataclass(frozen=True, kw_only=True)
class BulkStop:
    """One bulk stop: by which source (`names`, for a company its id), of which days, what is done and on what basis.

    `counted` is how many archives each name had at the preview, `certificates` and `applications` how many of them had
    one to stop and one to send back; `rows` is how many it runs over, `file` which.
    """

    city: str
    id: str
    kind: SourceKind
    names: tuple[str, ...]
    first: date | None
    last: date | None
    move: BulkMove
    basis: str
    ground: str
    by: str
    by_name: str
    at: datetime
    counted: dict[str, int]
    certificates: int = 0
    applications: int = 0
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
    return any(_meant(stop, one) for one in _papers(stop.kind, archive))


class Days(Protocol):
    """The days of papers that are meant; None: no bound."""

    @property
    def first(self) -> date | None: ...
    @property
    def last(self) -> date | None: ...


def within(stop: Days, on: date | None) -> bool:
    """Tell whether a paper of a day is meant (C7)."""
    if on is None:
        return stop.first is None and stop.last is None
    return (stop.first or on) <= on <= (stop.last or on)


Paper = TypeVar("Paper", Exam, Insurance, Training)


def _papers(kind: SourceKind, archive: Archive) -> tuple[Exam | Insurance | Training, ...]:
    if kind == "company":
        return ()
    if kind == "training":
        return (archive.training,)
    return archive.exams if kind == "exam" else archive.insurances


def _meant(stop: BulkStop, paper: Exam | Insurance | Training) -> bool:
    on = paper.done_on if isinstance(paper, Training) else paper.start
    names = {source_key(name) for name in stop.names}
    return paper.issuer is not None and source_key(paper.issuer) in names and within(stop, on)


def done(stop: BulkStop, archive: Archive, *, by: Account, at: datetime, on: date) -> Archive:
    """Give an archive after the bulk stop; the same when nothing is to do, as after the first time (C7).

    A `trust` gives back the papers alone: a certificate is lifted by the two persons that it takes, and who was sent
    back applies anew.
    """
    if not concerns(stop, archive):
        return archive
    if stop.move == "trust":
        return _marked(stop, archive, None)
    held = _stopped(stop, archive, on)
    marked = _marked(stop, held, Distrust(since=on, ground=stop.ground, job=stop.id))
    back = sent_back(marked, "source-unreliable", by=by, at=at, on=on, note=stop.ground, job=stop.id)
    revoked = held != archive and stop.move == "revoke"
    return called_off(back, by=by, at=at, on=on, note=stop.ground) if revoked else back


def cleared(archive: Archive, job: str) -> Archive:
    """Give an archive with the papers believed again that a bulk stop had marked: it was not meant (C7, C8)."""

    def free(paper: Paper) -> Paper:
        return replace(paper, distrust=None) if paper.distrust and paper.distrust.job == job else paper

    return replace(
        archive, exams=tuple(free(one) for one in archive.exams), training=free(archive.training),
        insurances=tuple(free(one) for one in archive.insurances),
    )  # fmt: skip


def outcome(stop: BulkStop, archive: Archive) -> Outcome:
    """Tell what this bulk stop made of an archive, however long ago (C7)."""
    if stop.move == "trust":
        return "trusted" if concerns(stop, archive) else "nothing-to-do"
    if archive.stop and archive.stop.job == stop.id:
        return "stopped"
    if any(step.job == stop.id for one in archive.applications for step in one.steps):
        return "returned"
    marks = [one.distrust.job for one in _papers(stop.kind, archive) if one.distrust]
    return "distrusted" if stop.id in marks else "nothing-to-do"


@dataclass(frozen=True, kw_only=True)
class Word:
    """What was decided of a source's papers of some days: `distrust` or not, and on what ground."""

    distrust: bool
    first: date | None
    last: date | None
    ground: str


def words(stop: BulkStop) -> dict[str, Word]:
    """Give what a bulk stop that was started says of each source's further papers, by the source's key (C7)."""
    if stop.kind == "company" or stop.state != "running":
        return {}
    word = Word(distrust=stop.move != "trust", first=stop.first, last=stop.last, ground=stop.ground)
    return {source_key(name): word for name in stop.names}


def refusal(said: Iterable[Word], on: date) -> str | None:
    """Give the ground on which a source's paper of a day is not taken in, or None; `said` is oldest first, and the last
    word on the day counts (C7)."""
    last = [one for one in said if within(one, on)][-1:]
    return last[0].ground if last and last[0].distrust else None


def _marked(stop: BulkStop, archive: Archive, mark: Distrust | None) -> Archive:
    """Give the archive with the source's papers marked, or with their mark taken away; the first mark stays."""
    if stop.kind == "company":
        return archive
    if stop.kind == "exam":
        return replace(archive, exams=tuple(_with_mark(stop, one, mark) for one in archive.exams))
    if stop.kind == "insurance":
        return replace(archive, insurances=tuple(_with_mark(stop, one, mark) for one in archive.insurances))
    return replace(archive, training=_with_mark(stop, archive.training, mark))


def _with_mark(stop: BulkStop, paper: Paper, mark: Distrust | None) -> Paper:
    if not _meant(stop, paper) or (paper.distrust and mark):
        return paper
    return replace(paper, distrust=mark)


def _stopped(stop: BulkStop, archive: Archive, on: date) -> Archive:
    """Give an archive with its certificate stopped.

    What two persons decided here outranks what one proposed: a lifting that waits ends, and a suspension or revocation
    that waits will leave the certificate suspended if it is refused. A lost certificate is suspended too, since
    replacing it would make it good again; one that is suspended has both grounds, since lifting one would lift both.
    """
    certificate = archive.certificate
    already = archive.stop is not None and archive.stop.job == stop.id
    if already or certificate is None or certificate.state in ENDED:
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
