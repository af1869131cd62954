"""Fluent's own parser, which takes text a run at a time: going character by character was half of every start."""

import re

from fluent.syntax import FluentParser, ast
from fluent.syntax.parser import with_span
from fluent.syntax.stream import FluentParserStream

_RUN = re.compile(r"(?:[^{}\r\n]|\r(?!\n))*")


class Parser(FluentParser):
    """Reads what Fluent's parser reads, sooner."""

    @with_span
    def get_text_element(self, ps: FluentParserStream) -> ast.TextElement:
        """Return the text up to a placeable or the end of its line."""
        run = _RUN.match(ps.string, ps.index)
        assert run is not None
        ps.index, ps.peek_offset = run.end(), 0
        return ast.TextElement(run[0])
