"""The check's page: the answer in plain words, without script, in one request (A4, research B5)."""

from chalicelib.public.shell import Place, banner, call, document, escape, symbol
from chalicelib.public.words import CHECKS, TOLD, WORDS, Told
from chalicelib.rules.light import Any

Answer = dict[str, Any]


def page(answer: Answer, place: Place, *, holder: str | None, token: str | None) -> str:
    """Join the page of an answer.

    `holder` is the ready fragment of the code's item, safe already; `token` is what the forms are sent to,
    None when nothing can be sent.
    """
    situation = situation_of(answer)
    told = TOLD[place.lang][situation]
    body = (
        banner(answer["colour"], told.colour, told.finding, _lead(answer, place, told))
        + why(answer, place)
        + _objection(answer, place)
        + _who(answer, place, holder)
        + _steps(WORDS[place.lang]["next"], told.steps, "next")
        + (_steps(WORDS[place.lang]["inside"], told.inside, "inside", call(place.hotline)) if told.inside else "")
        + (_confirm(answer, place, token) if token and answer["visit"] and situation != "unknown" else "")
        + _checks(answer, place)
        + (_report(answer, place, token) if token and answer["report"] else "")
    )
    return document(place, f"{told.colour} {told.finding}", body)


def situation_of(answer: Answer) -> str:
    """Name the situation whose words fit: the colour, or why it is grey."""
    if answer["result"] != "known":
        found: str = answer["result"]
        return found
    if answer["colour"] == "grey":
        since = {reason["code"]: reason["since"] for reason in answer["reasons"]}
        if since.get("consent-withdrawn"):
            return "withdrawn"
        if "code-stale" in since:
            return "stale"
    colour: str = answer["colour"]
    return colour


def _lead(answer: Answer, place: Place, told: Told) -> str:
    words = WORDS[place.lang]
    at = answer["as_of"]
    shown = f'{words["checked_at"]} <time datetime="{at}">{at[:10]} {at[11:19]}</time>{words["zone"]}'
    inside = f'</p><p><a href="#inside">{words["inside"]}</a>' if told.inside else ""
    return f"{told.lead}</p><p>{shown}{inside}"


def why(answer: Answer, place: Place) -> str:
    """List the reasons of an answer; nothing where there are none."""
    key = "text_en" if place.lang == "en" else "text"
    texts = [reason.get(key) or reason["text"] for reason in answer["reasons"]]
    if not texts or answer["result"] == "unavailable":
        return ""
    lines = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<section><h2>{WORDS[place.lang]["why"]}</h2><ul class="why">{lines}</ul></section>'


def _objection(answer: Answer, place: Place) -> str:
    if "objection" not in answer:
        return ""
    return f"<section><p>{escape(answer['objection']['text_en' if place.lang == 'en' else 'text'])}</p></section>"


def _who(answer: Answer, place: Place, holder: str | None) -> str:
    if answer["holder"] is None or holder is None:
        return ""
    words = WORDS[place.lang]
    photo = answer["holder"].get("photo")
    picture = f'<img src="{escape(photo)}" alt="{words["photo"]}" width="96" height="120">' if photo else ""
    compare = words["compare" if photo else "no_photo"]
    return f'<section class="who"><h2>{words["who"]}</h2>{picture}{holder}<p>{compare}</p></section>'


def _steps(title: str, steps: tuple[str, ...], name: str, call: str = "") -> str:
    lines = "".join(f"<li>{step.format(call)}</li>" for step in steps)
    return f'<section id="{name}"><h2>{title}</h2><ol>{lines}</ol></section>'


_SIGNS = {"ok": ("green", "#0a6236"), "unknown": ("grey", "#434a54"), "lapsed": ("yellow", "#7a5600")}
_FAILED = ("red", "#a50e1e")


def _checks(answer: Answer, place: Place) -> str:
    checks = answer["checks"]
    if checks is None:
        return ""
    words = WORDS[place.lang]
    lines = "".join(_tick(name, checks[name], answer["day"], place) for name in CHECKS[place.lang])
    kind = words[answer["code"]["kind"]]
    until = (
        f"<p><small>{words['unless']} <time>{answer['until']}</time>{words['stop']}</small></p>"
        if answer["until"]
        else ""
    )
    rules = f" {words['policy']} {escape(answer['policy'])}" if answer["policy"] else ""
    return (
        f'<section><h2>{words["checks"]}</h2><ul class="ticks">{lines}</ul>{until}'
        f"<p><small>{kind}{rules}</small></p></section>"
    )


def _tick(name: str, check: dict[str, Any], day: str, place: Place) -> str:
    """Give one line: sign, name, finding in words, and its day."""
    check_words = CHECKS[place.lang][name]
    state: str = check["state"]
    said = _said(check, getattr(check_words, state), day, WORDS[place.lang])
    sign, colour = _SIGNS.get(state, _FAILED)
    category = check.get("category")
    title = check_words.name
    if category:
        title += WORDS[place.lang]["about_category"].format(escape(category))
    between = ", " if place.lang == "en" else "，"
    return f"<li>{symbol(sign, colour)}<div><b>{title}</b><span>{between.join(said)}</span></div></li>"


def _said(check: dict[str, Any], finding: str, day: str, words: dict[str, str]) -> list[str]:
    """Put a check's finding and its days into words."""
    until = check.get("until")
    if until and check["state"] == "ok":
        found = [finding, f"{words['to']} <time>{until}</time>"]
    elif until and until < day and check["state"] == "lapsed":
        found = [words["ended"].format(f"<time>{until}</time>")]
    else:
        found = [finding]
    if check.get("checked_on"):
        found.append(f"{words['on']} <time>{check['checked_on']}</time>")
    if check.get("third_party") is not None:
        found.append(words["third_party" if check["third_party"] else "no_third_party"])
    return found


def _confirm(answer: Answer, place: Place, token: str) -> str:
    words = WORDS[place.lang]
    return (
        f'<section><form method="post" action="{place.link(f"/v/{token}/visits")}">'
        f"<p>{words['confirm_why']}</p>{_nonce(answer['visit'])}"
        f"<button>{words['confirm']}</button><details><summary>{words['more']}</summary>"
        f'<label>{words["phone"]}<input name="phone" type="tel" inputmode="tel" autocomplete="tel" '
        'maxlength="20"></label></details></form></section>'
    )


def _report(answer: Answer, place: Place, token: str) -> str:
    words = WORDS[place.lang]
    return (
        f'<section id="report"><form method="post" action="{place.link(f"/v/{token}/reports")}">'
        f"<p>{words['report_why']}</p>{_nonce(answer['report'])}"
        f'<button class="quiet">{words["report"]}</button><details><summary>{words["report_more"]}</summary>'
        f"<fieldset><legend>{words['kind']}</legend>"
        '<label><input type="radio" name="kind" value="not-the-person" checked>'
        f"{words['not_the_person']}</label>"
        f'<label><input type="radio" name="kind" value="suspicious">{words["suspicious"]}</label></fieldset>'
        f'<label>{words["note"]}<textarea name="note" rows="3" maxlength="200"></textarea></label>'
        f'<label>{words["phone"]}<input name="phone" type="tel" inputmode="tel" autocomplete="tel" '
        'maxlength="20"></label></details></form></section>'
    )


def _nonce(nonce: dict[str, str]) -> str:
    return f'<input type="hidden" name="nonce" value="{nonce["nonce"]}">'
