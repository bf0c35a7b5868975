"""The packages: what is in them, and that each runs alone."""

import ast
import subprocess
import sys
import zipfile

import pytest

from scripts import package

FORBIDDEN = {"chalice", "pynamodb", "botocore", "boto3", "pydantic", "aws_lambda_powertools", "segno", "zoneinfo"}
ALONE = "import sys; sys.path[:0] = [sys.argv[1]]; import {module}; print(*sys.modules)"
FUNCTIONS = ("project", "receive", "react", "sweep", "work", "send")
STAFF_MODULES = ["app", "chalicelib.api.staff", *(f"chalicelib.functions.{name}" for name in FUNCTIONS)]


@pytest.fixture(scope="session")
def unpacked(packaged, tmp_path_factory):
    """The folders into which the packages were unpacked, by name."""
    home = tmp_path_factory.mktemp("unpacked")
    for name in ("deployment", "verify", "work"):
        zipfile.ZipFile(packaged / f"{name}.zip").extractall(home / name)
    return {name: home / name for name in ("deployment", "verify", "work")}


def loaded(folder, module):
    """Import a module with nothing but a package and the standard library; give every module then loaded."""
    command = [sys.executable, "-S", "-I", "-B", "-c", ALONE.format(module=module), str(folder)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()


def names(packaged, package_name):
    return zipfile.ZipFile(packaged / f"{package_name}.zip").namelist()


def test_the_public_check_loads_no_library_at_all(unpacked):
    modules = loaded(unpacked["verify"], "chalicelib.functions.verify")

    assert FORBIDDEN & {name.split(".")[0] for name in modules} == set()
    assert "app" not in modules


def test_the_public_checks_package_holds_only_code_of_ours_and_its_data(packaged):
    assert [name for name in names(packaged, "verify") if not name.startswith("chalicelib/")] == []


@pytest.mark.parametrize("module", STAFF_MODULES)
def test_a_function_loads_from_its_package_alone(unpacked, module):
    assert module in loaded(unpacked["deployment"], module)


def test_the_library_for_pictures_is_where_copies_are_made_and_nowhere_else(unpacked):
    assert "PIL.JpegImagePlugin" in loaded(unpacked["work"], "PIL.JpegImagePlugin")
    assert not (unpacked["deployment"] / "PIL").exists()
    assert [one for one in loaded(unpacked["work"], "chalicelib.functions.work") if one.startswith("PIL")] == []


@pytest.mark.parametrize("library", ["pyzipper", "xlsxwriter"])
def test_what_seals_sheets_is_where_that_is_done_and_nowhere_else(unpacked, library):
    assert library in loaded(unpacked["work"], library)
    assert not (unpacked["deployment"] / library).exists()


def test_what_reads_sheets_is_loaded_only_when_one_is_read(unpacked):
    assert "python_calamine" in loaded(unpacked["deployment"], "python_calamine")
    assert "python_calamine" not in loaded(unpacked["deployment"], "app")


@pytest.mark.parametrize("name", ["deployment", "verify"])
def test_nothing_stray_is_packaged(packaged, name):
    ours = [one for one in names(packaged, name) if one.startswith("chalicelib/") or "/" not in one]
    allowed = (".py", ".pyc", ".json", ".txt", ".html", ".css", ".so")

    assert [one for one in ours if not one.endswith(allowed)] == []
    assert [one for one in names(packaged, name) if one.startswith(("tests/", "scripts/", ".chalice/", "site/"))] == []


@pytest.mark.parametrize("name", ["deployment", "verify"])
def test_every_module_of_ours_is_compiled_and_trusted_without_its_source(packaged, name):
    archive = zipfile.ZipFile(packaged / f"{name}.zip")
    sources = [one for one in archive.namelist() if one.startswith("chalicelib/") and one.endswith(".py")]
    compiled = [one for one in archive.namelist() if one.startswith("chalicelib/") and one.endswith(".pyc")]

    assert len(compiled) == len(sources)
    # the flags of a file checked by hash, never checked: PEP 552
    assert {archive.read(one)[4:8] for one in compiled} == {b"\x01\x00\x00\x00"}


def test_libraries_are_wheels_for_lambdas_own_platform(packaged):
    native = [one for one in names(packaged, "work") if one.endswith(".so")]

    assert any("pydantic_core" in one for one in native)
    assert [one for one in native if "linux" not in one and "abi3" not in one] == []


def test_the_largest_package_is_small_enough_for_lambda(packaged):
    whole = zipfile.ZipFile(packaged / "work.zip").infolist()

    assert sum(one.file_size for one in whole) < 100_000_000


def test_every_service_that_is_called_is_in_the_package(unpacked):
    trees = [ast.parse(path.read_text()) for path in (unpacked["deployment"] / "chalicelib").rglob("*.py")]
    calls = [one for tree in trees for one in ast.walk(tree) if isinstance(one, ast.Call)]
    made = [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr in {"client", "resource"}]
    services = {one.args[0].value for one in made if one.args and isinstance(one.args[0], ast.Constant)}

    assert services <= package.SERVICES
    assert "sqs" in services


def test_packaging_the_same_files_again_does_nothing(packaged):
    before = (packaged / "deployment.zip").stat().st_mtime_ns

    assert package.build() == packaged
    assert (packaged / "deployment.zip").stat().st_mtime_ns == before
