"""The sheet of paper for who has no smartphone (G6): the printed code, large, whose it is, and how it is checked."""

from typing import Any

from chalicelib.public.shell import Place, escape, host

_WORDS = {
    "zh": {
        "title": "居家上门服务安心码",
        "name": "姓名",
        "number": "证书编号尾号",
        "company": "所属企业",
        "how": "怎样查验",
        "steps": (
            "打开手机相机、微信或支付宝，扫描上面的码。",
            "看颜色和文字：绿码合格，黄码有事项须留意，红码、灰码请勿凭此入户。",
            "请来人出示身份证，与扫码后显示的姓名、照片核对。",
        ),
        "only": "真码只会打开这个网址：",
        "paper": "颜色以当场扫码的结果为准，纸上不印颜色。",
        "print": "打印纸质码（给不用手机的人）",
    },
    "en": {
        "title": "Code for domestic service",
        "name": "Name",
        "number": "Certificate number ends in",
        "company": "Company",
        "how": "How to check",
        "steps": (
            "Scan the code above with a phone's camera, WeChat or Alipay.",
            "Look at colour and words: green is qualified, yellow needs attention; on red and grey let nobody in.",
            "Ask for the identity card and compare it with the name and photo that the scan shows.",
        ),
        "only": "A true code opens this address alone: ",
        "paper": "What counts is the colour of the scan; none is printed.",
        "print": "Print the code (for who uses no phone)",
    },
}


def section(place: Place, holder: dict[str, Any]) -> str:
    """Give the sheet, which is seen on paper alone, and the button that prints it; the script draws the code."""
    words = _WORDS[place.lang]
    rows = (
        (words["name"], holder["name"]),
        (words["number"], holder["certificate"]),
        (words["company"], holder["company"]),
    )
    lines = "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in rows if text)
    steps = "".join(f"<li>{step}</li>" for step in words["steps"])
    return (
        f'<p><button class="second" id="print" hidden>{words["print"]}</button></p>'
        f'<section class="sheet"><h2>{words["title"]}</h2><div id="printed"></div>'
        f'<div class="who"><dl>{lines}</dl></div><h2>{words["how"]}</h2><ol>{steps}</ol>'
        f"<p>{words['only']}<b>{escape(host())}</b></p><p>{words['paper']}</p></section>"
    )
