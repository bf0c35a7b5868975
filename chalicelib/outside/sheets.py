"""Sheets that people fill in: written as .xlsx, read as .xlsx or CSV. Every cell is text; a day is `2026-01-31`."""

import csv
import io
import re
from collections.abc import Sequence
from datetime import date, datetime

Line = Sequence[str]
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def written(header: Line, lines: Sequence[Line], *, widths: Sequence[int], choices: dict[int, list[str]]) -> bytes:
    """Write an .xlsx of one sheet, all text (a resident ID as a number would lose its last digits).

    `widths` are in characters, a column each; `choices` are what a column, counted from 0, offers.
    """
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet, text = book.add_worksheet(), book.add_format({"num_format": "@"})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, text)
        sheet.write_row(0, 0, header, book.add_format({"num_format": "@", "bold": True}))
        for place, line in enumerate(lines, 1):
            for column, cell in enumerate(line):
                sheet.write_string(place, column, cell, text)
        for column, offered in choices.items():
            sheet.data_validation(1, column, len(lines), column, {"validate": "list", "source": offered})
        sheet.freeze_panes(1, 0)
    return made.getvalue()


def read(content: bytes) -> list[list[str]]:
    """Read the lines that hold anything; ValueError for what is neither an .xlsx nor a CSV in UTF-8 or GB 18030."""
    lines = _xlsx(content) if content.startswith(b"PK") else _csv(content)
    return [line for line in lines if any(line)]


def _xlsx(content: bytes) -> list[list[str]]:
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python()
    except python_calamine.CalamineError:
        raise ValueError("not a sheet") from None
    return [[_text(cell) for cell in row] for row in rows]


def _csv(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")  # what office programs here call CSV; UnicodeDecodeError is a ValueError
    try:
        return [[_text(cell) for cell in line] for line in csv.reader(io.StringIO(text), strict=True)]
    except csv.Error:
        raise ValueError("not a table") from None


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    told = str(cell).strip()
    day = _DAY.fullmatch(told)
    return f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}" if day else told
