"""Bring a whole city to life on this machine: package, local AWS, stack, site, seed, addresses."""

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from scripts import emulator, package, stack, streams, website
from scripts.phases import Refusal, elapsed, phase, refuse

ROOT = Path(__file__).resolve().parents[1]
SEED = ROOT / "scripts" / "seed.py"
CITY = ("330200", "宁波市")


def main() -> int:
    """Do it all; give the exit status."""
    port = int(os.environ.get("PORT") or 4566)
    try:
        city = up(emulator.place(port))
    except Refusal as refusal:
        return refuse(refusal)
    except RuntimeError as error:
        return refuse(Refusal(str(error)))
    print(f"\n  city     {city.browser_url}/")
    print(f"  admin    {city.browser_url}/admin/")
    print(f"  API      {city.api_url}  (send Host: {city.host_header})")
    print(f"  mails    {city.gateway}/_ministack/ses/messages")
    print(f"  scripts  {emulator.LOCAL / 'city.json'} tells them all of this")
    print(f"\n  ready in {elapsed():.1f} s; stop with: make down{'' if port == 4566 else f' PORT={port}'}")
    return 0


def up(where: emulator.Place) -> stack.Stack:
    """Bring the city on one port up, from whatever state it is in; give its stack."""
    refuse_another_program(where)
    with ThreadPoolExecutor(1) as beside:
        # built beside all that follows, since nothing else waits for it
        pages = beside.submit(website.build)
        city, fresh = deployed(where)
        fill(where, city, fresh=fresh)
        with phase("building the site"):
            pages.result()
    with phase("uploading the site"):
        upload_site(city)
    if fresh:
        with phase("keeping a copy of the seeded city"):
            restart(where, city)
    return city


def deployed(where: emulator.Place) -> tuple[stack.Stack, bool]:
    """Package, start, deploy and make ready; give the stack, and whether it still has to be seeded."""
    with phase("packaging the functions"):
        build = package.build()
    if (where.folder / "seeding").exists():
        with phase("the last seeding was not finished: starting over"):
            emulator.clear(where)
    began = start(where)
    with phase("deploying the stack"):
        city = stack.deploy_local(where.port, build, int(os.environ.get("CLOCK_OFFSET") or 0))
    write_city(where, city)
    seeded = where.folder / "seeded"
    fresh = not seeded.exists() or seeded.read_text() != city.browser_url
    prepare(city, mend=began and not fresh)
    return city, fresh


def fill(where: emulator.Place, city: stack.Stack, *, fresh: bool) -> None:
    """Seed a city that is empty; a seeding that is broken off is told by a mark, so that the next time starts over."""
    if fresh:
        (where.folder / "seeding").touch()
    if SEED.exists():
        seed(where, fresh=fresh)
    if fresh:
        (where.folder / "seeded").write_text(city.browser_url)
        (where.folder / "seeding").unlink()


def start(where: emulator.Place) -> bool:
    """Start the local AWS on a state that was saved whole; tell whether it had to be started."""
    if where.pid() and emulator.ready(where):
        return False
    refuse_another_program(where)
    emulator.stop(where)
    if (where.folder / "started").exists() and not emulator.stopped_well(where):
        with phase("the local AWS was killed: going back to the seeded city"):
            emulator.recover(where)
    with phase("starting the local AWS"):
        emulator.start(where)
    return True


def refuse_another_program(where: emulator.Place) -> None:
    """Refuse to go on when the port is in use by anything but this place's own emulator."""
    if where.pid() is None and emulator.taken(where.port):
        raise Refusal(emulator.TAKEN.format(port=where.port))


def upload_site(city: stack.Stack) -> int:
    """Upload the site with the addresses of this city."""
    auth = website.cognito(city.auth["issuer"], city.auth["client_id"], city.gateway)
    settings = website.config(stage="local", address=city.browser_url, auth=auth, city=CITY)
    return website.upload(city.client("s3"), city.outputs["SiteBucketName"], settings)


def prepare(city: stack.Stack, *, mend: bool) -> None:
    """Have the public's side made ready; after a restart also mend the streams and project all anew."""
    with phase("preparing the public check"):
        streams.invoke(city, "ProjectFunction", {"prepare": True})
        streams.invoke(city, "ReactFunction", {"status_lists": True})
    if mend:
        with phase("mending the streams and projecting every archive"):
            streams.mend(city)
            streams.reproject(city)


def restart(where: emulator.Place, city: stack.Stack) -> None:
    """Let the work end, stop, keep a copy of what was saved, start again and mend."""
    streams.settle(city)
    emulator.stop(where)
    if emulator.stopped_well(where):
        emulator.snapshot(where)
    emulator.start(where)
    streams.mend(city)
    streams.reproject(city)


def seed(where: emulator.Place, *, fresh: bool) -> None:
    """Run the seed, which fills a fresh city; on one that is filled (--kept) it tells again what there is."""
    print(f"  {'seeding the demo city' if fresh else 'the demo city is kept'}", flush=True)
    command = [sys.executable, "-m", "scripts.seed", *([] if fresh else ["--kept"])]
    environment = {**os.environ, "PORT": str(where.port)}
    if subprocess.run(command, cwd=ROOT, env=environment).returncode:
        raise Refusal(f"the seed failed on port {where.port}; see above, and {where.log}")
    shared, own = emulator.LOCAL / "city.json", where.folder / "city.json"
    own.write_text(shared.read_text(encoding="utf-8"), encoding="utf-8")


def write_city(where: emulator.Place, city: stack.Stack) -> None:
    """Write how to reach the city to .local/city.json; accounts and codes are the seed's, and kept."""
    own = where.folder / "city.json"
    known: dict[str, Any] = json.loads(own.read_text(encoding="utf-8")) if own.exists() else {}
    if known.get("browser_url") != city.browser_url:
        known = {}
    told = {
        "base_url": city.base_url,
        "host_header": city.host_header,
        "browser_url": city.browser_url,
        "api_url": city.api_url,
        "auth": city.auth
        | {
            "authorization_endpoint": f"{city.gateway}/oauth2/authorize",
            "redirect_uri": f"{city.browser_url}/admin/",
            "scope": "openid",
            "password_endpoint": f"{city.gateway}/",  # Cognito's InitiateAuth with USER_PASSWORD_AUTH, local only
        },
        "accounts": known.get("accounts", []),
        "codes": known.get("codes", {}),
    }
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    for path in (own, emulator.LOCAL / "city.json"):
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
