"""What every view goes through: who asks, may they, is the body whole, was it asked before, and how it is answered.

The one place that turns problems into replies; the table `OPERATIONS` is what the OpenAPI document is made of.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, get_type_hints

from aws_lambda_powertools import Logger
from chalice.app import Blueprint, Request, Response
from pydantic import BaseModel, ValidationError

from chalicelib.actions import factors, faults, secrets, sessions
from chalicelib.api import cursors, replies
from chalicelib.api.staff import authorizers
from chalicelib.outside import clock, outages
from chalicelib.records import shapes
from chalicelib.records.commit import begin, finish, repeated
from chalicelib.records.lists import Page
from chalicelib.rules import access
from chalicelib.rules.account import Account, Session
from chalicelib.rules.act import Act
from chalicelib.rules.client import PREFIX, Presented
from chalicelib.rules.days import day_of
from chalicelib.rules.errors import Clash, Fault, Malformed, Missing, Problem, Unavailable

_logger = Logger(service="staff")
KEY = "Idempotency-Key"
KEY_LENGTH = range(8, 101)
LONGEST = 60
BUSY = "系统暂时繁忙，请稍后再试；同一次提交再发一遍，不会重复办理"


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One view, for the OpenAPI document and the tests."""

    name: str
    doc: str
    may: str
    body: type[BaseModel] | None
    lists: Any
    filters: tuple[str, ...]
    told_by: Callable[..., Any]
    told: Any
    status: int

    @property
    def answer(self) -> Any:
        """The type of the answer, of a list the type of its lines: as declared, else what shows it."""
        return self.lists or self.told or get_type_hints(self.told_by)["return"]


OPERATIONS: dict[str, Operation] = {}


def answered(
    *,
    may: str,
    show: Callable[..., Any] | None = None,
    answer: Any = None,
    lists: Any = None,
    filters: tuple[str, ...] = (),
    body: type[BaseModel] | None = None,
    status: int = 200,
    by_role: bool = False,
    many: bool = False,
    weak: bool = False,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Wrap a view `(act, [body,] **path)`; `may` is the right it needs, `show` makes JSON of its result.

    What is answered is told by the type that `show` gives, or the view where its value is shown as it is kept; by
    `answer` where the view gives plain data. A view that gives a page of lines says by `lists` what each is,
    by `filters` what can be asked for besides state, limit and cursor.

    With `by_role`, `show` is also given the account, since it shows each role its own buttons. A view of `many`
    decisions keeps its key by itself: each decision is safe to repeat, and so is the whole after a fault. A `weak` one
    is open to a sign-in that has not passed its second factor yet.

    A view with a `body` writes: it needs an Idempotency-Key, and a repeat is given the first result again.
    """

    def wrap(view: Callable[..., Any]) -> Callable[..., Response]:
        shows = show or (_page if lists else _as_it_is)
        told_by = view if shows in (_as_it_is, shapes.plain) else shows
        OPERATIONS[view.__name__] = Operation(
            name=view.__name__, doc=(view.__doc__ or "").strip(), may=may, body=body, lists=lists, filters=filters,
            told_by=told_by, told=answer, status=status,
        )  # fmt: skip

        @functools.wraps(view)
        def view_answered(**path: str) -> Response:
            request = _current_request()
            try:
                return replies.ok(
                    _done(view, request, path, may=may, show=shows, body=body, by_role=by_role, many=many, weak=weak),
                    status,
                )
            except Problem as problem:
                _logger.info("refused", view=view.__name__, rule=problem.rule)
                return replies.problem(problem)
            except Exception as error:
                if outages.is_one(error):
                    _logger.exception("outage", view=view.__name__)
                    return replies.problem(Unavailable(BUSY))
                _logger.exception("defect", view=view.__name__)
                return replies.defect(str(request.context.get("requestId", "")))

        return view_answered

    return wrap


def _done(
    view: Callable[..., Any], request: Request, path: dict[str, str], *, may: str,
    show: Callable[..., Any], body: type[BaseModel] | None, by_role: bool, many: bool, weak: bool,
) -> Any:  # fmt: skip
    at = clock.now()
    account, session = _signed_in(request, at)
    if not weak:
        factors.demand(account, session)
    access.permit(account, may)
    if any(len(part) > LONGEST or not part.isprintable() for part in path.values()):
        raise Missing
    show = functools.partial(show, account=account) if by_role or show is _page else show
    act = Act(account=account, at=at, on=day_of(at), show=show, session=session)
    if body is None:
        return show(view(act, **path))
    form, digest = _form(request, body)
    act = replace(act, key=_key(request), digest=digest)
    if (before := repeated(act)) is not None:
        return before[0]
    if many:
        begin(act)
        shown = show(view(act, form, **path))
        finish(act, shown)
        return shown
    try:
        return show(view(act, form, **path))
    except Clash:
        if (before := repeated(act)) is not None:
            return before[0]
        raise


def _signed_in(request: Request, at: datetime) -> tuple[Account, Session | None]:
    context = request.context.get("authorizer") or {}
    if "key" in context:
        shown = Presented(str(context["principalId"]).removeprefix(PREFIX), str(context["key"]))
        return sessions.machine_of(shown, at), None
    account, session = sessions.account_of(context.get("principalId", "")), sessions.of(context)
    sessions.check(account, session, at)
    return account, session


def _key(request: Request) -> str:
    key = str(request.headers.get(KEY) or "")
    if len(key) not in KEY_LENGTH or not key.isprintable():
        words = f"请在请求头 {KEY} 中给出 8 至 100 个字符的唯一键，以便安全重试"
        raise Malformed(words, rule="key-missing", faults=(Fault(KEY, "required", words),))
    return key


def _form(request: Request, body: type[BaseModel]) -> tuple[BaseModel, str]:
    sent = request.raw_body or b""
    raw = sent.encode() if isinstance(sent, str) else sent
    asked = b"\n".join((request.method.encode(), str(request.context.get("path", "")).encode(), raw))
    try:
        return body.model_validate_json(raw), secrets.mark_of(asked)
    except ValidationError as error:
        found = tuple(faults.of(error))
        raise Malformed(f"提交的内容有 {len(found)} 处错误", faults=found) from None


def _current_request() -> Request:
    return authorizers.current_request


def asked(part: Blueprint) -> dict[str, str]:
    """Give the query of the request under way; Malformed for what no list has."""
    told = dict(part.current_request.query_params or {})
    wrong = [name for name in ("state", "company") if len(told.get(name, "")) > LONGEST or "#" in told.get(name, "")]
    if wrong:
        raise Malformed("没有这样的列表", faults=tuple(Fault(name, "unknown", "没有这样的列表") for name in wrong))
    return told


def day(told: dict[str, str], name: str) -> date | None:
    """Read a day of the query, None where it is not asked for; Malformed when it is none."""
    text = told.get(name)
    if not text:
        return None
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        words = "日期应写作 2026-01-31 的样子"
        raise Malformed(words, faults=(Fault(name, "date-parsing", words),)) from None


def page(act: Act, told: dict[str, str]) -> tuple[int, str | None]:
    """Read `limit` and `cursor` of a list; Malformed names what is wrong, a cursor of another house too."""
    text = told.get("limit", "50")
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= 200:
        raise Malformed("limit 应为 1 至 200", faults=(Fault("limit", "out-of-range", "limit 应为 1 至 200"),))
    return int(text), cursors.read(told["cursor"], act.account) if told.get("cursor") else None


def _as_it_is(result: Any) -> Any:
    return result


def _page(page: Page, account: Account) -> dict[str, Any]:
    return {"items": page.items, "next": cursors.make(page.after, account) if page.after else None}
