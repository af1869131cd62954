"""Which forms were sent in, and whether what comes from the same card again is the same."""

import hashlib
import json
from collections import OrderedDict

from bot.chat.port import Submitted

_REMEMBERED = 1_000  # forms


class Counted:
    """The latest forms that count, without what was typed into them."""

    def __init__(self) -> None:
        """Begin with none."""
        self._prints: OrderedDict[str, bytes] = OrderedDict()

    def add(self, form: Submitted) -> None:
        """Remember that a form counts."""
        self._prints[form.event_id] = _print_of(form)
        if len(self._prints) > _REMEMBERED:
            self._prints.popitem(last=False)

    def has(self, form: Submitted) -> bool:
        """Tell whether what this brings is what counts, rather than something else that came before it."""
        return self._prints.get(form.event_id) == _print_of(form)


def _print_of(form: Submitted) -> bytes:
    return hashlib.sha256(json.dumps(dict(form.values), sort_keys=True).encode()).digest()
