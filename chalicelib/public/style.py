"""The one style sheet of the public pages, inline, and the policy that lets a browser use nothing else."""

from binascii import b2a_base64

from chalicelib import settings
from chalicelib.rules.digest import sha256

STYLE = (
    ":root{color-scheme:light}*{box-sizing:border-box}"
    "html{font-size:112.5%;-webkit-text-size-adjust:100%}"
    "body{margin:0;background:#eef1f4;color:#15191e;line-height:1.6;"
    'font-family:system-ui,-apple-system,"PingFang SC","HarmonyOS Sans SC","Microsoft YaHei",'
    '"Noto Sans CJK SC",sans-serif;overflow-wrap:anywhere}'
    "a{color:#0b4f9e}:focus-visible{outline:3px solid #0b4f9e;outline-offset:2px}"
    ".skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:#fff;padding:.5rem}"
    "header,main,footer{max-width:40rem;margin:0 auto;padding:0 1rem}"
    "header{display:flex;justify-content:space-between;align-items:center;gap:1rem;"
    "padding:.6rem 1rem;min-height:3.2rem}"
    "header b{font-size:1.05rem}header small{display:block;color:#434a54}"
    "header a{flex:none;padding:.4rem .2rem}"
    "section{background:#fff;border:1px solid #cfd6dd;border-radius:.6rem;padding:.9rem 1rem;"
    "margin:0 0 .8rem}"
    "h1,h2,p,ul,ol,dl,dd{margin:0}section>h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.05rem;margin-bottom:.4rem}p+p{margin-top:.4rem}"
    "ul,ol{padding-left:1.2rem}li+li{margin-top:.3rem}"
    ".top{border:0;border-radius:.6rem;padding:1.1rem 1rem}"
    ".top div{display:flex;gap:.9rem;align-items:center}"
    ".top svg{flex:none;width:4rem;height:4rem}"
    ".top h1{font-size:1.75rem;line-height:1.25}.top h1 span{display:block;font-size:1.05rem;font-weight:600}"
    ".top h1:lang(en){font-size:1.25rem}"
    ".top p{margin-top:.7rem;font-size:1.05rem}"
    ".green{background:#0a6236;color:#fff}.red{background:#a50e1e;color:#fff}"
    ".grey{background:#434a54;color:#fff}.yellow{background:#ffd232;color:#15191e}"
    ".plain{background:#0b4f9e;color:#fff}.top a{color:inherit}"
    ".why{padding:0;list-style:none}"
    ".why li{border-left:.3rem solid #434a54;padding-left:.6rem;font-weight:600}"
    ".who dl{display:grid;grid-template-columns:fit-content(50%) 1fr;gap:.2rem .9rem}"
    ".who dl+p{margin-top:.5rem}"
    ".who dt{color:#434a54}.who dd{font-weight:600}"
    ".who img{float:right;width:6rem;height:7.5rem;object-fit:cover;border:1px solid #cfd6dd;"
    "border-radius:.4rem;margin:0 0 .5rem .8rem}"
    ".ticks{list-style:none;padding:0}.ticks li{display:flex;gap:.6rem;padding:.45rem 0;margin:0;"
    "border-top:1px solid #e1e6eb}.ticks li:first-child{border:0}"
    ".ticks svg{flex:none;width:1.5rem;height:1.5rem;margin-top:.1rem}"
    ".ticks b{display:block}.ticks span{color:#343a42}"
    "form{margin:0}label{display:block;margin:.6rem 0}"
    "input,textarea,select{display:block;width:100%;font:inherit;padding:.55rem;margin-top:.2rem;"
    "border:1px solid #5b6570;border-radius:.4rem;background:#fff;color:#15191e}"
    "[type=radio],[type=checkbox]{display:inline;width:auto;margin:0 .5rem 0 0}"
    "fieldset{border:0;padding:0;margin:.6rem 0}"
    "button,.button{display:block;width:100%;min-height:3.2rem;font:inherit;font-size:1.15rem;font-weight:700;"
    "border:2px solid #0b4f9e;border-radius:.5rem;background:#0b4f9e;color:#fff;padding:.5rem;"
    "margin-top:.6rem;text-align:center;text-decoration:none}"
    ".second{background:#fff;color:#0b4f9e}main>p{margin:0 0 .8rem}"
    "button.quiet{background:#fff;color:#8c1020;border-color:#8c1020}"
    "details{margin-top:.6rem}summary{cursor:pointer;padding:.5rem 0;color:#0b4f9e;text-decoration:underline}"
    "footer{color:#343a42;padding-bottom:1.5rem;font-size:.9rem}small{font-size:.85rem}"
    ".code{text-align:center}.code svg{display:block;width:100%;max-width:24rem;margin:0 auto}[hidden]{display:none}"
    ".bad{color:#8c1020;font-weight:600}"
    "@media(prefers-contrast:more){section,input,textarea{border-color:#000}small,header small,.who dt{color:#000}"
    ".top{border:3px solid #000}.ticks svg{stroke:#000}}"
    "@media print{form,.skip,header a{display:none}.top{background:none;color:#000;border:2px solid}"
    "section{break-inside:avoid}main:has(.sheet)>:not(.sheet){display:none}.sheet{border:0;text-align:center}"
    ".sheet svg{width:9cm;max-width:100%}.sheet dl{justify-content:center}.sheet ol{text-align:left}}"
    "@media screen{.sheet{display:none}}"
    "@media(forced-colors:active){.top,section{border:3px solid}.ticks svg{stroke:CanvasText}}"
    "@media(max-width:26rem){.who img+dl{display:block}.who img+dl dd{margin-bottom:.3rem}}"
    "@media(max-width:21rem){.top svg{width:3rem;height:3rem}.top h1:lang(en){font-size:1.1rem}}"
    "@media(min-width:44rem){main{padding-top:.6rem}"
    "section{padding:1.1rem 1.4rem}.top{padding:1.5rem 1.4rem}}"
)
_HASH = b2a_base64(sha256(STYLE.encode()).digest(), newline=False).decode()


_policies: dict[tuple[str | None, bool], str] = {}


def content_policy(scripted: bool = False) -> str:
    """Give the Content-Security-Policy: this style, forms to this host, photos from PHOTOS, no script.

    A `scripted` page may run what this host serves, and be installed with its icons.
    """
    photos = settings.optional("PHOTOS")
    found = _policies.get((photos, scripted))
    if found is None:
        found = _policy(photos or "'self'") if not scripted else _policy(f"{photos or ''} 'self'".strip()) + _SCRIPTED
        _policies[photos, scripted] = found
    return found


_SCRIPTED = "; script-src 'self'; manifest-src 'self'; worker-src 'self'; connect-src 'self'"


def _policy(photos: str) -> str:
    return (
        f"default-src 'none'; style-src 'sha256-{_HASH}'; img-src {photos}; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
