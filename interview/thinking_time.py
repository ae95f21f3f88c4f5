"""Does the candidate ask for time to think, and for how much?"""

from __future__ import annotations

import re

from interview.language import sentences
from interview.tidying import tidied

_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "a couple of": 2, "a couple": 2,
    "a couple more": 2, "three": 3, "a few": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "half a": 0.5, "one and a half": 1.5,
    "two and a half": 2.5, "one or two": 2, "two or three": 3, "five or ten": 10,
    "ten or fifteen": 15, "a hundred": 100,
    "twenty": 20, "twenty-five": 25, "twenty five": 25, "thirty": 30, "thirty-five": 35,
    "thirty five": 35, "forty": 40, "forty-five": 45, "forty five": 45, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_TIME_NUMBER = rf"(?P<n>{'|'.join(sorted(_NUMBERS, key=len, reverse=True))}|\d{{1,3}})"
_TIME_UNIT = r"(?P<unit>minutes?|min|mins|seconds?|secs?|moments?|bit)"
_TIME = (
    rf"(?:just |like |about |maybe |a quick )?(?:{_TIME_NUMBER} )"
    rf"(?:more |quick |short |little )?{_TIME_UNIT}(?P<more> or (?:two|so)| and a half)?"
)
_NAMED = re.compile(
    rf"\b{_TIME_NUMBER} (?:more |extra |additional )?"
    r"(?P<unit>minutes?|mins?|seconds?|secs?)\b(?! left| ago)(?P<more> and a half)?"
)
_TIME_ALONE = (
    r"(?:just |maybe )?(?P<n>an?|one|another) (?:more |quick |short |little )?"
    r"(?P<unit>minute|second|sec|moment)"
)
_ASK_LEAD = (
    r"(?:(?:um|uh|so|well|okay|ok|right|yeah|yes|hmm|oh|sorry|sure|and|but|good question|please|"
    r"actually|no|wait|interesting|that's a (?:good|tricky|tough|hard) (?:one|question)|just"
    r"|if i may|if you don't mind|can you|could you|would you|can i|could i|may i|i'd like to"
    r"|i would like to|i want to|is it okay if i|do you mind if i|let me just|let me see) )*"
)
_ASK_TAIL = (
    r"(?: (?:please|would you|will you|if you can"
    r"|if that's okay|here|okay|ok|first|again|thanks|thank you|now|um|uh|on (?:this|that)(?: one)?"
    r"|for (?:this|that)(?: one)?|with (?:this|that)|about (?:it|that|this)(?: one)?"
    r"|(?:for )?(?:an?|one|two|a few|a couple of|thirty|\d+)"
    r" (?:moments?|minutes?|seconds?|secs?|bit)"
    r"|to (?:just )?(?:think|collect|gather|consider|reflect|organi[sz]e|order|write|sketch|work)"
    r"(?: (?!i'd|i'll|i |we |you |they |we'd|it's|so |then )[a-z'-]+){0,6}"
    r"|(?:through|about|on|over) (?:it|this|that|the|my|our|how|what|which|where|whether)"
    r"(?: (?!i'd|i'll|i |we |you |they |we'd|it's|so |then )[a-z'-]+){0,6}"
    r"|(?:i'm|i am) (?:just )?thinking(?: about (?:it|this|that))?|while i think"
    r"|(?:about |through )?(?:how|what|where|whether|which)(?: [a-z'-]+){1,7}))*"
)
# The first group asks wherever it stands, the others where a sentence begins with them.
_ASKS = tuple(
    re.compile(rf"{start}{_ASK_LEAD}{body}{_ASK_TAIL}$")
    for start, body in (
        (r"(?:^|(?<= ))", rf"(?:give|grant|allow|spare)(?: me| us) {_TIME}"),
        (
            r"(?:^|(?<= ))",
            # What recognisers make of "let" here, too.
            r"(?:let|love|left|lend) me (?:just |first |quickly )?(?:think|consider|reflect"
            r"|gather my thoughts|collect my thoughts|work (?:it|this|that) out|turn that over"
            r"|ponder)",
        ),
        (r"(?:^|(?<= ))", r"(?:bear|stay) with me"),
        ("^", rf"(?:get|have|take|need) {_TIME}"),
        (
            "^",
            rf"(?:i'll|i will|i'd|i would|i|let me|let's)(?: just| really| like to| maybe)*"
            rf" (?:need|take|want|have|use) {_TIME}",
        ),
        ("^", rf"{_TIME_ALONE}"),
        ("^", rf"{_TIME}(?= (?:please|to think))"),
        (
            "^",
            r"(?:(?:i'm|i am) (?:just |still )?thinking|hang on|hold on"
            r"|wait (?:a|one) (?:moment|second|minute|sec|bit)|give me some time"
            r"|i need (?:some )?(?:time|a bit of time)(?= to think)"
            r"|(?:i need|i have|i'll have|i'd have|i've got) to think|thinking about (?:it|that)"
            r"|let me have a think)",
        ),
    )
)
_FILLER_ONLY = re.compile(r"^(?:(?:um|uh|er|erm|hmm|hm|okay|ok|so|well|sorry|yeah|right) ?)+$")
# What is asked for without a length is given up to this, in seconds; a bare "second" or "moment"
# is less, and nothing is more than the cap.
THINKING_S = 60.0
MOMENT_S = 30.0
LONGEST_HOLD_S = 300.0


def time_asked(text: str) -> float | None:
    """The seconds of silence that the last sentence of `text` asks for; None when it asks for
    none. A request is one only where the sentence ends with it."""
    said = [words for part in sentences(text) if (words := tidied(part))]
    while len(said) > 1 and _FILLER_ONLY.match(said[-1]):
        said.pop()
    matches = (asks.search(said[-1]) for asks in _ASKS if said)
    return next((_length(match) for match in matches if match), None)


def whole_request(span: str) -> float | None:
    """The seconds of silence that `span`, in lower-case words, asks for and nothing else does."""
    matches = (asks.match(span) for asks in _ASKS)
    return next((_length(match) for match in matches if match), None)


def named_length(text: str) -> float | None:
    """The first length of time named in `text`, in seconds ("five more minutes": 300.0); None
    when none is. "A moment", "a bit" and the like name none."""
    for part in sentences(text):
        for match in _NAMED.finditer(tidied(part)):
            number, unit = match["n"], match["unit"]
            count = _NUMBERS.get(number) or float(number)
            count += 0.5 if (match["more"] or "").endswith("half") else 0.0
            return count * (60.0 if unit.startswith("min") else 1.0)
    return None


def _length(match: re.Match[str]) -> float:
    found = match.groupdict()
    unit, number, more = (found.get(name) or "" for name in ("unit", "n", "more"))
    if not unit:
        longer = re.search(r"\b(?:think|thinking|consider|thoughts|ponder|time)\b", match.group(0))
        return THINKING_S if longer else MOMENT_S
    count = _NUMBERS.get(number) or (float(number) if number.isdigit() else 1.0)
    if more.endswith(("half", "two")):
        count += 0.5 if more.endswith("half") else 1.0
    if unit.startswith("min"):
        return min(LONGEST_HOLD_S, 60.0 * count)
    return min(LONGEST_HOLD_S, max(MOMENT_S, count)) if unit.startswith("sec") else MOMENT_S
