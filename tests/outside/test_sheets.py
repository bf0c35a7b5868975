"""Sheets and sealed files, each read back by somebody else's program where there is one."""

import io
import shutil
import subprocess
import zipfile
from datetime import date

import pytest
import pyzipper
import xlsxwriter

from chalicelib.outside import sheets, zips

SHEET = sheets.written(("编号", "号码"), [("A-001", "012345678901234567")], widths=(9, 20), choices={})
SEVEN_ZIP = shutil.which("7z") or shutil.which("7zz") or shutil.which("7za")


def test_a_long_number_keeps_every_digit():
    assert sheets.read(SHEET) == [["编号", "号码"], ["A-001", "012345678901234567"]]


def test_what_looks_like_a_formula_stays_text():
    content = sheets.written(("名",), [("=1+1",)], widths=(9,), choices={})

    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_of_any_office_program_is_read(encoding):
    assert sheets.read("编号,日期\r\nA-001,2026/1/5\r\n\r\n".encode(encoding)) == [
        ["编号", "日期"],
        ["A-001", "2026-01-05"],
    ]


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 no sheet", b'a,"b\n', b"\xff\xfe\x00\x81"], ids=["zip", "quote", "bytes"]
)
def test_what_is_no_sheet_is_refused(content):
    with pytest.raises(ValueError, match=r".*"):
        sheets.read(content)


def test_a_day_in_a_cell_is_read_as_a_day():
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, date(2026, 1, 5), day)

    assert sheets.read(made.getvalue()) == [["2026-01-05"]]


def test_a_sealed_file_is_closed_to_a_plain_zip_reader_and_to_a_wrong_password():
    sealed = zips.sealed("a.txt", b"secret", "right")

    with pytest.raises(RuntimeError):
        zipfile.ZipFile(io.BytesIO(sealed)).read("a.txt")
    with pytest.raises(RuntimeError):
        pyzipper.AESZipFile(io.BytesIO(sealed)).read("a.txt", pwd=b"wrong")
    assert b"secret" not in sealed


def test_a_sealed_file_is_of_the_strong_kind():
    entry = pyzipper.AESZipFile(io.BytesIO(zips.sealed("a.txt", b"secret", "right"))).infolist()[0]

    assert (entry.wz_aes_strength, entry.wz_aes_version) == (3, 2)


@pytest.mark.skipif(SEVEN_ZIP is None, reason="7-Zip is not installed")
@pytest.mark.parametrize(("password", "code", "out"), [("right", 0, b"secret"), ("wrong", 2, b"")])
def test_seven_zip_opens_a_sealed_file_with_its_password_alone(tmp_path, password, code, out):
    (tmp_path / "a.zip").write_bytes(zips.sealed("a.txt", b"secret", "right"))
    done = subprocess.run([SEVEN_ZIP, "x", "-so", f"-p{password}", tmp_path / "a.zip"], capture_output=True)

    assert (done.returncode, done.stdout) == (code, out)
