"""YAML text to nodes that remember their lines.

Only the node graph is built: no tag is ever constructed. Aliases are refused, which leaves nothing
that can expand; size and depth are bounded before anything is composed."""

from __future__ import annotations

import re
from typing import Any

import yaml

from interview.errors import ScenarioError

MAX_BYTES = 1 << 20
MAX_DEPTH = 16
MAX_PROBLEMS = 200

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_UNPRINTABLE = re.compile(
    "[^\x09\x0a\x0d\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)


class Problems:
    """What is wrong with the file `name`, in the order of its lines."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._found: list[tuple[int, str]] = []

    def add(self, node: yaml.Node | int, path: str, wrong: str, advice: str) -> None:
        line = node if isinstance(node, int) else node.start_mark.line + 1
        field = f"field `{path}`: " if path else ""
        self._found.append((line, f"{self.name}:{line}: {field}{wrong}; {advice}"))

    def raise_if_any(self) -> None:
        if self._found:
            lines = [text for _, text in sorted(self._found, key=lambda found: found[0])]
            if len(lines) > MAX_PROBLEMS:
                lines[MAX_PROBLEMS:] = [f"{self.name}: and {len(lines) - MAX_PROBLEMS} more"]
            raise ScenarioError("\n".join(lines))


def refuse_oversize(size: int, name: str) -> None:
    """`size` in bytes."""
    if size > MAX_BYTES:
        raise ScenarioError(
            f"{name}:1: the file is larger than {MAX_BYTES // 1024} KiB; "
            "one interview needs a tenth of that, split it"
        )


def compose(text: str, problems: Problems) -> yaml.Node:
    """The one document in `text`. Raises ScenarioError for what is not YAML or not safe to read."""
    name = problems.name
    bad = _UNPRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise ScenarioError(
            f"{name}:{line}: character U+{ord(bad.group()):04X} is not text; remove it"
        )
    try:
        _refuse_aliases_and_depth(text, name)
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = ", ".join(part for part in (error.context, error.problem) if part)
        raise ScenarioError(
            f"{name}:{line}: not YAML: {what}; check the indentation, colons and quotes there"
        ) from error
    except yaml.YAMLError as error:
        raise ScenarioError(
            f"{name}:1: not YAML: {' '.join(str(error).split())}; save it as plain UTF-8 text"
        ) from error
    if node is None:
        raise ScenarioError(
            f"{name}:1: the file is empty; start from the example in interview/scenario_parse.py"
        )
    return node


def _refuse_aliases_and_depth(text: str, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            raise ScenarioError(
                f"{name}:{line}: alias `*{event.anchor}` is not allowed; write the text out"
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise ScenarioError(
                    f"{name}:{line}: nested more than {MAX_DEPTH} deep; no field needs that, "
                    "check the brackets"
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
