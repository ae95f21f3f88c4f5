"""Word error rate between what a candidate said and what was understood."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import jiwer
from whisper_normalizer.english import EnglishTextNormalizer


@cache
def _normaliser() -> EnglishTextNormalizer:
    return EnglishTextNormalizer()


def normalised(text: str) -> str:
    """Lower case, no punctuation, numbers as digits, spelling and contractions made equal."""
    return str(_normaliser()(text))


def word_error_rate(said: Sequence[str], understood: Sequence[str]) -> float | None:
    """Substituted, deleted and inserted words by the number of words said; None if none was.

    The utterances of each side are joined first: where one ends is not judged.
    """
    reference = normalised(" ".join(said))
    if not reference:
        return None
    return float(jiwer.wer(reference, normalised(" ".join(understood))))
