"""A short request as it was meant: without fillers, doubled words and small faults of the
recogniser."""

from __future__ import annotations

import re
from functools import lru_cache

from interview.language import normal

# Said in the middle of anything, and no part of it.
_FILLERS = re.compile(
    r"\b(?:um+|uh+|uhm|erm?|ah+|hm+|i mean|sort of|kind of|basically|if you could|if you would"
    r"|(?<!do )(?<!did )(?<!'d )(?<!let )you know"
    r"|(?<!'d )(?<!would )(?<!looks )(?<!something )(?<!feel )like)(?: |$)"
)
_DOUBLED = re.compile(r"\b((?:[a-z']+ ){0,2}[a-z']+) \1\b")
# As a recogniser writes them: what it means, and how it may look.
_FAULTS = tuple(
    (re.compile(rf"\b(?:{looks})\b"), meant)
    for meant, looks in (
        ("repeat", "re-? ?peat|repeats? at(?= (?:please|again)|$)"),
        ("repeating", "re-? ?peating"),
        ("rephrase", "re-? ?phrase|re-? ?frase|refrase|re phrase|free phrase"),
        ("reword", "re-? word"),
        ("break", "brake"),
        ("pause", "paws|pawse"),
        ("let's", "lets"),
        ("i'm", "im"),
        ("i'd", "id(?= (?:like|rather|prefer))"),
        ("i've", "ive"),
        ("don't", "dont"),
        ("didn't", "didnt"),
        ("couldn't", "couldnt"),
        ("what's", "whats"),
        ("have to", "hafta"),
        ("got to", "gotta"),
        ("want to", "wanna"),
        ("give me", "gimme"),
        ("five", "5"),
        ("two", "2"),
        ("ten", "10"),
        ("five-minute", "five minutes?(?= (?:break|pause))"),
        ("hint", "hind|hints(?= please)"),
        ("clue", "glue(?= please|$)"),
    )
)
_COULD = re.compile(r"^((?:sorry |okay |so )*)(?:good|cut|kid|cud) (?=(?:you|we|i) )")


@lru_cache(maxsize=2048)
def tidied(text: str) -> str:
    """The lower-case words of `text`, cleaned. For the reading of requests only: an answer may
    well mean what is dropped here."""
    said = normal(text)
    for looks, meant in _FAULTS:
        said = looks.sub(meant, said)
    said = _COULD.sub(r"\1could ", f"{said}")
    said = _FILLERS.sub("", said).strip()
    return _DOUBLED.sub(r"\1", said)
