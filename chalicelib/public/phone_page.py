"""The page of a worker's own phone (A6, G6): the live code, which the phone itself renews, and what it says today."""

from binascii import b2a_base64
from datetime import datetime
from typing import Any

from chalicelib.public import appeals, offline, own, own_page, page, progress, replies, sheet
from chalicelib.public.codes import Code
from chalicelib.public.replies import Reply
from chalicelib.public.request import Request
from chalicelib.public.shell import Place, banner, document, escape
from chalicelib.public.words import TOLD, WORDS
from chalicelib.rules import live
from chalicelib.rules.days import day_of
from chalicelib.rules.json_text import written

Answer = dict[str, Any]

_VOUCHED = ("green", "yellow")
"""Colours under which a credential is handed out: one that was signed before bad news may still lie there (A10)."""
_ICONS = (
    {"src": "/icon-180.png", "sizes": "180x180", "type": "image/png"},
    {"src": "/icon-512.png", "sizes": "512x512", "type": "image/png"},
)
_HEAD = (
    '<link rel="manifest" href="?manifest=1"><link rel="icon" href="/start.svg">'
    '<link rel="apple-touch-icon" href="/icon-180.png"><meta name="theme-color" content="#0b4f9e">'
)
"""What lets a phone keep the page beside its other programs."""
_WORDS = {
    "zh": {
        "title": "我的安心码",
        "of": "的安心码",
        "show": "请对方用手机相机、微信或支付宝扫描",
        "renewed": "每 {} 秒自动更换，没有网络也能用；截图无效。",
        "script": "动态码需要浏览器脚本；没有动态码时请出示实体证。",
        "away": "现在没有联网。安心码照常可用，颜色以对方扫码的结果为准。",
        "none": "这个码现在没有动态码，请联系所属企业。",
        "private": "本页只给本人使用，网址请勿转发；手机遗失时，请告知所属企业或协会重新生成。",
        "now": "对方现在扫码会看到",
    },
    "en": {
        "title": "My code",
        "of": "",
        "show": "Let them scan it with a phone's camera, WeChat or Alipay",
        "renewed": "Renewed every {} seconds, without a network too. A screenshot does not count.",
        "script": "The live code needs scripts; without it show the card.",
        "away": "No network now. The code works all the same; its colour is what their scan says.",
        "none": "There is no live code for this code now; ask your company.",
        "private": "This page is yours alone; pass its address to nobody. If the phone is lost, have your company "
        "or the association make a new one.",
        "now": "Who scans it now sees",
    },
}


def shown(request: Request, place: Place, code: Code, answer: Answer, at: datetime) -> Reply:
    """Show the page, or as JSON the answer with `live` {secret, step_seconds}, `credential`, `permissions`, `views`,
    `consent`, `appeals`, `application` and the `nonce` to decide on or send one; none for a visit or a report (A7)."""
    if "manifest" in request.query:
        return _manifest(place)
    credential = offline.credential(code.token) if answer["colour"] in _VOUCHED else None
    found, nonce = own.fetch(code.archive, at), own.nonce(code, at)
    if not request.wants_page:
        held = {"secret": _secret(code), "step_seconds": live.STEP} if code.live_secret else None
        told = answer | {"visit": None, "report": None, "token": code.token, "live": held, "credential": credential}
        found.pop("page")
        return replies.data(200, told | found | {"nonce": nonce}, colour=answer["colour"])
    asks, history = own_page.sections(place, found)
    objection = appeals.section(place, found["appeals"], nonce)
    under_way = progress.section(place, found["application"], day_of(at))
    body = asks + _code(place, code, answer, credential) + _now(place, answer) + under_way + objection + history
    if answer["holder"]:
        body += sheet.section(place, answer["holder"])
    text = document(place, _WORDS[place.lang]["title"], body, _HEAD)
    return replies.html(200, text, colour=answer["colour"])._replace(scripted=True)


def _manifest(place: Place) -> Reply:
    """Say how the page is kept on a phone; it opens at its own address, which is nobody else's."""
    title = _WORDS[place.lang]["title"]
    told = {"name": title, "short_name": title, "display": "standalone", "icons": _ICONS}
    told |= {"start_url": place.path, "scope": place.path, "background_color": "#eef1f4", "theme_color": "#0b4f9e"}
    return Reply(200, "application/manifest+json", written(told))


def _code(place: Place, code: Code, answer: Answer, credential: str | None) -> str:
    words = _WORDS[place.lang]
    name = escape(answer["holder"]["name"]) if answer["holder"] else ""
    lead = f"<h1>{name}{words['of']}</h1>" if name else f"<h1>{words['title']}</h1>"
    if not code.live_secret:
        return f'<section class="code">{lead}<p>{words["none"]}</p></section>'
    given = {"token": code.token, "secret": _secret(code), "step": live.STEP, "credential": credential or ""}
    given |= {"colour": answer["colour"], "title": words["title"]}
    data = "".join(f' data-{key}="{escape(str(value))}"' for key, value in given.items())
    return (
        f'<section class="code">{lead}<p>{words["show"]}</p><div id="code"{data}></div>'
        f"<p>{words['renewed'].format(live.STEP)}</p><noscript><p>{words['script']}</p></noscript>"
        f"<p><small>{words['private']}</small></p></section>"
        f'<section id="away" role="status" hidden><p>{words["away"]}</p></section>'
        '<script type="module" src="/phone.js"></script>'
    )


def _now(place: Place, answer: Answer) -> str:
    told, words = TOLD[place.lang][page.situation_of(answer)], WORDS[place.lang]
    at = answer["as_of"]
    lead = f'{words["checked_at"]} <time datetime="{at}">{at[:10]} {at[11:19]}</time>{words["zone"]}'
    head = f"<h2>{_WORDS[place.lang]['now']}</h2>{banner(answer['colour'], told.colour, told.finding, lead)}"
    return f'<div id="now">{head}{page.why(answer, place)}</div>'


def _secret(code: Code) -> str:
    return b2a_base64(code.live_secret, newline=False).decode().replace("+", "-").replace("/", "_").rstrip("=")
