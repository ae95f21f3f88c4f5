"""Asking a model for JSON: the strictest way that its provider knows, and reading what comes."""

from __future__ import annotations

import re
from typing import Any

# Answers of a provider that does not know a way of asking for JSON.
_UNKNOWN_FORMAT = frozenset({"status_400", "status_404", "status_422", "status_501"})
# Where a model talks around its JSON or fences it.
_JSON = re.compile(r"\{.*\}", re.DOTALL)


class Formats:
    """Ways of asking for the object with these properties, the strictest first; the last leaves it
    to the instructions. `name` is what the schema is called."""

    def __init__(self, name: str, properties: dict[str, Any]) -> None:
        schema = {"name": name, "strict": True, "schema": json_object(properties)}
        self.ways: tuple[dict[str, Any] | None, ...] = (
            {"type": "json_schema", "json_schema": schema},
            {"type": "json_object"},
            None,
        )
        self._at = 0

    @property
    def way(self) -> dict[str, Any] | None:
        return self.ways[self._at]

    def refused(self, tried: dict[str, Any] | None, error: str | None) -> bool:
        """Note that `tried` was answered with `error`; True when another way is worth a try."""
        if error not in _UNKNOWN_FORMAT or self._at == len(self.ways) - 1:
            return False
        if tried is self.way:
            self._at += 1
        return True


def json_object(properties: dict[str, Any]) -> dict[str, Any]:
    """The JSON schema of an object that has all of `properties` and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def json_in(text: str) -> str:
    """The object in `text`, without what a model says around it."""
    whole = _JSON.search(text)
    return whole.group(0) if whole else text
