"""Readers of YAML nodes that report what is wrong and go on, so that all problems show at once."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Collection, Iterator
from typing import Any

import yaml

from interview.scenario_nodes import Problems
from interview.spoken import LineRule, faults

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_TAG = "tag:yaml.org,2002:"


def describe(node: yaml.Node) -> str:
    if isinstance(node, yaml.MappingNode):
        return "a mapping"
    if isinstance(node, yaml.SequenceNode):
        return "a list"
    if node.tag == _TAG + "null":
        return "nothing"
    text = " ".join(str(node.value).split())
    return repr(text if len(text) <= 40 else text[:39] + "\u2026")


def _is_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == _TAG + "str"


def read_text(node: yaml.Node, path: str, problems: Problems, max_chars: int = 2000) -> str:
    """One line of text, whitespace folded; "" when it is something else, which is reported."""
    if not _is_text(node):
        quote = isinstance(node, yaml.ScalarNode) and node.tag != _TAG + "null"
        advice = "put it in quotes" if quote else "write it as text"
        problems.add(node, path, f"expected text, got {describe(node)}", advice)
        return ""
    text = " ".join(node.value.split())
    if not text:
        problems.add(node, path, "expected text, got nothing", "write something or drop the entry")
    if len(text) > max_chars:
        problems.add(node, path, f"{len(text)} characters are too long", f"use {max_chars} at most")
    return text


def read_spoken(node: yaml.Node, path: str, problems: Problems, rule: LineRule) -> str:
    """A line that will be said aloud; see `interview.spoken` for what it must be."""
    if _is_text(node):
        for wrong, advice in faults(node.value.strip("\n"), rule):
            problems.add(node, path, wrong, advice)
    return read_text(node, path, problems)


class Fields:
    """The keys of one mapping. Unknown, doubled and missing keys are reported on construction;
    a getter for an absent or wrong value reports it and gives an empty one."""

    def __init__(
        self,
        node: yaml.Node,
        path: str,
        problems: Problems,
        required: Collection[str],
        optional: Collection[str] = (),
    ) -> None:
        self.node, self.path, self.problems = node, path, problems
        self._values: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            keys = ", ".join(required)
            problems.add(
                node, path, f"expected keys and values, got {describe(node)}", f"write {keys}"
            )
            return
        missing = [*required]
        for key_node, value in node.value:
            key = (
                str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else describe(key_node)
            )
            known = [*required, *optional]
            if key in self._values:
                problems.add(key_node, self.at(key), "given twice", "keep one of them")
            elif key in known:
                self._values[key] = value
                if key in missing:
                    missing.remove(key)
            else:
                close = difflib.get_close_matches(key, known, n=1)
                if close and close[0] in missing:
                    missing.remove(close[0])
                advice = f"did you mean `{close[0]}`?" if close else f"known are {', '.join(known)}"
                problems.add(key_node, self.at(key), "unknown key", advice)
        for key in missing:
            problems.add(node, self.at(key), "is missing", "add it")

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def has(self, key: str) -> bool:
        return key in self._values

    def line(self, key: str) -> yaml.Node:
        return self._values.get(key, self.node)

    def text(self, key: str, max_chars: int = 2000) -> str:
        node = self._values.get(key)
        return "" if node is None else read_text(node, self.at(key), self.problems, max_chars)

    def spoken(self, key: str, rule: LineRule) -> str:
        node = self._values.get(key)
        return "" if node is None else read_spoken(node, self.at(key), self.problems, rule)

    def choice(self, key: str, allowed: Collection[str]) -> str:
        text = self.text(key)
        if text and text not in allowed:
            self._not_one_of(self._values[key], self.at(key), text, allowed)
            return ""
        return text

    def choices(self, key: str, allowed: Collection[str]) -> tuple[str, ...]:
        picked = []
        for path, node in self.items(key, "words"):
            text = read_text(node, path, self.problems)
            if text and text not in allowed:
                self._not_one_of(node, path, text, allowed)
            elif text:
                picked.append(text)
        return tuple(picked)

    def flag(self, key: str) -> bool:
        node = self._values.get(key)
        if node is None:
            return False
        if node.tag != _TAG + "bool" or node.value not in ("true", "false"):
            self.problems.add(
                node, self.at(key), f"expected true or false, got {describe(node)}", "write one"
            )
        return bool(node.value == "true")

    def seconds(self, key: str, low: float, high: float) -> float:
        node = self._values.get(key)
        if node is None:
            return low
        if not isinstance(node, yaml.ScalarNode) or not _NUMBER.fullmatch(node.value):
            self.problems.add(
                node,
                self.at(key),
                f"expected seconds as a number, got {describe(node)}",
                "write for example 300",
            )
            return low
        value = float(node.value)
        if not low <= value <= high:
            self.problems.add(
                node, self.at(key), f"{node.value} s is out of range", f"use {low:g} to {high:g}"
            )
            return low
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of distinct words or short phrases."""
        seen: dict[str, str] = {}
        for path, node in self.items(key, "words"):
            text = read_text(node, path, self.problems, max_chars=80)
            if text.casefold() in seen:
                self.problems.add(node, path, f"{text!r} is listed twice", "keep one of them")
            elif text:
                seen[text.casefold()] = text
        return tuple(seen.values())

    def items(self, key: str, of: str, least: int = 0) -> Iterator[tuple[str, yaml.Node]]:
        """(path, node) of each entry of a list."""
        node = self._values.get(key)
        if node is None:
            return
        path = self.at(key)
        if not isinstance(node, yaml.SequenceNode):
            example = "[one, two]" if of == "words" else "each on a line of its own after a dash"
            self.problems.add(
                node, path, f"expected a list of {of}, got {describe(node)}", f"write {example}"
            )
            return
        if len(node.value) < least:
            self.problems.add(
                node, path, f"has {len(node.value)} of at least {least} {of}", "add what is missing"
            )
        for index, item in enumerate(node.value):
            yield f"{path}[{index}]", item

    def each(
        self, key: str, of: str, read: Callable[[str, yaml.Node], Any], least: int = 0
    ) -> tuple[Any, ...]:
        return tuple(read(path, node) for path, node in self.items(key, of, least))

    def pairs(self, key: str) -> dict[str, str]:
        """A mapping of text to text."""
        node = self._values.get(key)
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self.problems.add(
                node,
                self.at(key),
                f"expected pairs of text, got {describe(node)}",
                'write for example {"A/B": "A B"}',
            )
            return {}
        found: dict[str, str] = {}
        for key_node, value in node.value:
            left = read_text(key_node, self.at(key), self.problems, max_chars=80)
            path = f"{self.at(key)}.{left}"
            if left in found:
                self.problems.add(key_node, path, "given twice", "keep one of them")
            found[left] = read_text(value, path, self.problems, max_chars=120)
        return found

    def _not_one_of(self, node: yaml.Node, path: str, text: str, allowed: Collection[str]) -> None:
        self.problems.add(
            node, path, f"expected one of {', '.join(allowed)}, got {text!r}", "pick one of those"
        )
