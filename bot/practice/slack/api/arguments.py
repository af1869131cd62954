"""What a method was asked, whether it came as a form, as JSON or in the query."""

import json
from collections.abc import Mapping
from typing import Any

from bot.practice.slack.api.rules import Refusal
from bot.practice.slack.world import Json


class Arguments:
    """Named values; empty ones count as absent."""

    def __init__(self, values: Mapping[str, Any], *, base: str = "") -> None:
        """Hold the values; `base` is the address under which the practice workspace was called."""
        self._values = values
        self.base = base

    def __contains__(self, name: str) -> bool:
        """Return whether something was given under this name, be it empty."""
        return self._values.get(name) is not None

    def text(self, name: str) -> str:
        """Return a text, empty when absent."""
        value = self._values.get(name)
        return value if isinstance(value, str) else "" if value is None else json.dumps(value)

    def need(self, name: str) -> str:
        """Return a text that must be there; raises Refusal."""
        if value := self.text(name):
            return value
        problem = f"[ERROR] missing required field: {name}"
        raise Refusal("invalid_arguments", messages=[problem])

    def flag(self, name: str) -> bool:
        """Return whether something is asked for."""
        return self.text(name).lower() in ("1", "true")

    def number(self, name: str, default: int) -> int:
        """Return a whole number; raises Refusal for anything else."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            problem = f"[ERROR] must be an integer [json-pointer:/{name}]"
            raise Refusal("invalid_arguments", messages=[problem]) from None

    def json(self, name: str, *, error: str) -> Any:
        """Return a structure, given as such or written down as text; raises Refusal with that error."""
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise Refusal(error) from None

    def record(self, name: str, *, error: str) -> Json | None:
        """Return an object; raises Refusal with that error for anything else."""
        value = self.json(name, error=error)
        if value is not None and not isinstance(value, dict):
            raise Refusal(error)
        return value
