"""The words of the check's page, Chinese and English. Reasons have theirs in rules/texts.py."""

from chalicelib.rules.light import NamedTuple


class Told(NamedTuple):
    """What is said of one situation: the colour's word, the finding, one sentence, and what to do next.

    `inside` is for who has let the person in already; `{}` in it is the city's hotline as a link.
    """

    colour: str
    finding: str
    lead: str
    steps: tuple[str, ...]
    inside: tuple[str, ...] = ()


class Check(NamedTuple):
    """A check's name, and its words for ok, lapsed, failed and unknown."""

    name: str
    ok: str
    lapsed: str
    failed: str
    unknown: str


_CALL = '<a href="tel:110">110</a>'
_INSIDE = (
    f"感到不安全，先带家人离开房间或出门，拨打{_CALL}。",
    "不必争执，可以说“今天先到这里”，请对方收拾物品离开。服务随时可以停止，费用之后与企业结算，不必当场付清。",
    "打电话给派出此人的企业，说明情况，要求换人。",
    "点下方“<a href=\"#report\">举报</a>”一次，行业协会会核实；需要帮助可拨打热线{}。",
)
_INSIDE_EN = (
    f"If you feel unsafe, take your family out of the room or the flat first and call the police on {_CALL}.",
    "No need to argue: say “that is all for today” and ask the person to pack up and go. You may end the service "
    "at any time; settle the price with the company later, not at the door.",
    "Call the company that sent this person and ask for someone else.",
    "Tap “<a href=\"#report\">Report</a>” below once; the association will look into it. For help call the hotline {}.",
)

TOLD: dict[str, dict[str, Told]] = {
    "zh": {
        "green": Told(
            "绿码",
            "合格",
            "证书有效，体检、保险今天都在有效期内。",
            (
                "请对方出示身份证，与本页姓名核对一致后再入户。",
                "入户后点“确认入户”，留下记录。",
            ),
        ),
        "yellow": Told(
            "黄码",
            "有事项须留意",
            "下列事项已到期或不符合要求，是否聘用由您自行决定。",
            (
                "先看清上面的原因，再决定是否让对方入户。",
                "请对方出示身份证，与本页姓名核对一致。",
                "可请对方联系所属企业补齐。",
            ),
        ),
        "red": Told(
            "红码",
            "不推荐聘用",
            "请勿凭此码让对方入户。",
            ("请联系派出此人的企业，要求更换人员。", f"对方坚持入户或您感到不安全时，请拨打{_CALL}。"),
            _INSIDE,
        ),
        "grey": Told(
            "灰码",
            "暂时无法确认",
            "有信息尚未核实，现在不能确认此人合格。",
            (
                "请对方联系所属企业补齐信息，之后重新扫码。",
                "在变为绿码之前，请勿仅凭此码让其入户。",
            ),
        ),
        "withdrawn": Told(
            "灰码",
            "本人已停用",
            "持证人已停用此码，不再公开任何信息。请勿仅凭此码让其入户。",
            ("请联系派出此人的企业，核实身份后再决定。",),
        ),
        "stale": Told(
            "灰码",
            "动态码已过期",
            "过期动态码，可能是截图，不能作为凭证。",
            ("请对方当面打开手机上的安心码，重新扫一次。", "对方只能出示截图的，请勿让其入户。"),
        ),
        "unknown": Told(
            "灰码",
            "查无此码",
            "本平台没有这个码。请勿凭此码让任何人入户。",
            ("请核对扫码后打开的网址是否为下方的官方网址。", "请联系派出此人的企业，并点“举报”告诉我们。"),
            _INSIDE,
        ),
        "unavailable": Told(
            "灰码",
            "暂时无法查验",
            "系统暂时读不到数据，既不能说明合格，也不能说明不合格。",
            ("请过一分钟刷新本页。", "仍然不行，请拨打热线人工查验；查清之前请勿让其入户。"),
        ),
    },
    "en": {
        "green": Told(
            "Green",
            "Qualified",
            "The certificate is in force; health exam and insurance are valid today.",
            (
                "Ask for the identity card and compare the name with this page before letting anyone in.",
                "Then tap “Confirm entry”. It leaves a record.",
            ),
        ),
        "yellow": Told(
            "Yellow",
            "Something needs attention",
            "The points below have lapsed or fall short. Whether to engage this worker is up to you.",
            (
                "Read the reasons above before you let anyone in.",
                "Ask for the identity card and compare the name with this page.",
                "The worker's company can put it right.",
            ),
        ),
        "red": Told(
            "Red",
            "Not recommended",
            "Do not let anyone in on this code.",
            (
                "Call the company that sent this person and ask for someone else.",
                f"If the person insists or you feel unsafe, call the police on {_CALL}.",
            ),
            _INSIDE_EN,
        ),
        "grey": Told(
            "Grey",
            "Cannot be confirmed now",
            "Some information has not been verified, so we cannot vouch for this person now.",
            (
                "The worker's company can complete the information; then scan again.",
                "Until the code is green, do not let anyone in on this code alone.",
            ),
        ),
        "withdrawn": Told(
            "Grey",
            "Switched off by its holder",
            "The holder has switched this code off and shows nothing any more. "
            "Do not let anyone in on this code alone.",
            ("Call the company that sent this person and verify who it is first.",),
        ),
        "stale": Told(
            "Grey",
            "Live code out of date",
            "This live code is too old. It may be a screenshot and proves nothing.",
            (
                "Ask the person to open the code on their own phone in front of you, and scan again.",
                "If there is only a screenshot, do not let the person in.",
            ),
        ),
        "unknown": Told(
            "Grey",
            "No such code",
            "This platform has no such code. Do not let anybody in on it.",
            (
                "Compare the address that your phone opened with the official one below.",
                "Call the company that sent this person, and tap “Report” to tell us.",
            ),
            _INSIDE_EN,
        ),
        "unavailable": Told(
            "Grey",
            "Could not check",
            "The data could not be read just now. It does not say whether the person is qualified.",
            (
                "Reload this page in a minute.",
                "If it still fails, call the hotline; let nobody in until it is clear.",
            ),
        ),
    },
}

