"""The pages of a household's own visit."""

from datetime import datetime
from typing import Any

from chalicelib.public import details_page
from chalicelib.public.shell import Place, banner, call, document, escape
from chalicelib.public.words import WORDS
from chalicelib.rules.days import SHANGHAI

NONE = "没有这次服务记录。刚确认入户的，记录需要几秒钟才能显示，请稍后刷新。"

_WORDS = {
    "zh": {
        "entry": "入户确认",
        "confirmed": "已确认入户",
        "since": "入户时间",
        "left": "离开时间",
        "save": "请保存本次服务的专用链接，可用它登记离开。链接只给您一人，请勿转发。",
        "open": "打开本次服务记录",
        "visit": "服务记录",
        "during": "服务进行中",
        "over": "服务已结束",
        "who": "服务人员",
        "company": "所属企业",
        "leave": "登记离开",
        "leave_why": "服务结束、对方离开后点一次。",
        "zone": "以下为北京时间",
        "help": "觉得不对劲？",
        "again": "再查一次此码",
        "help_why": "颜色可能已经变化；举报也在那一页。遇到危险请立即拨打",
    },
    "en": {
        "entry": "Entry",
        "confirmed": "Entry confirmed",
        "since": "Entered at",
        "left": "Left at",
        "save": "Keep the private link of this visit: with it you can note the leaving. "
        "It is yours alone; do not pass it on.",
        "open": "Open the record of this visit",
        "visit": "Visit",
        "during": "In progress",
        "over": "Finished",
        "who": "Worker",
        "company": "Company",
        "leave": "The worker has left",
        "leave_why": "Tap once when the work is done and the worker has left.",
        "zone": "Times are Beijing time",
        "help": "Something wrong?",
        "again": "Check the code again",
        "help_why": "The colour may have changed; you can report there too. In danger call the police on ",
    },
}


def confirmed(place: Place, path: str, at: str) -> str:
    """Give the page after confirming entry; `path` is the visit's private one."""
    words = _WORDS[place.lang]
    lead = f"{words['since']} {_time(at)}{WORDS[place.lang]['zone']}"
    body = banner("plain", words["entry"], words["confirmed"], lead) + (
        f'<section><p>{words["save"]}</p><a class="button" href="{place.link(path)}">{words["open"]}</a></section>'
    )
    return document(place, words["confirmed"], body)


def page(place: Place, visit: dict[str, Any], asked: dict[str, Any]) -> str:
    """Give the page of a visit with what it asked for (details.fetch), and the button to leave while it lasts."""
    words = _WORDS[place.lang]
    rows = [(words["who"], escape(visit["name"])), (words["company"], escape(visit["company"]))]
    rows += [(words["since"], _time(visit["at"])), (words["left"], _time(visit["left_at"]))]
    lines = "".join(f"<dt>{term}</dt><dd>{text}</dd>" for term, text in rows if text)
    state = words["over" if visit["left_at"] else "during"]
    body = banner("plain", words["visit"], state, words["zone"])
    body += f'<section class="who"><dl>{lines}</dl></section>'
    body += details_page.section(place, asked, _time(asked["until"] or ""))
    if not visit["left_at"]:
        body += (
            f'<section><form method="post" action="{place.link(place.path)}"><p>{words["leave_why"]}</p>'
            '<input type="hidden" name="kind" value="leave">'
            f"<button>{words['leave']}</button></form></section>"
        )
    if visit["token"]:
        body += (
            f"<section><h2>{words['help']}</h2><p>{words['help_why']}{call('110')}{WORDS[place.lang]['stop']}</p>"
            f'<a class="button second" href="{place.link("/v/" + visit["token"])}">{words["again"]}</a></section>'
        )
    return document(place, f"{words['visit']} {state}", body)


def _time(text: str) -> str:
    """Show an RFC 3339 instant as Beijing time; nothing for nothing."""
    if not text:
        return ""
    at = datetime.fromisoformat(text).astimezone(SHANGHAI)
    return f"<time>{at:%Y-%m-%d %H:%M:%S}</time>"
