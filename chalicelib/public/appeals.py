"""A worker's own appeal (C8, G6): the form on the page of the worker's phone, what it sends, and what became of it.

The private address says who appeals; the nonce is of the page, not of the code, so that nobody makes a visit of it.
"""

from datetime import datetime
from typing import Any

from chalicelib.public import inbox, own, sending
from chalicelib.public.forms import Form, digest
from chalicelib.public.own import Appeals
from chalicelib.public.replies import Reply, data, html
from chalicelib.public.request import Request
from chalicelib.public.shell import Place, banner, document, escape
from chalicelib.rules import numbers

LONGEST = 500
_WORDS = {
    "zh": {
        "title": "对安心码有异议",
        "why": "认为颜色、不予办理或注销有误的，可在此申诉。由原经办人以外的人复核，按期答复；复核期间颜色不变。",
        "subject": "对什么有异议",
        "statement": "您的理由（请勿填写证件号码或手机号）",
        "send": "提交申诉",
        "colour": "安心码颜色",
        "refusal": "申请不予办理",
        "revocation": "证书注销",
        "filed": "您于 {filed_on} 对“{subject}”提出的申诉正在复核，{due_on} 前答复。",
        "upheld": "您于 {filed_on} 对“{subject}”提出的申诉：{decided_on} 决定维持原决定。理由请向协会查询。",
        "overturned": "您于 {filed_on} 对“{subject}”提出的申诉：{decided_on} 决定撤销原决定。后续请联系协会或企业。",
        "withdrawn": "您于 {filed_on} 对“{subject}”提出的申诉已撤回。",
        "received": "已收到",
        "sent": "几秒钟后可在“我的安心码”页面查看办理情况。",
        "back": "返回我的安心码",
    },
    "en": {
        "title": "Object",
        "why": "If you think that the colour, a refusal or the revocation is wrong, say so here. Somebody who did not "
        "decide it looks into it and answers in time; the colour stays until then.",
        "subject": "Object to",
        "statement": "Your reasons (no identity or telephone numbers)",
        "send": "Send",
        "colour": "The colour",
        "refusal": "The refusal",
        "revocation": "The revocation",
        "filed": "Your objection of {filed_on} ({subject}) is being looked into; an answer comes by {due_on}.",
        "upheld": "Your objection of {filed_on} ({subject}): the decision stands, as of {decided_on}. "
        "Ask the association for the reason.",
        "overturned": "Your objection of {filed_on} ({subject}): the decision was overturned on {decided_on}. "
        "Ask the association or your company what follows.",
        "withdrawn": "Your objection of {filed_on} ({subject}) was taken back.",
        "received": "Received",
        "sent": "In some seconds your page says how it stands.",
        "back": "Back to my code",
    },
}


def send(form: Form, request: Request, place: Place, secret: str, at: datetime) -> Reply:
    """POST the worker's own appeal (C8): 201, and the same again for the same body; every fault is named at once."""
    code = own.code(secret)
    appeals: Appeals = own.fetch(code.archive, at)["appeals"]
    given = sending.nonce(form)
    subject = form.choice("subject", "申诉事项", _subjects(appeals))
    statement = form.text("statement", "申诉理由", most=LONGEST, least=4)
    if numbers.names_a_number(statement):
        form.fault("statement", "personal-number", "请勿填写证件号码或手机号")
    key = sending.standing(form, given, own.label(code), at, [code.nonce_key])
    form.done()
    body = {"subject": subject, "statement": statement}
    since = inbox.sent(
        "appeal", given, body=body, body_hash=digest(key, body), at=at,
        about={"token": code.token, "city": code.city, "archive": code.archive},
    )  # fmt: skip
    if request.wants_page:
        return html(201, document(place, _WORDS[place.lang]["title"], _received(place)))
    return data(201, {"result": "recorded", "at": since})


def section(place: Place, appeals: Appeals, nonce: str) -> str:
    """Give the part of the worker's page that tells of the latest appeal, with the form for what may be appealed."""
    words, last = _WORDS[place.lang], appeals["last"]
    told = f"<p>{_outcome(words, last)}</p>" if last else ""
    form = _form(place, appeals["open"], nonce) if appeals["open"] else ""
    return f"<section><h2>{words['title']}</h2>{told}{form}</section>" if told or form else ""


def _subjects(appeals: Appeals) -> tuple[str, ...]:
    """Give what may be appealed, and what was last, so that a repeat has the same answer."""
    last = appeals["last"]
    return (*appeals["open"], *([last["subject"]] if last else [])) or ("colour",)


def _received(place: Place) -> str:
    words = _WORDS[place.lang]
    back = f'<p><a class="button" href="{place.link(place.path)}">{words["back"]}</a></p>'
    return banner("plain", words["title"], words["received"], words["sent"]) + back


def _form(place: Place, subjects: list[str], nonce: str) -> str:
    words = _WORDS[place.lang]
    options = "".join(f'<option value="{one}">{words[one]}</option>' for one in subjects)
    return (
        f'<p>{words["why"]}</p><form method="post" action="{place.link(place.path)}">'
        f'<input type="hidden" name="kind" value="appeal"><input type="hidden" name="nonce" value="{nonce}">'
        f'<label>{words["subject"]}<select name="subject">{options}</select></label>'
        f'<label>{words["statement"]}<textarea name="statement" rows="4" required minlength="4" '
        f'maxlength="{LONGEST}"></textarea></label><button>{words["send"]}</button></form>'
    )


def _outcome(words: dict[str, str], last: dict[str, Any]) -> str:
    facts = {name: escape(str(last[name] or "")) for name in ("filed_on", "due_on", "decided_on")}
    return words[last["state"]].format(subject=words[last["subject"]], **facts)

