"""CSV that is safe to open in any spreadsheet, whatever it splits lines by."""

import csv
import io
import re
from collections.abc import Iterable

# What begins a formula: the keyboard's signs, and those that a spreadsheet takes for them.
SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
# Where a cell may begin: a Dutch or German spreadsheet splits at semicolons, quotes in the midst of a line or not.
SEPARATORS = ",;|\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029"
# What is skipped, or not seen, before a sign.
SKIPPED = r"\s\"\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"
_BEGINS = re.compile(rf"(^|[{SEPARATORS}])([{SKIPPED}]*)(?=[{re.escape(SIGNS)}])")


def as_sheet(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV in which no spreadsheet finds a formula."""
    sheet = io.StringIO(newline="")
    csv.writer(sheet).writerows([cell(value) for value in row] for row in rows)
    return sheet.getvalue()


def cell(value: object) -> str:
    """Return a value as text, an apostrophe before each sign with which a cell would begin as a formula.

    The text may be split at any separator: "ok;=1+1" becomes "ok;'=1+1". A leading tab or end of a line, which some
    let fall, has one too. None becomes the empty text.
    """
    text = _BEGINS.sub(r"\1\2'", "" if value is None else str(value))
    return f"'{text}" if text.startswith(("\t", "\r", "\n")) else text
