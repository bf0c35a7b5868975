"""The public check behind the QR code, and what a household or company sends: one lean Lambda of its own.

Imports the standard library, the rules and `public` only, and for a check no more than a check needs.
Whatever goes wrong is 503 and grey, never a guess.
"""

import sys
import time

from chalicelib.outside import clock, policies
from chalicelib.public import answer, codes, page, replies, stack
from chalicelib.public.answer import Answer
from chalicelib.public.codes import Code
from chalicelib.public.replies import Reply
from chalicelib.public.request import Request, read
from chalicelib.public.shell import Place
from chalicelib.rules import json_text, live
from chalicelib.rules.errors import Missing, Problem, Refusal, Unavailable
from chalicelib.rules.json_text import quoted, written
from chalicelib.rules.light import Any, Callable, datetime

_STATUS = {"known": 200, "unknown": 404, "unavailable": 503}


def verify(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Answer one public request (REST proxy event, version 1). Nothing is ever raised."""
    start = time.perf_counter()
    route, fault = "other", None
    try:
        request = read(event)
        answering = _ROUTES.get((request.method, request.route))
        if answering is None:
            reply = _refused(request, Missing("没有这个页面"))
        else:
            route = request.route
            reply, fault = _answered(request, answering, clock.now())
    except Exception as error:  # noqa: BLE001 - the last line: a fault of ours is never an answer
        reply, fault = replies.problem(Unavailable("系统暂时无法查验，请稍后再试")), _named(error)
    _log(route, reply, fault, start)
    return replies.proxied(reply)


def _answered(request: Request, answering: "Route", at: datetime) -> tuple[Reply, str | None]:
    """Give the reply, and for the log what went wrong, if anything did."""
    try:
        return answering(request, at), None
    except Refusal as refusal:
        return _refused(request, refusal), None
    except Exception as error:  # noqa: BLE001 - grey, whatever it was (invariant 1)
        if answering in _CHECKS:
            return _told(request, answer.unavailable(at)), _named(error)
        return _refused(request, Unavailable("系统暂时繁忙，请稍后再试")), _named(error)


def check(request: Request, at: datetime) -> Reply:
    """GET a code: a colour and its reasons as of now, or an honest grey (A2, A4)."""
    text = request.parameters["token"]
    scanned = codes.scanned(text)
    code = codes.fetch(scanned.token) if scanned is not None else None
    if scanned is None or code is None:
        return _unknown(request, codes.claimed(text), at)
    return _known(request, code, _kind(scanned, code, at), at)


def look_up(request: Request, at: datetime) -> Reply:
    """GET the same answer by certificate number and surname (A5); the form where neither is given."""
    from chalicelib.public import lookup

    if request.wants_page and not {"number", "surname"} & request.query.keys():
        return replies.html(200, lookup.page(_place(request)))
    code = lookup.found(request, at)
    return _unknown(request, codes.NO_CODE, at) if code is None else _known(request, code, "printed", at)


def me(request: Request, at: datetime) -> Reply:
    """GET the worker's own page with the live code (A6, G6); before there is one, how the application stands."""
    from chalicelib.public import own, phone_page

    code = own.code(request.parameters["secret"])
    if code.token == codes.NO_CODE:
        from chalicelib.public import applicant

        return applicant.shown(request, _place(request), code, at)
    _, text = answer.known(code, "printed", at, policies.load)
    return phone_page.shown(request, _place(request, code.hotline), code, json_text.read(text), at)


def of_worker(request: Request, at: datetime) -> Reply:
    """POST what the worker decides or objects to on the own page (A9, C8)."""
    from chalicelib.public import own_page

    return own_page.send(request, _place(request), request.parameters["secret"], at)


def keys(request: Request, at: datetime) -> Reply:
    """GET the public keys of the offline check (A10)."""
    from chalicelib.public import offline

    return offline.keys()


def status_list(request: Request, at: datetime) -> Reply:
    """GET a city's status list of the offline check (A10)."""
    from chalicelib.public import offline

    return offline.status_list(request.parameters["city"])


def confirm(request: Request, at: datetime) -> Reply:
    """POST a visit (A7)."""
    from chalicelib.public import visits

    return visits.confirm(request, _place(request), request.parameters["token"], at, policies.load)


def report(request: Request, at: datetime) -> Reply:
    """POST a report (A8)."""
    from chalicelib.public import reports

    return reports.report(request, _place(request), request.parameters["token"], at)


def visit(request: Request, at: datetime) -> Reply:
    """GET a household's own visit."""
    from chalicelib.public import visits

    return visits.show(request, _place(request), request.parameters["secret"], at)


def of_visit(request: Request, at: datetime) -> Reply:
    """POST that the worker has left, or what a household asks for (A9)."""
    from chalicelib.public import visits

    return visits.send(request, _place(request), request.parameters["secret"], at)


def offer(request: Request, at: datetime) -> Reply:
    """GET the form by which a company asks for an account."""
    from chalicelib.public import requests

    return requests.show(request, _place(request), at)


def ask(request: Request, at: datetime) -> Reply:
    """POST a company's request for an account."""
    from chalicelib.public import requests

    return requests.ask(request, _place(request), at)


Route = Callable[[Request, datetime], Reply]
_CHECKS: tuple[Route, ...] = (check, look_up)
_ROUTES: dict[tuple[str, str], Route] = {
    ("GET", "/v/{token}"): check,
    ("POST", "/v/{token}/visits"): confirm,
    ("POST", "/v/{token}/reports"): report,
    ("GET", "/lookup"): look_up,
    ("GET", "/visits/{secret}"): visit,
    ("POST", "/visits/{secret}"): of_visit,
    ("GET", "/me/{secret}"): me,
    ("POST", "/me/{secret}"): of_worker,
    ("GET", "/keys"): keys,
    ("GET", "/status-list/{city}"): status_list,
    ("GET", "/requests"): offer,
    ("POST", "/requests"): ask,
}


def _kind(scanned: live.Scanned, code: Code, at: datetime) -> str:
    if scanned.tail is None:
        return "printed"
    if not code.live_secret:
        return "stale"
    return live.code_kind(scanned, code.live_secret, at)


def _known(request: Request, code: Code, kind: str, at: datetime) -> Reply:
    colour, text = answer.known(code, kind, at, policies.load)
    if not request.wants_page:
        return replies.ready(200, text, colour=colour)
    holder = code.holder_en if request.lang == "en" else code.holder_zh
    return _told(request, json_text.read(text), holder=holder, token=code.token, hotline=code.hotline)


def _unknown(request: Request, claimed: str, at: datetime) -> Reply:
    return _told(request, answer.unknown(claimed, at), token=claimed)


def _told(
    request: Request, told: Answer, *, holder: str | None = None, token: str | None = None, hotline: str = ""
) -> Reply:
    """Tell an answer as a page or as JSON."""
    status, colour = _STATUS[told["result"]], told["colour"]
    if not request.wants_page:
        return replies.data(status, told, colour=colour)
    text = page.page(told, _place(request, hotline), holder=holder, token=token)
    return replies.html(status, text, colour=colour)


def _refused(request: Request, problem: Problem) -> Reply:
    if not request.wants_page:
        return replies.problem(problem)
    from chalicelib.public import notes

    faults = problem.faults if isinstance(problem, Refusal) else ()
    return replies.html(replies.status_of(problem), notes.refusal(_place(request), str(problem), faults))


def _place(request: Request, hotline: str = "") -> Place:
    """Say where the reader is; after a POST under a code that is the code's own page."""
    path = request.path
    if request.method == "POST" and path.startswith("/v/"):
        path = path.rpartition("/")[0]
    return Place(request.lang, path, hotline or stack.hotline())


def _named(error: Exception) -> str:
    """Name a fault for the log: its type, its line, and the words of our own Unavailable; never data."""
    words = f" {error}" if isinstance(error, Unavailable) else ""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    line = f" {trace.tb_frame.f_code.co_name}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{line}{words}"


def _log(route: str, reply: Reply, fault: str | None, start: float) -> None:
    """Write the request's one line, with metrics in it; no token, number, name or address."""
    colour = "null" if reply.colour is None else f'"{reply.colour}"'
    faults, told = ("0", "null") if fault is None else ("1", quoted(fault))
    sys.stdout.write(
        f'{{"_aws":{{"Timestamp":{int(time.time() * 1000)},"CloudWatchMetrics":[{_METRICS}]}},'
        f'"route":"{route}","status":"{reply.status}","colour":{colour},'
        f'"ms":{(time.perf_counter() - start) * 1000:.3f},"requests":1,"faults":{faults},"fault":{told}}}\n'
    )
    sys.stdout.flush()


# no dimensions: each combination would be a metric with a monthly price; routes and statuses are in the log
_METRICS = written(
    {
        "Namespace": "Anxinma/Verify",
        "Dimensions": [[]],
        "Metrics": [
            {"Name": "ms", "Unit": "Milliseconds"},
            {"Name": "requests", "Unit": "Count"},
            {"Name": "faults", "Unit": "Count"},
        ],
    }
)
