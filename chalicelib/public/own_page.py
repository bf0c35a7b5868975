"""The worker's own page: what is asked of the worker and told to the worker, and what the worker sends from it."""

from datetime import datetime
from typing import Any

from chalicelib.public import appeals, consent_page, inbox, own
from chalicelib.public.forms import Form
from chalicelib.public.own import Own
from chalicelib.public.replies import Reply, data, html
from chalicelib.public.request import Request, fields
from chalicelib.public.shell import Place, banner, document, escape
from chalicelib.rules.days import SHANGHAI
from chalicelib.rules.errors import NotAllowed

_WORDS = {
    "zh": {
        "asks": "有住户请求查看您的详细信息",
        "asks_why": "{} 入户的住户请求查看：全名、学历、培训、技能和体检、保险的起止日期。不包括证件号码、电话和住址。"
        "同意后显示10分钟，只限这一次服务；不同意不影响您的安心码。",
        "allow": "允许（10分钟）",
        "refuse": "不允许",
        "history": "谁请求过我的详细信息",
        "nobody": "还没有人请求过。",
        "page": "在手机上",
        "pin": "凭口令",
        "waiting": "等待您答复",
        "allowed": "已允许，至 {}",
        "over": "已允许，至 {} 止",
        "refused": "未允许",
        "unanswered": "未答复，已过期",
        "closed": "口令多次输错或请求过多，已拒绝",
        "views": "谁看过我的信息",
        "unseen": "还没有人看过您的证件号码、电话、住址或材料。",
        "view": "{organisation}（{role}）查看了{what}，用于{purpose}",
        "wrong": "有不认识的查看记录，请拨打热线，或向所属企业、协会查问。",
        "rights": "您的权利",
        "rights_how": "可以要求所属企业或协会提供本人信息的副本、更正错误的信息；"
        "不再从事家政服务的，可以申请注销证书并删除个人信息。依法须留存的办证记录和证书编号除外。",
        "done": "已记录",
        "yes": "已允许，十分钟后自动停止显示。",
        "no": "已拒绝，对方看不到您的详细信息。",
        "back": "返回我的安心码",
    },
    "en": {
        "asks": "A household asks to see your details",
        "asks_why": "The household that you entered at {} asks for: full name, schooling, training, skills and the "
        "dates of exam and insurance; never your ID number, phone or address. If you agree they are shown for "
        "ten minutes, for this visit only. If not, your code stays as it is.",
        "allow": "Allow (10 minutes)",
        "refuse": "Do not allow",
        "history": "Who asked for my details",
        "nobody": "Nobody yet.",
        "page": "on the phone",
        "pin": "by PIN",
        "waiting": "waits for your answer",
        "allowed": "allowed until {}",
        "over": "allowed until {}",
        "refused": "not allowed",
        "unanswered": "not answered in time",
        "closed": "refused: too many wrong PINs or requests",
        "views": "Who looked at my data",
        "unseen": "Nobody has looked at your ID number, phone, address or papers yet.",
        "view": "{organisation} ({role}): {what}, {purpose}",
        "wrong": "If you do not know one of these, call the hotline or ask your company or the association.",
        "rights": "Your rights",
        "rights_how": "Ask your company or the association for a copy of your data, or to correct it. Who leaves the "
        "trade may have the certificate revoked and the data erased, but for what the law makes us keep.",
        "done": "Recorded",
        "yes": "Allowed; after ten minutes it ends by itself.",
        "no": "Refused; they do not see your details.",
        "back": "Back to my code",
    },
}


def send(request: Request, place: Place, secret: str, at: datetime) -> Reply:
    """POST the worker's answer to a household (A9), of which the first counts; a decision on the own consent; or an
    appeal (C8)."""
    form = Form(fields(request))
    kind = form.choice("kind", "操作", ("refuse", "allow", "withdraw", "agree", "appeal"))
    if kind == "appeal":
        return appeals.send(form, request, place, secret, at)
    visit, number = form.word("visit"), form.word("number")
    code = own.code(secret)
    if kind in ("withdraw", "agree"):
        return consent_page.send(request, place, code, form, kind, at)
    form.done()
    found = own.fetch(code.archive, at)["permissions"]
    if not any((one["visit"], str(one["number"]), one["state"]) == (visit, number, "waiting") for one in found):
        raise NotAllowed("这次请求已答复或已过期；请返回页面刷新后查看", rule="not-waiting")
    allow = "yes" if kind == "allow" else "no"
    about = {"token": code.token, "city": code.city, "archive": code.archive, "page": code.phone_page}
    since = inbox.sent(
        "answer", f"{visit}#{number}", body={}, body_hash=allow, at=at,
        about=about | {"visit": visit, "number": number, "allow": allow},
    )  # fmt: skip
    if request.wants_page:
        return html(201, _done(place, allow))
    return data(201, {"result": "recorded", "at": since})


def sections(place: Place, found: Own) -> tuple[str, str]:
    """Give what waits for the worker's answer, to stand first, and the history of requests and views, to stand last."""
    words = _WORDS[place.lang]
    waiting = [one for one in found["permissions"] if one["state"] == "waiting"]
    asks = "".join(_ask(place, words, one) for one in waiting)
    first = f'<div id="asks" data-waiting="{len(waiting)}">{asks}</div>'
    last = _history(words, found["permissions"]) + _views(words, found["views"])
    rights = f"<section><h2>{words['rights']}</h2><p>{words['rights_how']}</p></section>"
    return first, last + consent_page.section(place, found["consent"]) + rights


def _ask(place: Place, words: dict[str, str], one: dict[str, Any]) -> str:
    hidden = "".join(
        f'<input type="hidden" name="{name}" value="{escape(str(one[name]))}">' for name in ("visit", "number")
    )
    return (
        f'<section class="ask"><h2>{words["asks"]}</h2><p>{words["asks_why"].format(_time(one["entered_at"]))}</p>'
        f'<form method="post" action="{place.link(place.path)}">{hidden}'
        f'<button name="kind" value="allow">{words["allow"]}</button>'
        f'<button class="quiet" name="kind" value="refuse">{words["refuse"]}</button></form></section>'
    )


def _history(words: dict[str, str], found: list[dict[str, Any]]) -> str:
    lines = "".join(f"<li>{_time(one['asked_at'])} {_state(words, one)}</li>" for one in found)
    body = f"<ul>{lines}</ul>" if lines else f"<p>{words['nobody']}</p>"
    return f"<section><h2>{words['history']}</h2>{body}</section>"


def _state(words: dict[str, str], one: dict[str, Any]) -> str:
    said = words[one["state"]].format(_time(one["until"]) if one["until"] else "")
    return said + (f"（{words[one['how']]}）" if one["how"] and one["until"] else "")


def _views(words: dict[str, str], found: list[dict[str, Any]]) -> str:
    lines = "".join(
        f"<li><time>{escape(one['day'])}</time> {escape(words['view'].format(**one))}</li>" for one in found
    )
    body = f"<ul>{lines}</ul><p><small>{words['wrong']}</small></p>" if lines else f"<p>{words['unseen']}</p>"
    return f"<section><h2>{words['views']}</h2>{body}</section>"


def _done(place: Place, allow: str) -> str:
    words = _WORDS[place.lang]
    body = banner("plain", words["asks"], words["done"], words[allow])
    body += f'<section><a class="button" href="{place.link(place.path)}">{words["back"]}</a></section>'
    return document(place, words["done"], body)


def _time(text: str) -> str:
    at = datetime.fromisoformat(text).astimezone(SHANGHAI)
    return f"<time>{at:%Y-%m-%d %H:%M}</time>"
