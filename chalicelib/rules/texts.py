"""What the public reads: a sentence for each reason and colour, and what to do; Chinese, English (A4).

Constant but for days, so that nothing here needs escaping. Light: the public check imports this.
"""

from chalicelib.rules.colour import Colour, Reason, Verdict
from chalicelib.rules.light import timedelta

_DAY = timedelta(days=1)

# `{since}` is the first day of the reason, `{last}` the day before
_DATED = {
    "certificate-suspended": ("证件自{since}起暂停使用", "The certificate is suspended since {since}"),
    "certificate-lost": ("证件已于{since}挂失", "The certificate was reported lost on {since}"),
    "certificate-replaced": (
        "证件已于{since}换发，本码作废，请扫新证",
        "The certificate was replaced on {since}; this code is void, scan the new one",
    ),
    "certificate-revoked": ("证件已于{since}注销", "The certificate was revoked on {since}"),
    "certificate-expired": ("证件已于{last}到期", "The certificate ended on {last}"),
    "review-overdue": ("年审期限已于{last}届满，尚未年审", "The annual review was due on {last}"),
    "consent-withdrawn": ("本人已停用（自{since}起）", "The holder has switched this code off since {since}"),
    "exam-lapsed": ("体检已于{last}到期", "The health exam ended on {last}"),
    "insurance-lapsed": ("保险已于{last}到期", "The insurance ended on {last}"),
}
_PLAIN = {
    "certificate-pending": ("证件尚未发放或尚未启用", "The certificate is not issued or not activated yet"),
    "certificate-suspended": ("证件已暂停使用", "The certificate is suspended"),
    "certificate-lost": ("证件已挂失", "The certificate was reported lost"),
    "certificate-replaced": (
        "证件已换发，本码作废，请扫新证",
        "The certificate was replaced; this code is void, scan the new one",
    ),
    "certificate-revoked": ("证件已注销", "The certificate was revoked"),
    "certificate-expired": ("证件已到期", "The certificate has ended"),
    "review-overdue": ("年审已逾期", "The annual review is overdue"),
    "consent-withdrawn": ("本人尚未同意公开查验信息", "The holder has not agreed to be checked"),
    "exam-missing": ("未查到体检记录", "No health exam on record"),
    "exam-lapsed": ("体检尚未生效", "The health exam does not count yet"),
    "exam-weak": ("体检类别达不到服务类型的要求", "The health exam is of too low a category"),
    "insurance-missing": ("未查到保险记录", "No insurance on record"),
    "insurance-lapsed": ("保险尚未生效", "The insurance has not begun yet"),
    "insurance-no-third-party": ("保险不含第三者责任险", "The insurance has no third-party liability cover"),
    "background-pending": ("安全核查尚无结论", "The safety check has no conclusion yet"),
    "background-failed": ("安全核查未通过", "The safety check was not passed"),
    "recheck-overdue": ("安全核查的定期复查已逾期", "The regular safety check is overdue"),
    "identity-unverified": ("身份信息尚未核验", "The identity is not verified yet"),
    "training-missing": ("未查到培训合格记录", "No training on record"),
    "company-suspended": ("所属企业已暂停服务", "The company has been suspended"),
    "data-unavailable": ("暂时无法核验", "Could not check just now"),
    "code-stale": ("过期动态码，可能是截图", "This live code is out of date; it may be a screenshot"),
}

_COLOURS = {
    Colour.GREEN: ("持证有效", "Certificate valid"),
    Colour.YELLOW: ("证件有效，但有材料到期或不齐", "Certificate in force, some papers ended or missing"),
    Colour.GREY: ("暂不能确认", "Cannot be confirmed"),
    Colour.RED: ("不推荐聘用", "Not recommended"),
}
_ADVICE = {
    Colour.GREEN: (
        "请核对照片与本人一致，再点“确认入户”",
        "Compare the photo with the person, then confirm entry",
    ),
    Colour.YELLOW: (
        "请核对照片；是否聘用由您自行决定，并请提醒其尽快补齐",
        "Compare the photo; whether to employ is your decision, and ask for the papers to be completed",
    ),
    Colour.GREY: (
        "确认之前，请勿仅凭此码让其入户；可拨打服务热线查询",
        "Until it is confirmed, do not let anyone in on this code alone; ask the hotline",
    ),
    Colour.RED: (
        "请勿让其入户；如有疑问，请点“举报”或拨打服务热线",
        "Do not let this person in; if in doubt, report it or call the hotline",
    ),
}
_ADVICE_BY_CODE = {
    "consent-withdrawn": ("请勿仅凭此码让其入户", "Do not let anyone in on this code alone"),
    "data-unavailable": (
        "请稍后再扫；着急时可拨打服务热线查询",
        "Scan again in a while, or ask the hotline",
    ),
    "code-stale": (
        "请让服务人员打开手机上的动态码，当面再扫一次",
        "Ask for the live code on the worker's phone and scan it again",
    ),
}
UNKNOWN = ("查无此码，不是本平台发出的证件", "No such code; it was not issued here")
"""What stands over the answer to a token nobody issued (404)."""

UNKNOWN_ADVICE = ("请勿让其入户，并请点“举报”", "Do not let this person in, and please report it")
"""What to do about a token nobody issued."""


def reason_text(reason: Reason) -> tuple[str, str]:
    """Say why, with the day where one is known (A4); of a safety ground never more than that it stands."""
    if reason.since and reason.code in _DATED:
        days = {"since": reason.since.isoformat(), "last": (reason.since - _DAY).isoformat()}
        chinese, english = _DATED[reason.code]
        return chinese.format(**days), english.format(**days)
    return _PLAIN[reason.code]


def objection_text(since: str) -> tuple[str, str]:
    """Say that the code is under review, which changes no colour (C8)."""
    return (
        f"持证人对此码有异议，自{since}起正在复核；结果出来前以现在的颜色为准",
        f"The holder objects to this code; it is under review since {since}. Until then the colour stands",
    )


def colour_text(colour: Colour) -> tuple[str, str]:
    """Say what a colour means (A2, S0 二)."""
    return _COLOURS[colour]


def advice_text(found: Verdict) -> tuple[str, str]:
    """Say what the household should do next (A4): the leading reason's own advice, else the colour's."""
    leading = found.reasons[0].code if found.reasons else ""
    return _ADVICE_BY_CODE.get(leading) or _ADVICE[found.colour]
