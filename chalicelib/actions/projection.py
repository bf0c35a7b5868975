"""A code is a function of its archive (invariant 3): read whole, recomputed, written over a lower revision only."""

from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from chalicelib.actions import own_pages, secrets
from chalicelib.outside import clock, policies
from chalicelib.public.holder import fragment
from chalicelib.records import archive_rows, archives, cities, codes, views
from chalicelib.records.codes import Code
from chalicelib.rules import numbers
from chalicelib.rules.appeal import objection
from chalicelib.rules.archive import Archive, Certificate, Former
from chalicelib.rules.city import City
from chalicelib.rules.colour import Verdict, facts_from, verdict
from chalicelib.rules.evidence import WITHDRAWN
from chalicelib.rules.facts import facts_of
from chalicelib.rules.json_text import written
from chalicelib.rules.line import line_of
from chalicelib.rules.policy import overridden


def project(key: str, *, anew: bool = False) -> bool:
    """Bring the codes of an archive up to it; False when there is none or a newer projection is there."""
    return any(publish(computed(archive, cities.fetch(archive.city)), anew=anew) for archive in read(key))


def read(key: str, rows: archives.Rows | None = None) -> list[Archive]:
    """Read an archive that is to be projected, of `rows` that may have been read just before: none when it is not there
    or nobody is to see of it."""
    archive = archives.find(key, rows)
    shown = archive and (archive.certificate or archive.phone_page or archive.worker.erased_on)
    return [archive] if archive and shown else []


class Made(NamedTuple):
    """What was computed of an archive: its codes, the live one last, and the keys of what leads to that."""

    archive: Archive
    codes: Sequence[Code] = ()
    leads: Sequence[str] = ()


def computed(archive: Archive, city: City) -> Made:
    """Compute the codes of an archive under a city that was read after it; none without certificate.

    Whoever decides for the city after that finds the archive no older than it was read, and projects it once more.
    """
    if archive.certificate is None:
        return Made(archive)
    certificate, today = archive.certificate, clock.today()
    try:
        dead = [_dead(archive, city, former, today) for former in certificate.former]
        return Made(archive, [*dead, _live(archive, city, certificate, today)], _leads(archive, certificate))
    except Exception:
        # what cannot be computed must not stay green: without facts the check answers that it could not check
        codes.publish(_bare(archive, city, certificate.token, today))
        _tell_worker(archive)
        raise


def publish_together(all: Sequence[Made]) -> set[str]:
    """Write the codes of archives that have but one each, at once; give the keys of the archives whose code is known
    to be written. `publish` sees to what else there is."""
    single = [made for made in all if len(made.codes) == 1]
    written = codes.publish_together([(made.codes[0], made.leads) for made in single])
    return {made.archive.key for made, done in zip(single, written, strict=True) if done}


def publish(made: Made, *, anew: bool = False, done: bool = False) -> bool:
    """Write the codes that were computed of an archive, unless that is `done`; False when a newer projection is there.

    `anew` also writes again what leads to the code. Before there is a certificate there is the worker's own page alone.
    """
    if not made.codes:
        return own_pages.project(views.key_of(made.archive.key))
    *dead, live = made.codes
    for code in dead:
        codes.publish(code)
    done = done or codes.publish(live, made.leads, anew=anew)
    if done:
        _tell_worker(made.archive)
    return done


def _tell_worker(archive: Archive) -> None:
    if archive.worker.erased_on or (archive.phone_page and archive.phone_page.hash):
        own_pages.project(views.key_of(archive.key))


def judged(facts: dict[str, Any], city: City, on: date) -> Verdict:
    """Judge the facts of an archive of a city, by the policy that the city follows on a day."""
    return verdict(facts_from(facts), overridden(policies.load(city.id), city.overrides), on)


def facts_for(archive: Archive, token: str | None) -> dict[str, Any]:
    """Give the facts that a token of an archive shows: those of today, or as what a former one died."""
    facts = facts_of(archive)
    for former in archive.held.former:
        if former.token == token:
            facts["certificate"] = {**facts["certificate"], "state": former.state}
    return facts


def _live(archive: Archive, city: City, certificate: Certificate, today: date) -> Code:
    code = _code(archive, city, certificate.token, facts_of(archive), today)
    holder = _holder(archive, certificate)
    code["holder"] = written(holder)
    code["holder_zh"], code["holder_en"] = fragment(holder, "zh"), fragment(holder, "en")
    generation = archive.phone_page.generation if archive.phone_page else 0
    code["live_secret"] = secrets.live_secret(certificate.token, generation)
    since = objection(archive)
    code["objection"] = str(since) if since else None
    if archive.worker.photo and archive.consent.stands and "photo" in archive.consent.separate:
        code["photo"], code["photo_hash"] = archive.worker.photo.key, archive.worker.photo.mark
    code["phone_page"] = archive.phone_page.hash if archive.phone_page else None
    stops = {"code": archive.stop.code, "since": str(archive.stop.since)} if archive.stop else None
    if archive.consent.withdrawn:  # not as a day alone: by the check's clock it may not have begun yet
        stops = {"code": WITHDRAWN, "since": str(archive.consent.withdrawn)}
    if stops:
        code["stop"], code["stop_revision"] = written(stops), archive.revision
    return code


def _dead(archive: Archive, city: City, former: Former, today: date) -> Code:
    """A dead token says as what it died, in red, and points nowhere (C6): neither holder nor live code."""
    facts = facts_for(archive, former.token)
    return _code(archive, city, former.token, facts, today)


def _code(archive: Archive, city: City, token: str, facts: dict[str, Any], today: date) -> Code:
    told = judged(facts, city, today)
    code: Code = {
        **_bare(archive, city, token, today), "region": archive.city, "overrides": written(city.overrides[:2]),
        "facts": line_of(facts), "nonce_key": secrets.code_secret("nonce", token), "colour": told.colour.name.lower(),
        "hotline": city.hotline,
    }  # fmt: skip
    if told.until:
        code["turn"] = f"{told.until + timedelta(days=1)}#{archive_rows.shard(token, codes.SHARDS)}"
    return code


def _bare(archive: Archive, city: City, token: str, today: date) -> Code:
    return {
        "pk": token, "archive": archive.key, "city": archive.city, "revision": archive.revision,
        "decided": city.revision, "projected_on": str(today),
    }  # fmt: skip


def _holder(archive: Archive, certificate: Certificate) -> dict[str, Any]:
    return {
        "name": archive.worker.masked_name, "photo": None, "service_types": list(archive.worker.service_types),
        "company": archive.binding.company_name, "certificate": f"…{certificate.number[-4:]}", "stars": None,
        "ratings": 0,
    }  # fmt: skip


def _leads(archive: Archive, certificate: Certificate) -> list[str]:
    page = [f"me#{archive.phone_page.hash}"] if archive.phone_page and archive.phone_page.hash else []
    return [_look_up(archive, certificate), *page]


def _look_up(archive: Archive, certificate: Certificate) -> str:
    surname = numbers.surname(archive.worker.name)
    return f"L#{sha256(f'{certificate.number}|{surname}'.encode()).hexdigest()}"
