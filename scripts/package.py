"""Build what is deployed, into build/: the template, the staff package, and the lean one of the public check.

`work` has the staff package with the libraries for pictures and sealed sheets, which no other function needs to unpack.
All packages carry compiled modules, which halves a cold start. Nothing is built twice from the same files.
"""

import ast
import compileall
import hashlib
import json
import os
import py_compile
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from filelock import FileLock

from scripts.merge_infra import merged

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
ENTRY = "chalicelib.functions.verify"

# the services that are called; the descriptions of all the others are most of botocore
SERVICES = {"cognito-idp", "dynamodb", "kms", "lambda", "s3", "ses", "sesv2", "sns", "sqs", "sts"}

FOR_WORK = ("PIL/", "pillow.libs/", "pillow-", "pyzipper", "Cryptodome/", "pycryptodomex-", "xlsxwriter")


def build(out: Path = BUILD) -> Path:
    """Build into `out` unless it is up to date; give the folder with sam.json and its three packages.

    RuntimeError, with what Chalice said, when packaging fails.
    """
    out.mkdir(parents=True, exist_ok=True)
    with FileLock(out / ".lock"):
        stamp, now = out / ".inputs", _fingerprint(_inputs())
        if stamp.exists() and stamp.read_text() == now and (out / "sam.json").exists():
            return out
        stamp.unlink(missing_ok=True)
        vendor = out / f"vendor-{_fingerprint([Path(__file__), ROOT / 'requirements.txt'])[:16]}"
        _chalice(out, with_libraries=not vendor.exists())
        _staff_package(out, vendor)
        _verify_package(out)
        stamp.write_text(now)
    return out


def _inputs() -> list[Path]:
    """List every file that what is built depends on."""
    code = [path for path in (ROOT / "chalicelib").rglob("*") if path.suffix in {".py", ".json"}]
    config = [path for path in (ROOT / ".chalice").iterdir() if path.suffix == ".json"]
    here = [Path(__file__), ROOT / "scripts" / "merge_infra.py", ROOT / "app.py", ROOT / "requirements.txt"]
    return sorted([*code, *config, *here, *(ROOT / "infra").glob("*.yaml")])


def _fingerprint(paths: Iterable[Path]) -> str:
    """Hash the names and contents of files, and the Python that packages them."""
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _chalice(out: Path, *, with_libraries: bool) -> None:
    """Run `chalice package` on a clean copy of what is shipped, with the libraries unless at hand."""
    project = out / "project"
    shutil.rmtree(project, ignore_errors=True)
    (project / ".chalice").mkdir(parents=True)
    shutil.copytree(
        ROOT / "chalicelib", project / "chalicelib", ignore=shutil.ignore_patterns("__pycache__", "*.pyc")
    )
    shutil.copy2(ROOT / "app.py", project / "app.py")
    wanted = (ROOT / "requirements.txt").read_text(encoding="utf-8") if with_libraries else ""
    (project / "requirements.txt").write_text(wanted, encoding="utf-8")
    for path in (ROOT / ".chalice").glob("*.json"):
        shutil.copy2(path, project / ".chalice" / path.name)
    (out / "infra.json").write_text(json.dumps(merged(ROOT / "infra"), ensure_ascii=False), encoding="utf-8")
    command = [sys.executable, "-c", "from chalice.cli import main; raise SystemExit(main())", "package"]
    command += ["--stage", "city", "--merge-template", str(out / "infra.json"), str(out)]
    done = subprocess.run(command, cwd=project, env=_clean_environment(), capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"chalice package failed\n{(done.stdout + done.stderr)[-3000:]}")
    template = json.loads((out / "sam.json").read_text(encoding="utf-8"))
    resources = template["Resources"]
    resources["Work"]["Properties"]["CodeUri"] = "./work.zip"
    resources["Verify"]["Properties"]["Runtime"] = resources["APIHandler"]["Properties"]["Runtime"]
    (out / "sam.json").write_text(json.dumps(template, indent=1, ensure_ascii=False), encoding="utf-8")


