"""Whether tests take their long form, as `make faults` asks of those it lists, and what the short one leaves out."""

import os

import pytest

LONG = os.environ.get("PITSTOP_FAULTS") == "long"

only_long = pytest.mark.skipif(not LONG, reason="`make faults` runs it")


def short_on(platform: str, reason: str) -> list[pytest.MarkDecorator]:
    """Return the marks of a long life whose short form is lived on one platform; the long one is lived on both."""
    return [] if LONG else [getattr(pytest.mark, platform)(reason)]
