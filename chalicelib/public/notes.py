"""Short pages that say one thing: a report was received, a request was received, a form had faults."""

from chalicelib.public.shell import Place, banner, call, document, escape
from chalicelib.rules.errors import Fault

_SAID = {
    "zh": {
        "reported": ("举报", "已收到", f"举报将转交所属企业和行业协会核实。遇到危险请立即拨打{call('110')}。"),
        "requested": ("开户申请", "已收到", "管理员核对企业信息后，会按您留下的联系方式通知您。"),
    },
    "en": {
        "reported": (
            "Report",
            "Received",
            f"The company and the association will look into it. In danger, call {call('110')} at once.",
        ),
        "requested": (
            "Request for an account",
            "Received",
            "After checking the company the administrator will write to the contact you left.",
        ),
    },
}
_BACK = {"zh": "返回查验结果", "en": "Back to the result"}
_FAULT = {"zh": ("提示", "未能完成", "返回再试"), "en": ("Note", "Not done", "Try again")}


def page(place: Place, key: str, back: str = "") -> str:
    """Give the page that something was received, with the way back to a path where there is one."""
    small, large, lead = _SAID[place.lang][key]
    body = banner("plain", small, large, lead)
    if back:
        body += f'<p><a class="button" href="{place.link(back)}">{_BACK[place.lang]}</a></p>'
    return document(place, f"{small} {large}", body)


def refusal(place: Place, title: str, faults: tuple[Fault, ...] = ()) -> str:
    """Give the page of a refusal with every fault at once, in Chinese as the rules say them, and the way back."""
    small, large, again = _FAULT[place.lang]
    lines = "".join(f'<li class="bad">{escape(fault.message)}</li>' for fault in faults)
    body = banner("grey", small, large, escape(title))
    body += f"<section><ul>{lines}</ul></section>" if lines else ""
    body += f'<p><a class="button" href="{place.link(place.path)}">{again}</a></p>'
    return document(place, f"{small} {large}", body)
