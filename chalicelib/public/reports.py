"""Reports of a code: not this person, or suspicious (A8). Possible for a fake code too."""

from datetime import datetime

from chalicelib.public import codes, inbox, notes, sending, stack
from chalicelib.public.forms import Form, digest
from chalicelib.public.replies import Reply, data, html
from chalicelib.public.request import Request, fields
from chalicelib.public.shell import Place
from chalicelib.rules import live, numbers

KINDS = ("not-the-person", "suspicious")


def report(request: Request, place: Place, text: str, at: datetime) -> Reply:
    """POST a report under a nonce of the answer; 201, and the same again for the same body."""
    form = Form(fields(request))
    nonce, phone = sending.nonce(form), form.phone("phone")
    kind = form.choice("kind", "举报事由", KINDS)
    note = form.text("note", "情况说明", most=200)
    if numbers.names_a_number(note):
        form.fault("note", "personal-number", "号码请填在“手机号”一栏，勿写在情况说明里")
    token = codes.claimed(text)
    code = codes.fetch(token) if live.scanned(token) else None
    keys = [code.nonce_key] if code is not None and code.nonce_key else [stack.key("report_key")]
    key = sending.standing(form, nonce, token, at, keys)
    form.done()
    since = inbox.sent(
        "report",
        nonce,
        body={"kind": kind, "note": note, "known": code is not None} | sending.hidden(phone),
        body_hash=digest(key, {"token": token, "kind": kind, "note": note, "phone": phone}),
        at=at,
        about={
            "token": token,
            "city": code.city if code is not None else "",
            "archive": code.archive if code is not None else "",
        },
    )
    if request.wants_page:
        place = place.calling(code.hotline if code is not None else "")
        return html(201, notes.page(place, "reported", f"/v/{token}" if token else ""))
    return data(201, {"result": "recorded", "at": since})
