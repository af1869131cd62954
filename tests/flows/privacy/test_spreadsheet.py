"""No text becomes a formula, in whatever spreadsheet a sheet is opened."""

import csv
import io
import re
from itertools import product

import pytest

from bot.flows.privacy.spreadsheet import as_sheet, cell

SIGNS = "=+-@＝＋－＠﹦﹢﹣﹫−"
SEPARATORS = [",", ";", "|", "\t", "\n", "\r", "\r\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029"]
UNSEEN = ["", " ", "\n", "\r\n", "\t", '"', '""', ' "', "\x00", "\u00a0", "\u200b", "\u202e", "\ufeff"]


def pieces(sheet: str) -> list[str]:
    """Return all that some spreadsheet may take for a cell: by each separator, by all, quotes heeded and not."""
    read = [csv.reader(io.StringIO(sheet, newline=""), delimiter=separator) for separator in ",;|\t"]
    heeded = [text for rows in read for row in rows for text in row]
    unheeded = [text for by in SEPARATORS for text in sheet.split(by)]
    return [*heeded, *unheeded, *re.split("|".join(map(re.escape, SEPARATORS)), sheet)]


def would_run(piece: str) -> bool:
    """Whether a piece is a formula, read as forgivingly as can be."""
    return piece.lstrip("".join([*UNSEEN, *SEPARATORS])).startswith(tuple(SIGNS))


@pytest.mark.parametrize("sign", SIGNS)
def test_no_sheet_holds_a_formula_wherever_it_is_split(sign: str) -> None:
    for separator, unseen in product(["", *SEPARATORS], UNSEEN):
        for before in ("", "ok") if separator else ("",):
            text = f"{before}{separator}{unseen}{sign}1+1"
            sheet = as_sheet([["head", text], [text, "last"]])
            assert [piece for piece in pieces(sheet) if would_run(piece)] == [], repr(text)
            assert cell(cell(text)) == cell(text)
            assert cell(text).replace("'", "") == text, "nothing but an apostrophe is added"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("=cmd()", "'=cmd()"),
        ("ok;=1+1", "ok;'=1+1"),  # a Dutch spreadsheet splits here, quotes or not
        ("\n=1", "'\n'=1"),
        ("＝1", "'＝1"),
        ("\t@SUM", "'\t'@SUM"),
        ("- one\n- two", "'- one\n'- two"),
        ("\tx", "'\tx"),
        ("a\n\tx", "a\n\tx"),
        ("a=b, c-d; e@f", "a=b, c-d; e@f"),
        ("2026-01-12T10:00:00+00:00", "2026-01-12T10:00:00+00:00"),
        ("fine - but late", "fine - but late"),
        (None, ""),
        (3, "3"),
    ],
)
def test_what_is_no_formula_stays_as_it_is(value: object, text: str) -> None:
    assert cell(value) == text
