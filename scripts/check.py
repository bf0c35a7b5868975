"""Check style, types and the template as CI does, two things at a time, and change nothing."""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from subprocess import PIPE, STDOUT

from scripts import package, website
from scripts.phases import Refusal, refuse
from scripts.render import rendered

ROOT = Path(__file__).resolve().parents[1]
CHINA = {"Stage": "prod", "Host": "code.example.cn", "ServerCertificateId": "ASCAEXAMPLE", "Issuers": "[]"}


def main() -> int:
    """Run every check, so that all faults are seen at once; give the exit status."""
    try:
        build = package.build()
        china = build / "sam-cn.json"
        shown = rendered(package.template(build), CHINA, partition="aws-cn", region="cn-north-1")
        china.write_text(json.dumps(shown, ensure_ascii=False), encoding="utf-8")
        with ThreadPoolExecutor(2) as both:
            site = both.submit(_site_faults)
            told = [(name, both.submit(_passes, name, command)) for name, command in _commands(build)]
            faults = [name for name, passes in told if not passes.result()] + site.result()
    except (Refusal, RuntimeError) as error:
        return refuse(Refusal(str(error)))
    print(f"  {'all well' if not faults else 'faults in: ' + ', '.join(faults)}")
    return 1 if faults else 0


def _commands(build: Path) -> list[tuple[str, list[str]]]:
    run = [sys.executable, "-m"]
    lint = str(Path(sys.executable).with_name("cfn-lint"))
    return [
        ("ruff", [*run, "ruff", "check", "."]),
        ("mypy", [*run, "mypy", "app.py", "chalicelib", "scripts"]),
        ("cfn-lint", [lint, "--", str(build / "sam.json")]),
        ("cfn-lint, China", [lint, "--regions", "cn-north-1", "--", str(build / "sam-cn.json")]),
    ]


def _site_faults() -> list[str]:
    """Check the admin pages, when there are any: their types, and the files that are made from the API."""
    if not (website.ADMIN / "package.json").exists():
        return []
    website.build()
    npm, environment = website.node()
    commands = [
        ("vue-tsc", [*npm, "exec", "--", "vue-tsc", "--noEmit"]),
        ("types of the API", [*npm, "run", "--silent", "types", "--", "--check"]),
    ]
    return [name for name, command in commands if not _passes(name, command, website.ADMIN, environment)]


def _passes(
    name: str, command: list[str], folder: Path = ROOT, environment: dict[str, str] | None = None
) -> bool:
    done = subprocess.run(command, cwd=folder, env=environment, stdout=PIPE, stderr=STDOUT, text=True)
    print(f"  {name}\n{done.stdout}".rstrip(), flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
