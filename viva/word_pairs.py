"""Words that were said, and the same words as somebody else has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher


def word_pairs(said: Sequence[str], had: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places, in both and in order, of the words that both have; case and punctuation do not
    count."""
    matcher = SequenceMatcher(None, [*map(_plain, said)], [*map(_plain, had)], autojunk=False)
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            yield block.a + n, block.b + n


def _plain(word: str) -> str:
    return "".join(char for char in word.lower() if char.isalnum())
