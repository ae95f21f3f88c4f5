"""Text that comes from outside."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator


def whole(value: str) -> str:
    """`value`, unless it has characters that no database keeps: then ValueError."""
    if "\0" in value:
        raise ValueError("must not contain a NUL character")
    if any("\ud800" <= char <= "\udfff" for char in value):
        raise ValueError("must not contain half of a surrogate pair")
    return value


# A string that every database can keep.
PlainText = Annotated[str, AfterValidator(whole)]


def storable(value: Any) -> Any:
    """JSON `value` with NUL characters and lone surrogates, which no database keeps, replaced by
    U+FFFD. A transcript must not get stuck on one character of what somebody typed."""
    if isinstance(value, str):
        clean = value.replace("\0", "\ufffd")
        return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in clean)
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable(item) for key, item in value.items()}
    return value
