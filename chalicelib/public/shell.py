"""The frame of every public page: head, brand, language switch, and how to tell a fake."""

from chalicelib import settings
from chalicelib.public.style import STYLE
from chalicelib.public.words import WORDS
from chalicelib.rules.light import NamedTuple


class Place(NamedTuple):
    """What a page needs to know of where it is: language (`zh` or `en`), its path, and the hotline."""

    lang: str
    path: str
    hotline: str

    def calling(self, hotline: str) -> "Place":
        """Give the same place with a city's own hotline, where that is known."""
        return self._replace(hotline=hotline) if hotline else self

    def link(self, path: str) -> str:
        """Give a path that keeps the language, escaped for an attribute."""
        return escape(f"{path}?lang=en" if self.lang == "en" else path)


def escape(text: str) -> str:
    """Make a text safe in HTML and in an attribute, as html.escape does without its table of entities."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;")


def address() -> str:
    """Give the public address of the stack, without a slash at the end."""
    return (settings.optional("ADDRESS") or "").rstrip("/")


def host() -> str:
    """Give the official host name, as a household compares it."""
    return address().partition("://")[2] or "—"


def document(place: Place, title: str, body: str, head: str = "") -> str:
    """Join a whole page. `title` is plain text; `body` and what `head` adds are HTML that is safe already."""
    words = WORDS[place.lang]
    other = escape(place.path if place.lang == "en" else f"{place.path}?lang=en")
    tongue, theirs = ("en", "zh-CN") if place.lang == "en" else ("zh-CN", "en")
    return (
        f'<!doctype html><html lang="{tongue}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex,nofollow"><meta name="referrer" content="no-referrer">'
        '<meta name="format-detection" content="telephone=no">'
        f"<title>{escape(title)} · {words['brand']}</title>{head}<style>{STYLE}</style></head><body>"
        f'<a class="skip" href="#result">{words["skip"]}</a>'
        f"<header><div><b>{words['brand']}</b><small>{words['about']} · {escape(host())}</small></div>"
        f'<a href="{other}" hreflang="{theirs}" lang="{theirs}">{words["other"]}</a></header>'
        f'<main id="result">{body}</main>'
        f"<footer>{_official(place)}</footer></body></html>"
    )


def banner(kind: str, small: str, large: str, lead: str) -> str:
    """Give the coloured head of a page. `lead` is safe HTML, the rest plain text."""
    return (
        f'<section class="top {kind}"><div>{symbol(kind)}'
        f"<h1><span>{escape(small)}</span>{escape(large)}</h1></div><p>{lead}</p></section>"
    )


def call(number: str) -> str:
    """Give a telephone number as a link that a phone dials."""
    number = escape(number)
    return f'<a href="tel:{number}">{number}</a>'


_STROKES = {
    "green": "M13 25l8 8 15-17",
    "yellow": "M24 12v15M24 33v3",
    "red": "M15 15l18 18M33 15l-18 18",
    "grey": "M17 19c0-9 14-9 14-1 0 5-7 5-7 10M24 34v2",
    "plain": "M24 12v3M24 21v15",
}
_EDGES = {
    "yellow": '<path d="M24 3L46 43H2z"/>',
    "red": '<path d="M15 2h18l13 13v18l-13 13h-18l-13-13v-18z"/>',
}
_ROUND = '<circle cx="24" cy="24" r="22"/>'


def symbol(kind: str, colour: str = "currentColor") -> str:
    """Draw the sign of a colour: tick in a circle, ! in a triangle, cross in an octagon, ? in a circle."""
    return (
        f'<svg viewBox="0 0 48 48" fill="none" stroke="{colour}" stroke-width="4" stroke-linecap="round" '
        f'stroke-linejoin="round" aria-hidden="true">{_EDGES.get(kind, _ROUND)}'
        f'<path d="{_STROKES[kind]}"/></svg>'
    )


def _official(place: Place) -> str:
    words = WORDS[place.lang]
    return (
        f"<h2>{words['fake']}</h2><p>{words['official']}<b>{escape(host())}</b></p>"
        f"<p>{words['fake_why']}</p>"
        f'<p>{words["hotline"]}{call(place.hotline)} · '
        f'<a href="{place.link("/lookup")}">{words["lookup"]}</a></p>'
    )
