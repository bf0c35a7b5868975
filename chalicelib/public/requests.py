"""A company asks for an account: the form, and what it sends. A person decides; nothing is made here."""

import json
from datetime import datetime

from chalicelib.public import inbox, notes, sending, stack
from chalicelib.public.forms import Form, digest
from chalicelib.public.replies import Reply, data, html
from chalicelib.public.request import Request, fields
from chalicelib.public.seal import sealed
from chalicelib.public.shell import Place, document, escape
from chalicelib.rules import live, numbers

SEALED_BYTES = 190
"""What one sealing under an RSA key of 2048 bits can hold."""

_PLACE = "requests"
_WORDS = {
    "zh": {
        "title": "企业开户申请",
        "why": "家政企业在此申请账号。管理员核对后与您联系；联系人信息加密保存，仅用于开户。",
        "name": "企业名称",
        "credit_code": "统一社会信用代码",
        "city": "所在城市",
        "city_code": "（六位行政区划代码）",
        "contact": "联系人姓名",
        "email": "电子邮箱",
        "phone": "联系电话",
        "send": "提交申请",
    },
    "en": {
        "title": "Account for a company",
        "why": "Domestic service companies ask for an account here. The administrator checks and answers; "
        "the contact is kept encrypted and used for this alone.",
        "name": "Company name",
        "credit_code": "Unified social credit code",
        "city": "City",
        "city_code": " (six digits)",
        "contact": "Contact person",
        "email": "E-mail",
        "phone": "Telephone",
        "send": "Send",
    },
}
_INPUTS = (
    ("name", 60, 'autocomplete="organization"'),
    ("credit_code", 18, 'autocomplete="off"'),
    ("contact", 30, 'autocomplete="name"'),
    ("email", 100, 'type="email" autocomplete="email"'),
    ("phone", 24, 'type="tel" autocomplete="tel"'),
)


def show(request: Request, place: Place, at: datetime) -> Reply:
    """GET the form, or for a program the nonce that a request needs."""
    nonce = live.make_nonce(stack.key("nonce_key"), _PLACE, at)
    return html(200, _page(place, nonce)) if request.wants_page else data(200, {"request": {"nonce": nonce}})


def ask(request: Request, place: Place, at: datetime) -> Reply:
    """POST a request; every fault is named at once, and a repeat has the same answer."""
    form = Form(fields(request))
    nonce = sending.nonce(form)
    name = form.text("name", "企业名称", most=60, least=4)
    credit_code = form.text("credit_code", "统一社会信用代码", most=18, least=18).upper()
    if credit_code and not numbers.credit_code_ok(credit_code):
        form.fault("credit_code", "credit-code", "统一社会信用代码不正确：请核对营业执照上的18位代码")
    city = _city(form)
    private = {
        "contact": form.text("contact", "联系人姓名", most=30, least=2),
        "email": form.email("email"),
        "phone": form.phone("phone", required=True),
    }
    contact = json.dumps(private, ensure_ascii=False, separators=(",", ":"))
    if len(contact.encode()) > SEALED_BYTES:
        form.fault("email", "too-long", "联系人姓名和电子邮箱合起来过长")
    key = sending.standing(form, nonce, _PLACE, at, [stack.key("nonce_key")])
    form.done()
    public = {"name": name, "credit_code": credit_code, "city": city}
    since = inbox.sent(
        "request",
        nonce,
        body=public | {"contact": sealed(contact, stack.seal_public())},
        body_hash=digest(key, public | private),
        at=at,
        about={"city": city},
    )
    if request.wants_page:
        return html(201, notes.page(place, "requested"))
    return data(201, {"result": "recorded", "at": since})


def _city(form: Form) -> str:
    """Read the city: six digits of GB/T 2260, and one of the stack's where it says which it has."""
    city = form.text("city", "所在城市", most=6, least=6)
    known = [code for code, _ in stack.cities()]
    if city and not (city.isascii() and city.isdigit() and (not known or city in known)):
        return form.fault("city", "not-allowed", "请选择所在城市（六位行政区划代码）")
    return city


def _page(place: Place, nonce: str) -> str:
    words = _WORDS[place.lang]
    inputs = "".join(
        f'<label>{words[name]}<input name="{name}" required maxlength="{most}" {kind}></label>'
        for name, most, kind in _INPUTS
    )
    options = "".join(f'<option value="{escape(code)}">{escape(name)}</option>' for code, name in stack.cities())
    if options:
        inputs += f'<label>{words["city"]}<select name="city" required>{options}</select></label>'
    else:
        inputs += (
            f'<label>{words["city"]}{words["city_code"]}<input name="city" required inputmode="numeric" '
            'pattern="[0-9]{6}" maxlength="6"></label>'
        )
    body = (
        f"<section><h1>{words['title']}</h1><p>{words['why']}</p>"
        f'<form method="post" action="{place.link("/requests")}"><input type="hidden" name="nonce" '
        f'value="{nonce}">{inputs}<button>{words["send"]}</button></form></section>'
    )
    return document(place, words["title"], body)