CHECKS: dict[str, dict[str, Check]] = {
    "zh": {
        "certificate": Check("上门服务证", "有效", "已到期", "无效", "未生效或无记录"),
        "identity": Check("身份信息", "已核验", "须重新核验", "未通过", "未核验"),
        "health_exam": Check("健康体检", "有效", "今天不符合要求", "未通过", "无记录"),
        "insurance": Check("保险", "有效", "今天不符合要求", "未通过", "无记录"),
        "background": Check("安全核查", "已通过", "复查逾期", "安全核查未通过", "核查中或无记录"),
        "training": Check("岗前培训", "符合要求", "须重新培训", "未完成", "无记录"),
    },
    "en": {
        "certificate": Check("Service certificate", "in force", "expired", "not in force", "pending or no record"),
        "identity": Check("Identity", "verified", "to be verified again", "not passed", "not verified"),
        "health_exam": Check("Health exam", "valid", "falls short today", "not passed", "no record"),
        "insurance": Check("Insurance", "valid", "falls short today", "not passed", "no record"),
        "background": Check(
            "Background check",
            "passed",
            "re-check overdue",
            "safety check not passed",
            "pending or no record",
        ),
        "training": Check("Training", "meets the rules", "to be renewed", "not completed", "no record"),
    },
}

WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "brand": "安心码",
        "about": "家政服务人员查验",
        "other": "English",
        "skip": "跳到结果",
        "checked_at": "查验时间",
        "zone": "（北京时间）",
        "next": "接下来怎么做",
        "why": "原因",
        "inside": "人已经进门了，怎么办",
        "who": "持证人",
        "photo": "持证人照片",
        "compare": "请核对来人与照片和此处信息是否一致。",
        "no_photo": "此码尚无照片。请核对来人的身份证与此处信息是否一致。",
        "checks": "查验了什么",
        "to": "至",
        "ended": "已于 {} 到期",
        "on": "核查日期",
        "third_party": "含第三者责任",
        "no_third_party": "不含第三者责任",
        "unless": "如无其他变化，以上结果保持至",
        "live": "本次扫描的是手机动态码。",
        "printed": "本次扫描的是印制码（实体证）。",
        "stale": "本次扫描的是过期的动态码。",
        "confirm": "确认入户",
        "confirm_why": "核对无误、对方进门后点一次即可，会生成您自己的服务记录链接。",
        "phone": "您的手机号（选填，加密保存，仅用于本次服务的安全提醒）",
        "more": "留下手机号（选填）",
        "report": "不是本人 / 举报可疑",
        "report_why": "点一下即可举报，将转交行业协会核实。",
        "report_more": "补充说明（选填）",
        "note": "情况说明（200字以内，请勿填写他人身份证号）",
        "not_the_person": "来人不是本人",
        "suspicious": "其他可疑情况",
        "kind": "举报事由",
        "fake": "怎样辨别假码",
        "official": "官方网址：",
        "fake_why": "真码扫码后只会打开这个网址，网址不同就是假码。本页不收费、不要密码、不需要下载应用。",
        "hotline": "热线：",
        "lookup": "没有码？按证书编号查验",
        "policy": "规则版本",
        "about_category": "（{}）",
        "stop": "。",
    },
    "en": {
        "brand": "Anxinma 安心码",
        "about": "Check of domestic workers",
        "other": "中文",
        "skip": "Skip to the result",
        "checked_at": "Checked at",
        "zone": " (Beijing time)",
        "next": "What to do next",
        "why": "Reasons",
        "inside": "Already inside? What to do",
        "who": "Holder",
        "photo": "Photo of the holder",
        "compare": "Compare the person in front of you with the photo and these details.",
        "no_photo": "There is no photo for this code yet. Compare the person's identity card with these details.",
        "checks": "What was checked",
        "to": "until",
        "ended": "ended on {}",
        "on": "checked on",
        "third_party": "with third-party liability",
        "no_third_party": "without third-party liability",
        "unless": "If nothing else changes, this result holds until",
        "live": "You scanned the live code on a phone.",
        "printed": "You scanned the printed code (card).",
        "stale": "You scanned a live code that is out of date.",
        "confirm": "Confirm entry",
        "confirm_why": "Tap once when the person is in. You get a private link to the record of this visit.",
        "phone": "Your phone (optional, kept encrypted, used for safety notices of this visit only)",
        "more": "Leave a phone number (optional)",
        "report": "Not this person / report",
        "report_why": "One tap is enough. The association will look into it.",
        "report_more": "Say more (optional)",
        "note": "What happened (up to 200 characters; no identity numbers, please)",
        "not_the_person": "This is not the person",
        "suspicious": "Something else is suspicious",
        "kind": "What is wrong",
        "fake": "How to tell a fake",
        "official": "Official address: ",
        "fake_why": "A true code opens this address and no other. "
        "This page never asks for money, a password or an app.",
        "hotline": "Hotline: ",
        "lookup": "No code? Check by certificate number",
        "policy": "Rules",
        "about_category": " ({})",
        "stop": ".",
    },
}
