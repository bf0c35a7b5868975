"""The page of a worker who has applied and has no certificate yet (G6): how it stands, who looked at what, the own
consent, and objecting to a refusal."""

from datetime import datetime

from chalicelib.public import appeals, own, own_page, progress, replies
from chalicelib.public.codes import Code
from chalicelib.public.replies import Reply
from chalicelib.public.request import Request
from chalicelib.public.shell import Place, banner, document
from chalicelib.rules.days import day_of

_WORDS = {
    "zh": {
        "title": "我的安心码",
        "none": "还没有安心码",
        "why": "发证后，安心码会显示在本页，网址不变。在此之前请勿用本页代替证件。",
        "private": "本页只给本人使用，网址请勿转发；手机遗失时，请告知所属企业或协会重新生成。",
    },
    "en": {
        "title": "My code",
        "none": "There is no code yet",
        "why": "Once the certificate is issued the code appears on this page, at the same address. Until then this "
        "page stands for no certificate.",
        "private": "This page is yours alone; pass its address to nobody. If the phone is lost, have your company "
        "or the association make a new one.",
    },
}


def shown(request: Request, place: Place, code: Code, at: datetime) -> Reply:
    """Show how the application stands, or as JSON `application`, `views`, `consent`, `appeals` and a `nonce` to send
    one under, with `live` null: there is no code."""
    found, nonce = own.fetch(code.archive, at), own.nonce(code, at)
    if not request.wants_page:
        told = {name: found[name] for name in ("application", "views", "consent", "appeals")}
        return replies.data(200, {"live": None, **told, "nonce": nonce})
    words = _WORDS[place.lang]
    body = banner("plain", words["title"], words["none"], words["why"])
    body += progress.section(place, found["application"], day_of(at))
    body += appeals.section(place, found["appeals"], nonce) + own_page.sections(place, found)[1]
    body += f"<section><p><small>{words['private']}</small></p></section>"
    return replies.html(200, document(place, words["title"], body))
