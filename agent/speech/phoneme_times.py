"""When each word of a sentence is said, from when the voice says each of its phonemes.

espeak-ng speaks small words as one ("there are") and others as several ("1.5"); which phonemes are
whose is then found by matching them with those of each word spoken alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

STRESS = frozenset("ˈˌ'")
PUNCTUATION = frozenset(",;:.!?")
_SILENT = STRESS | PUNCTUATION | {" "}

# The phonemes of a word that is spoken alone.
SoundsOf = Callable[[str], str]


def word_spans(
    phonemes: str, onsets: Sequence[float], words: Sequence[str], sounds_of: SoundsOf
) -> list[tuple[float, float]]:
    """(start, end) of each of the `words`, in seconds from the beginning of the sentence.

    `phonemes`: of the sentence, words parted by spaces. `onsets`: when each begins, in seconds, and
    when the last ends: one more than there are phonemes. Empty when they do not fit the words."""
    if len(onsets) != len(phonemes) + 1 or not words:
        return []
    groups = _groups(phonemes)
    if len(groups) != len(words):
        groups = _matched(phonemes, [sounds_of(word) for word in words])
    return [(onsets[first], onsets[last]) for first, last in groups]


def _groups(phonemes: str) -> list[tuple[int, int]]:
    """[first, last) of what lies between spaces, without the punctuation that ends it."""
    found: list[tuple[int, int]] = []
    first = 0
    for group in phonemes.split(" "):
        sounding = group.rstrip("".join(PUNCTUATION))
        if sounding:
            found.append((first, first + len(sounding)))
        first += len(group) + 1
    return found


def _matched(phonemes: str, alone: Sequence[str]) -> list[tuple[int, int]]:
    """[first, last) of each word, in order and without overlap; empty when nothing is alike."""
    places = [at for at, one in enumerate(phonemes) if one not in _SILENT]
    owners = [n for n, sounds in enumerate(alone) for one in sounds if one not in _SILENT]
    wanted = [one for sounds in alone for one in sounds if one not in _SILENT]
    matcher = SequenceMatcher(None, wanted, [phonemes[at] for at in places], autojunk=False)
    firsts: dict[int, int] = {}
    for block in matcher.get_matching_blocks():
        for n in range(block.size):
            first = block.b + n - _before(owners, block.a + n)
            firsts.setdefault(owners[block.a + n], max(0, first))
    if not firsts:
        return []
    begins = _filled(firsts, len(alone), len(places))
    found = []
    for n, begin in enumerate(begins):
        end = begins[n + 1] if n + 1 < len(begins) else len(places)
        # A mark of stress lies before the phoneme that it lifts.
        first = places[begin] if begin < len(places) else len(phonemes)
        while first > 0 and phonemes[first - 1] in STRESS:
            first -= 1
        found.append((first, places[end - 1] + 1 if end > begin else first))
    return found


def _before(owners: Sequence[int], at: int) -> int:
    """How many phonemes of the same word come before the one `at`."""
    return at - owners.index(owners[at])


def _filled(firsts: dict[int, int], words: int, most: int) -> list[int]:
    """Where each word begins; those that were not found share what lies between their
    neighbours."""
    known = {0: 0, **firsts, words: most}
    order = sorted(known)
    begins: list[int] = []
    for before, after in pairwise(order):
        low, high = known[before], known[after]
        steps = after - before
        begins += [low + round((high - low) * n / steps) for n in range(steps)]
    return list(accumulate(begins, max))
