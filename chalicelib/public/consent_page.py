"""The worker's own consent: taken back in two steps, given (again) to the text as it stands now (PIPL 15 to 17, 29).

Both steps are plain forms. The first only shows what the second does; the second carries the nonce of the first.
"""

from datetime import datetime
from typing import Any

from chalicelib.public import consents, inbox, own, sending
from chalicelib.public.codes import Code
from chalicelib.public.forms import Form, digest
from chalicelib.public.replies import Reply, data, html
from chalicelib.public.request import Request
from chalicelib.public.shell import Place, banner, document, escape
from chalicelib.rules.consent import NEEDED

_WORDS = {
    "zh": {
        "title": "我的同意",
        "given": "您已于 {} 同意使用您的信息（文本 {}）。",
        "withdrawn": "您已于 {} 停用安心码。对方扫码只看到“本人已停用”，看不到您的信息。",
        "none": "还没有您的同意记录。",
        "old": "告知书有了新版本，请重新阅读并同意。旧版本的同意继续有效，下次申请或换证前须同意新版本。",
        "withdraw": "停用我的安心码",
        "withdraw_how": "随时可以停用，也随时可以恢复。停用不是红码，不影响您已经做过的工作。",
        "agree": "阅读告知书并同意",
        "change": "查看告知书，或更改照片的展示",
        "sure": "确定停用吗？",
        "sure_why": "停用后立即生效：对方扫码只看到灰色的“本人已停用”；查验页的照片会删除，"
        "恢复后需要请企业重新上传；所属企业会收到通知。依法须保存的办证记录仍会保存。",
        "sure_yes": "确定停用",
        "back": "返回，不停用",
        "agree_yes": "我已阅读并同意",
        "agree_apart": "以下各项请分别选择",
        "needed": "（办证必需）",
        "done_withdraw": "已停用，几秒后生效。需要恢复时，在本页重新同意。",
        "done_agree": "已同意，几秒后生效。",
        "return": "返回我的安心码",
        "version": "文本版本",
    },
    "en": {
        "title": "My consent",
        "given": "You agreed on {} to the use of your data (text {}).",
        "withdrawn": "You switched your code off on {}. Who scans it sees nothing of you.",
        "none": "No consent of yours is recorded.",
        "old": "There is a new version of the notice. Please read it and agree anew before the next application.",
        "withdraw": "Switch my code off",
        "withdraw_how": "You may switch it off and on again at any time. Off is not red.",
        "agree": "Read the notice and agree",
        "change": "Read the notice, or change whether your photo is shown",
        "sure": "Switch off?",
        "sure_why": "At once: who scans the code sees grey and that you switched it off; the photo is deleted and has "
        "to be uploaded again; your company is told. Records that the law makes us keep are kept.",
        "sure_yes": "Switch off",
        "back": "Back, leave it on",
        "agree_yes": "I have read this and agree",
        "agree_apart": "Please choose each of these by itself",
        "needed": " (needed for the certificate)",
        "done_withdraw": "Switched off, in a few seconds. Agree again on this page to switch it on.",
        "done_agree": "Agreed; it counts in a few seconds.",
        "return": "Back to my code",
        "version": "Version",
    },
}


def send(request: Request, place: Place, code: Code, form: Form, kind: str, at: datetime) -> Reply:
    """POST `withdraw` or `agree`: without a nonce a page shows what it does; with one it is recorded, once."""
    given = sending.nonce(form)
    if not given and request.wants_page:
        form.done()
        return html(200, (_sure if kind == "withdraw" else _read)(place, own.nonce(code, at)))
    body: dict[str, Any] = {"give": kind == "agree"}
    if kind == "agree":
        body |= _agreed(form)
    key = sending.standing(form, given, own.label(code), at, [code.nonce_key])
    form.done()
    about = {"token": code.token, "city": code.city, "archive": code.archive, "page": code.phone_page}
    since = inbox.sent("consent", given, body=body, body_hash=digest(key, body), at=at, about=about)
    if request.wants_page:
        return html(201, _done(place, f"done_{kind}"))
    return data(201, {"result": "recorded", "at": since})


