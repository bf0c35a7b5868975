"""The page of a worker who has applied and has no certificate yet (G6): how it stands, and who looked at what."""

from datetime import datetime

from chalicelib.outside import clock
from chalicelib.public import own_page, progress, replies
from chalicelib.public.own import Own
from chalicelib.public.replies import Reply
from chalicelib.public.request import Request
from chalicelib.public.shell import Place, banner, document

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


def shown(request: Request, place: Place, found: Own, at: datetime) -> Reply:
    """Show how the application stands, or as JSON `application` and `views`, with `live` null: there is no code."""
    if not request.wants_page:
        return replies.data(200, {"live": None, "application": found["application"], "views": found["views"]})
    words = _WORDS[place.lang]
    body = banner("plain", words["title"], words["none"], words["why"])
    body += progress.section(place, found["application"], clock.day_of(at))
    body += own_page.seen(place, found["views"]) + f"<section><p><small>{words['private']}</small></p></section>"
    return replies.html(200, document(place, words["title"], body))