def _clean_environment() -> dict[str, str]:
    """Give packaging an environment without the settings or credentials of whoever runs it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PYTHON"))}
    return {**kept, "AWS_DEFAULT_REGION": "us-east-1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}


def _staff_package(out: Path, vendor: Path) -> None:
    """Compile deployment.zip's modules, and leave out of its libraries what is never called."""
    packed, app, half = out / "deployment.zip", out / "app", out / "vendor-half"
    shutil.rmtree(app, ignore_errors=True)
    shutil.rmtree(half, ignore_errors=True)
    fresh = not vendor.exists()
    with zipfile.ZipFile(packed) as archive:
        for name in archive.namelist():
            if name == "app.py" or name.startswith("chalicelib/"):
                archive.extract(name, app)
            elif fresh and not _is_unused(name):
                archive.extract(name, half)
    if fresh:
        _compile(half)
        for old in out.glob("vendor-*"):
            if old != half:
                shutil.rmtree(old)
        half.rename(vendor)
    _compile(app)
    _pack(out / "work.zip", [vendor, app])
    _pack(packed, [vendor, app], without=FOR_WORK)


def _is_unused(name: str) -> bool:
    """Tell whether a library's file is the description of a service that is never called, or a script."""
    library, _, rest = name.partition("/")
    if library in {"botocore", "boto3"} and rest.startswith("data/") and rest.count("/") > 1:
        return rest.split("/")[1] not in SERVICES
    return library == "bin" or "__pycache__" in name


def _verify_package(out: Path) -> None:
    """Pack the public check with what it imports and nothing else."""
    folder = out / "verify"
    shutil.rmtree(folder, ignore_errors=True)
    for path in closure(ENTRY, ROOT):
        target = folder / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    _compile(folder)
    _pack(out / "verify.zip", [folder])


def closure(entry: str, root: Path) -> list[Path]:
    """List the files of ours that a module needs: what it imports anywhere, and the data folders it names."""
    found: set[Path] = set()
    parts = entry.split(".")
    waiting = [".".join(parts[:end]) for end in range(1, len(parts) + 1)]
    while waiting:
        path = _file_of(waiting.pop(), root)
        if path is None or path in found:
            continue
        found.add(path)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(_named_data(tree, root))
        waiting += _imports(tree)
    return sorted(found)


def _file_of(module: str, root: Path) -> Path | None:
    """Find the file of a module of ours; None for anything else."""
    path = root.joinpath(*module.split("."))
    if not module.startswith("chalicelib"):
        return None
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()), None)


def _imports(tree: ast.AST) -> Iterator[str]:
    """Name every module that a file may import, with the packages they are in."""
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            parts = name.split(".")
            yield from (".".join(parts[:end]) for end in range(1, len(parts) + 1))


def _named_data(tree: ast.AST, root: Path) -> Iterator[Path]:
    """List the data files in a folder of chalicelib that the text of a module names."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            folder = root / "chalicelib" / node.value
            if folder.is_dir():
                yield from (
                    path for path in folder.rglob("*") if path.suffix in {".json", ".txt", ".html", ".css"}
                )


def _compile(folder: Path) -> None:
    """Compile every module under a folder, to be trusted without a look at its source."""
    compileall.compile_dir(
        folder, ddir="/var/task", quiet=2, invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH
    )


def _pack(target: Path, folders: list[Path], *, without: tuple[str, ...] = ()) -> None:
    """Zip folders in order of name and without dates, so that the same content gives the same bytes.

    Left out is what begins with a name of `without`.
    """
    half = target.with_suffix(".half")
    files = sorted(
        (path.relative_to(folder).as_posix(), path) for folder in folders for path in folder.rglob("*")
    )
    with zipfile.ZipFile(half, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in files:
            if path.is_file() and not name.startswith(without):
                entry = zipfile.ZipInfo(name)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                archive.writestr(entry, path.read_bytes())
    half.replace(target)


def template(out: Path = BUILD) -> dict[str, Any]:
    """Read the packaged template."""
    loaded: dict[str, Any] = json.loads((out / "sam.json").read_text(encoding="utf-8"))
    return loaded


if __name__ == "__main__":
    print(build())
