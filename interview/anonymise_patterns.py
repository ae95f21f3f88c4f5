"""What is told by its form: addresses of mail and of the web, telephone numbers, numbers; written
or spoken."""

from __future__ import annotations

import re

from interview.anonymise_words import DIGITS, LARGE_NUMBERS, SMALL_NUMBERS, TERMS

_DOMAIN = r"(?:com|org|net|io|ai|dev|edu|gov|co|app|info|me|uk|de|fr|es|it|nl|eu|in|ca|au|ch|at)"
_SAID_WORD = r"[a-z0-9]+(?:[ ]?(?:dot|underscore|dash|hyphen)[ ][a-z0-9]+)*"
_NUMBER_WORD = "|".join(sorted(SMALL_NUMBERS | LARGE_NUMBERS | DIGITS, key=len, reverse=True))
_DIGIT_WORD = "|".join(sorted(DIGITS, key=len, reverse=True))

# What follows "slash" makes an address of the web of what else might be one for mail.
_SAID_PATH = re.compile(
    rf"\b(?:[a-z0-9-]+ dot )+{_DOMAIN}(?:(?: forward)? slash [a-z0-9-]+)+", re.I
)
_EMAIL = re.compile(r"[\w.+-]+\s?@\s?[\w-]+(?:\.[\w-]+)+", re.I)
_SAID_EMAIL = re.compile(
    r"\b(?!(?:is|it|it's|s|me|that|them|find|us|page|site|blog) at)"
    rf"{_SAID_WORD} at {_SAID_WORD} dot {_DOMAIN}\b(?: dot uk\b)?",
    re.I,
)
_URL = re.compile(rf"\bhttps?://\S+|\bwww\.\S+|\b(?:[\w-]+\.)+{_DOMAIN}\b(?:/[\w./?=&%#-]*)?", re.I)
_SAID_URL = re.compile(
    rf"\b(?:w ?w ?w dot )?(?:[a-z0-9-]+ dot )+{_DOMAIN}\b(?:(?: forward)? slash [a-z0-9-]+)*", re.I
)
_HANDLE = re.compile(r"(?<!\w)@\w+")
_PHONE = re.compile(r"\+?\(?\d(?:[ ().\-/]*\d){6,}")
_SAID_PHONE = re.compile(
    rf"\b(?:plus )?(?:{_DIGIT_WORD})(?:[ ,.-]+(?:{_DIGIT_WORD})){{6,}}\b", re.I
)
# Before a figure may stand a currency or sign, after it a unit; with letters it may be a term.
_FIGURE = re.compile(r"[$€£#+-]?\b[A-Za-z]*-?\d[\w,.:/%-]*(?<![,.:/-])%?")
_SAID_FIGURE = re.compile(
    r"\b(?:a (?=hundred|thousand|million|billion))?"
    rf"(?:(?:{_NUMBER_WORD})(?:[ -](?:and |point |a )?(?:{_NUMBER_WORD}))+"
    rf"|(?:{'|'.join(sorted(LARGE_NUMBERS, key=len, reverse=True))})s?)\b",
    re.I,
)

_NUMBERS = re.compile(r"<number>(?:[ -]<number>)+")


def marked(text: str, terms: frozenset[str]) -> str:
    """`text` with marks such as "<email>"; a figure that is one of `terms` stays."""
    # What looks like a mark and was in the text is none of ours.
    text = text.replace("<", "(").replace(">", ")").replace("\u2019", "'")
    for pattern, kind in (
        (_EMAIL, "email"),
        (_SAID_PATH, "url"),
        (_SAID_EMAIL, "email"),
        (_URL, "url"),
        (_SAID_URL, "url"),
        (_HANDLE, "name"),
        (_PHONE, "phone"),
        (_SAID_PHONE, "phone"),
    ):
        text = pattern.sub(f"<{kind}>", text)
    text = _FIGURE.sub(lambda found: _figure(found[0], terms), text)
    text = _SAID_FIGURE.sub("<number>", text)
    return _NUMBERS.sub("<number>", text)


def _figure(figure: str, terms: frozenset[str]) -> str:
    low = figure.lower()
    return figure if low in TERMS or low in terms else "<number>"