def section(place: Place, consent: dict[str, Any]) -> str:
    """Give the section of the worker's page that tells how the consent stands, with what may be done."""
    words, latest = _WORDS[place.lang], consents.latest()["version"]
    told = words[consent["state"]].format(consent["on"], escape(consent["text"] or ""))
    old = consent["state"] == "given" and consent["text"] != latest
    body = f"<p>{told}</p>" + (f"<p><b>{words['old']}</b></p>" if old else "")
    stands = consent["state"] == "given"
    body += _button(place, "agree", words["change" if stands and not old else "agree"])
    if stands:
        body += f"<p><small>{words['withdraw_how']}</small></p>"
        body += _button(place, "withdraw", words["withdraw"], "quiet")
    return f'<section id="consent"><h2>{words["title"]}</h2>{body}</section>'


def _agreed(form: Form) -> dict[str, Any]:
    """Read what was agreed to: the version shown, which must be the present one, and each part by itself."""
    text = consents.latest()
    if form.word("text") != text["version"]:
        form.fault("text", "text-changed", "告知书刚有新版本，请返回重新阅读")
    ticked = [one["id"] for one in text["separate"] if form.word(one["id"]) == "yes"]
    for one in text["separate"]:
        if one["id"] in NEEDED and one["id"] not in ticked:
            form.fault(one["id"], "required", f"“{one['title']}”是办证必需的；不同意的，请不要提交，或选择停用安心码")
    return {"text": text["version"], "separate": ticked}


def _sure(place: Place, nonce: str) -> str:
    words = _WORDS[place.lang]
    hidden = f'<input type="hidden" name="nonce" value="{nonce}">'
    body = banner("plain", words["title"], words["sure"], words["sure_why"])
    yes = _button(place, "withdraw", words["sure_yes"], "quiet", hidden)
    body += f"<section>{yes}{_back(place, words['back'])}</section>"
    return document(place, words["sure"], body)


def _read(place: Place, nonce: str) -> str:
    """Give the page with the whole text; it is Chinese in both languages, since that is what counts."""
    words, text = _WORDS[place.lang], consents.latest()
    clauses = "".join(f"<li><b>{escape(one['title'])}</b><br>{escape(one['text'])}</li>" for one in text["clauses"])
    apart = "".join(
        f'<label><input type="checkbox" name="{one["id"]}" value="yes"> <b>{escape(one["title"])}</b>'
        f"{words['needed'] if one['id'] in NEEDED else ''}<br>{escape(one['text'])}</label>"
        for one in text["separate"]
    )
    hidden = (
        f'<input type="hidden" name="nonce" value="{nonce}"><input type="hidden" name="text" value="{text["version"]}">'
        f"<fieldset><legend><b>{words['agree_apart']}</b></legend>{apart}</fieldset>"
    )
    body = (
        f'<section lang="zh-CN"><h1>{words["agree"]}</h1><p>{escape(text["lead"])}</p><ol>{clauses}</ol>'
        f"<p>{escape(text['close'])}</p><p><small>{words['version']} {text['version']}</small></p></section>"
        f"<section>{_button(place, 'agree', words['agree_yes'], '', hidden)}{_back(place, words['return'])}</section>"
    )
    return document(place, words["agree"], body)


def _done(place: Place, said: str) -> str:
    words = _WORDS[place.lang]
    body = banner("plain", words["title"], words[said], "") + f"<section>{_back(place, words['return'])}</section>"
    return document(place, words["title"], body)


def _button(place: Place, kind: str, text: str, style: str = "", inputs: str = "") -> str:
    shade = f' class="{style}"' if style else ""
    return (
        f'<form method="post" action="{place.link(place.path)}">{inputs}'
        f'<button{shade} name="kind" value="{kind}">{text}</button></form>'
    )


def _back(place: Place, text: str) -> str:
    return f'<p><a href="{place.link(place.path)}">{text}</a></p>'
