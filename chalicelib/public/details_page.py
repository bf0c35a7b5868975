"""The household's part of a visit's page that asks for details, and shows what the worker allowed (A9)."""

from typing import Any

from chalicelib.public.shell import Place, escape
from chalicelib.rules.permission import PIN_DIGITS, PIN_TRIES

_WORDS = {
    "zh": {
        "title": "查看详细信息",
        "why": "全名、学历、培训、技能和体检、保险的起止日期，须经服务人员本人同意才能查看，"
        "只限本次服务，10分钟内有效。",
        "ask": "请对方同意",
        "none": "服务人员在自己手机的安心码页面上点“允许”；没有智能手机的，请对方念出纸上的一个口令。",
        "waiting": "已向对方提出。请对方打开手机上的安心码页面，点“允许”，然后点下面的“刷新”。",
        "checking": "口令已提交，几秒后点下面的“刷新”。",
        "unanswered": "对方没有答复，可以再请求一次，或请对方当面念出口令。",
        "over": "十分钟已到，详细信息不再显示。如仍需要，可再请对方同意。",
        "refused": "对方没有同意，这是对方的权利，不影响本次服务。您仍可当面核对照片、姓名和实体证。",
        "closed": "本次服务不能再请求查看。请当面核对实体证，或拨打热线。",
        "refresh": "刷新",
        "pin": "口令（6位数字）",
        "try": "提交口令",
        "pin_why": "每个口令只能用一次；输错 {} 次后，本次服务不能再试。",
        "pin_title": "对方没有智能手机？",
        "until": "本人同意查看，至 {} 止",
        "private": "仅供您本次核对，请勿截图或转发。",
        "name": "姓名",
        "education": "学历",
        "exam": "体检",
        "insurance": "保险",
        "training": "培训",
        "skill": "技能",
        "to": "至",
    },
    "en": {
        "title": "See the details",
        "why": "Full name, schooling, training, skills and the dates of exam and insurance are shown with the "
        "worker's own consent only, for this visit, for ten minutes.",
        "ask": "Ask the worker",
        "none": "The worker taps 允许 on the page of their own phone. Without a smartphone, have them read out a PIN "
        "from their sheet.",
        "waiting": "Asked. Have the worker open the page on their phone and tap 允许; then tap Refresh.",
        "checking": "The PIN was sent. Tap Refresh in a few seconds.",
        "unanswered": "No answer. Ask once more, or have the worker read out a PIN.",
        "over": "The ten minutes are over. You may ask again if need be.",
        "refused": "The worker did not agree, as is their right. You can still compare photo, name and card.",
        "closed": "No more requests in this visit. Compare the card, or call the hotline.",
        "refresh": "Refresh",
        "pin": "PIN (6 digits)",
        "try": "Send the PIN",
        "pin_why": "A PIN counts once; after {} wrong ones this visit takes no more.",
        "pin_title": "No smartphone?",
        "until": "Shown with the worker's consent until {}",
        "private": "For your own check in this visit; please do not copy or pass it on.",
        "name": "Name",
        "education": "Schooling",
        "exam": "Health exam",
        "insurance": "Insurance",
        "training": "Training",
        "skill": "Skill",
        "to": "to",
    },
}
_ASKED = ("none", "unanswered", "over", "refused")
"""States in which it may be asked (again)."""


def section(place: Place, told: dict[str, Any], shown_until: str) -> str:
    """Give the section of a request as details.fetch tells it; nothing where it can neither be shown nor asked.

    `shown_until` is the end as safe HTML. A told `checking` is a PIN just sent.
    """
    words, state = _WORDS[place.lang], told["state"]
    if state == "ended":
        return ""
    if told["details"] is not None:
        lead = words["until"].format(shown_until)
        body = f"<p>{lead}</p><dl>{_lines(words, told['details'])}</dl><p><small>{words['private']}</small></p>"
        return f'<section class="who" id="details"><h2>{words["title"]}</h2>{body}</section>'
    body = f"<p>{words['why']}</p><p><b>{words[state]}</b></p>"
    if state in _ASKED:
        body += _form(place, f'<input type="hidden" name="kind" value="ask"><button>{words["ask"]}</button>')
    if state in ("waiting", "checking"):
        body += f'<a class="button" href="{place.link(place.path)}">{words["refresh"]}</a>'
    if state not in ("closed", "checking"):
        body += f"<details><summary>{words['pin_title']}</summary>{_pin(place, words)}</details>"
    return f'<section id="details"><h2>{words["title"]}</h2>{body}</section>'


def _pin(place: Place, words: dict[str, str]) -> str:
    return _form(
        place,
        f'<input type="hidden" name="kind" value="pin"><label>{words["pin"]}<input name="pin" inputmode="numeric" '
        f'autocomplete="off" required pattern="[0-9 ]{{{PIN_DIGITS},}}" maxlength="12"></label>'
        f"<button>{words['try']}</button><p><small>{words['pin_why'].format(PIN_TRIES)}</small></p>",
    )


def _form(place: Place, inputs: str) -> str:
    return f'<form method="post" action="{place.link(place.path)}">{inputs}</form>'


def _lines(words: dict[str, str], details: dict[str, Any]) -> str:
    exam, policy, training = details["exam"], details["insurance"], details["training"]
    rows = [(words["name"], details["name"]), (words["education"], details["education"] or "")]
    if exam:
        rows.append((words["exam"], f"{exam['category']}，{exam['from']} {words['to']} {exam['until']}"))
    if policy:
        rows.append((words["insurance"], f"{policy['issuer']}，{policy['from']} {words['to']} {policy['until']}"))
    if training:
        rows.append((words["training"], f"{training['issuer'] or ''} {training['done_on']}".strip()))
    rows += [
        (words["skill"], f"{one['trade']} {one['level']}，{one['issuer']} {one['got_on']}") for one in details["skills"]
    ]
    return "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in rows if text)
