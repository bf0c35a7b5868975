"""What a page shows to a browser that looks closely: faults of access (axe-core), a page too wide, errors it told."""

from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, TimeoutError

from scripts import website

AXE = website.ADMIN / "node_modules" / "axe-core" / "axe.min.js"
_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
_CONTRAST = {"type": "rule", "values": ["color-contrast"]}
_ASK = """(only) => axe.run(document, { runOnly: only, resultTypes: ['violations'] })
  .then(({ violations }) => violations.map((one) => ({
    rule: one.id, impact: one.impact, help: one.help, nodes: one.nodes.map((node) => node.target.join(' ')),
  })))"""
_IS_DARK = "() => matchMedia('(prefers-color-scheme: dark)').matches"
_BEFORE = """(() => {
  window.underWay = 0
  const real = window.fetch
  window.fetch = async (...told) => {
    window.underWay += 1
    try { return await real(...told) } finally { window.underWay -= 1 }
  }
})()"""
_QUIET = """() => window.underWay === 0 && document.querySelector('h1:not([data-left])')
  && !document.querySelector('.el-skeleton, .loading')"""

# colours and sizes would otherwise go over to new ones frames later, and late on a busy machine
_STILL = """() => {
  const still = new CSSStyleSheet()
  still.replaceSync('*, *::before, *::after { transition: none !important; animation: none !important }')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, still]
}"""
_DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
_LEAVE = "(hash) => location.hash === hash || document.querySelector('h1')?.setAttribute('data-left', '')"
_OVER = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  const over = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > width + 1)
  const name = (one) => [one.tagName.toLowerCase(), ...one.classList].join('.')
  return [`${document.documentElement.scrollWidth - width} px: ${over.slice(-3).map(name).join(' | ')}`]
}"""

_FAINT = """(least) => {
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number)
  const linear = (part) => part <= 10.31 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4
  const light = ([red, green, blue]) => 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  const behind = (one) => {
    const ground = parts(getComputedStyle(one).backgroundColor)
    return ground[3] !== 0 ? ground : one.parentElement ? behind(one.parentElement) : [255, 255, 255]
  }
  const ratio = (one, colour) => {
    const [more, less] = [light(parts(colour)), light(behind(one))].sort((a, b) => b - a)
    return (more + 0.05) / (less + 0.05)
  }
  const says = (one) => [...one.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim())
  const colour = (one) => getComputedStyle(one)[one.tagName === 'svg' ? 'stroke' : 'color']
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.checkVisibility() && (one.tagName === 'svg' || says(one)))
    .map((one) => [one, ratio(one, colour(one))]).filter(([, found]) => found < least)
    .map(([one, found]) => `${one.tagName.toLowerCase()} ${one.textContent.trim()}: ${found.toFixed(1)}`)
}"""


class View(NamedTuple):
    """How a page is looked at: its language (`zh` or `en`), the window in CSS pixels, its colours."""

    language: str = "zh"
    width: int = 360
    height: int = 740
    colours: Literal["light", "dark"] = "light"

    @property
    def name(self) -> str:
        """Name it for a file: zh-360, zh-1280-dark."""
        return f"{self.language}-{self.width}{'-dark' if self.colours == 'dark' else ''}"


class Seen(NamedTuple):
    """What was found on a page, in words: faults of access, what scrolls sideways, errors that it told."""

    faults: tuple[str, ...]
    wide: tuple[str, ...]
    errors: tuple[str, ...]


def context(browser: Browser, view: View) -> BrowserContext:
    """Open a window whose pages can be asked; moves and fades are off, as for who asked for that."""
    opened = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        locale="zh-CN" if view.language == "zh" else "en-GB",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
        color_scheme=view.colours,
    )
    opened.set_default_timeout(40_000)
    opened.add_init_script(_BEFORE)
    return opened


def listen(page: Page) -> list[str]:
    """Write down from now on what goes wrong on a page: exceptions, and errors of the console."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(f"exception: {error}"))
    page.on("console", lambda line: told.append(f"console: {line.text}") if _counts(line) else None)
    return told


def _counts(line: ConsoleMessage) -> bool:
    """Tell whether a line of the console is a fault; an answer of 400 and up is the page's to tell in words."""
    return line.type == "error" and not line.text.startswith("Failed to load resource")


def leave(page: Page, address: str) -> None:
    """Mark the heading of a page that is about to be left for another address of the same document."""
    page.evaluate(_LEAVE, f"#{address}")


def settle(page: Page) -> None:
    """Wait until nothing is on its way any more and the page has its heading; TimeoutError names the page."""
    try:
        page.wait_for_function(_QUIET)
        page.wait_for_timeout(60)
        page.wait_for_function(_QUIET)
    except TimeoutError as error:
        raise TimeoutError(f"{page.url} did not come to rest, or has no heading") from error


def look(page: Page, told: list[str]) -> Seen:
    """Look at a page that has settled; what it told is forgotten for the next look."""
    errors = tuple(told)
    told.clear()
    return Seen(faults(page), wide(page), errors)


def faults(page: Page) -> tuple[str, ...]:
    """Ask axe-core; give each fault with its weight and the first places of it, those of dark colours at the end."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8") + ";0")
        page.evaluate(_STILL)
    page.evaluate(_DRAWN)
    as_is = _asked(page, _RULES)
    before: Literal["light", "dark"] = "dark" if page.evaluate(_IS_DARK) else "light"
    page.emulate_media(color_scheme="dark")
    page.evaluate(_DRAWN)
    dark = _asked(page, _CONTRAST)
    page.emulate_media(color_scheme=before)
    page.evaluate(_DRAWN)
    return (*as_is, *(f"dark: {one}" for one in dark if one not in as_is))


def _asked(page: Page, only: dict[str, Any]) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate(_ASK, only)
    return [f"{one['impact']}: {one['rule']} ({one['help']}) at {' | '.join(one['nodes'][:4])}" for one in found]


def wide(page: Page) -> tuple[str, ...]:
    """Name what makes a page scroll sideways: as it is, and with type of twice the size, as some have set it."""
    as_is = _over(page)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate(_DRAWN)
    large = _over(page)
    page.evaluate("document.documentElement.style.fontSize = ''")
    page.evaluate(_DRAWN)
    return (*as_is, *(f"large type: {one}" for one in large))


def _over(page: Page) -> list[str]:
    found: list[str] = page.evaluate(_OVER)
    return found


def faint(page: Page, least: float) -> list[str]:
    """Name each word and drawn sign of a page whose contrast to what is behind it is below `least`, with its own."""
    found: list[str] = page.evaluate(_FAINT, least)
    return found
