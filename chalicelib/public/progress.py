"""How the worker's latest application stands, on the worker's own page (G6): its step, and the promised day."""

from datetime import date
from typing import Any

from chalicelib.public.shell import Place

_WORDS = {
    "zh": {
        "title": "我的申请",
        "new": "办证申请",
        "reprint": "重新制卡",
        "sent": "{kind}，{submitted_on} 提交：",
        "company_review": "所属企业正在初审。",
        "association_review": "协会正在审核。",
        "background": "正在进行安全核查。",
        "authorisation": "等待主管部门授权。",
        "production": "已授权，正在制证。",
        "handover": "证件已制好，请向所属企业领取。",
        "returned": "材料需要补正（{waiting_since} 退回），请联系所属企业。补正期间不计入办理时间。",
        "done": "已于 {closed_on} 办结。",
        "refused": "{closed_on} 决定不予办理。理由请向所属企业或协会查询。",
        "withdrawn": "已于 {closed_on} 撤回。",
        "promised": "承诺 {due_on} 前办结。",
        "late": "已超过承诺的 {due_on}，可以拨打热线查问。",
    },
    "en": {
        "title": "My application",
        "new": "For the certificate",
        "reprint": "For another card",
        "sent": "{kind}, sent on {submitted_on}: ",
        "company_review": "your company is looking through it.",
        "association_review": "the association is reviewing it.",
        "background": "the police check is under way.",
        "authorisation": "it waits for the bureau's authorisation.",
        "production": "authorised; the card is being made.",
        "handover": "the card is ready; your company has it or will soon.",
        "returned": "papers are to be mended (sent back on {waiting_since}); ask your company. The clock rests.",
        "done": "done on {closed_on}.",
        "refused": "refused on {closed_on}. Ask your company or the association for the reason.",
        "withdrawn": "withdrawn on {closed_on}.",
        "promised": " Promised by {due_on}.",
        "late": " The promised day, {due_on}, is over; you may call the hotline.",
    },
}


def section(place: Place, application: dict[str, Any] | None, today: date) -> str:
    """Give the section that says how an application stands ({kind, state, submitted_on, due_on, waiting_since,
    closed_on}); nothing when none was sent."""
    if application is None:
        return ""
    words = _WORDS[place.lang]
    said = words["sent"].format(kind=words[application["kind"]], submitted_on=application["submitted_on"])
    said += words[application["state"]].format(**application)
    under_way = not application["closed_on"] and not application["waiting_since"]
    if under_way and application["due_on"]:
        said += words["late" if str(today) > application["due_on"] else "promised"].format(**application)
    return f'<section id="application"><h2>{words["title"]}</h2><p>{said}</p></section>'
