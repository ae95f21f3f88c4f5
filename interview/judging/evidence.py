"""Holds what a judge quotes against the words of the turn that it names.

Nothing about a place in the interview is taken from a judge: the quote is looked for, and where it
is said, with how many hints, is read from the turn. What cannot be found is dropped."""

from __future__ import annotations

from dataclasses import dataclass

from interview.judging.addressing import addresses
from interview.judging.dossier import Answer, Dossier
from interview.language import word_spans, words_of
from interview.report import CriterionScore, Evidence

# A quote of fewer words stands for nothing, unless the turn has no more.
LEAST_WORDS = 3
# No more quotes than this for one criterion.
MOST_EVIDENCE = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote is in a turn: as it stands there, and milliseconds on the session clock."""

    quote: str
    start_ms: int
    end_ms: int


def place(answer: Answer, quote: str) -> Place | None:
    """Where `quote` is said in `answer` for the first time, whatever the case and the punctuation;
    None when it is not there word for word.

    The span is that of its first to its last word. Where a turn has no times for its words, or not
    for these, it is the part of the turn that the words take up."""
    wanted = words_of(quote)
    spans = word_spans(answer.text)
    said = words_of(answer.text)
    first = _find(wanted, said)
    if first is None:
        return None
    last = first + len(wanted) - 1
    verbatim = answer.text[spans[first][0] : spans[last][1]]
    start, end = _timed(answer, said, first, last) or _in_proportion(
        answer, spans[first][0], spans[last][1]
    )
    start = min(max(start, answer.start_ms), answer.end_ms)
    return Place(verbatim, start, min(max(end, start), max(answer.end_ms, start)))


def verified(dossier: Dossier, score: CriterionScore) -> CriterionScore:
    """`score` with that of its evidence which is said in the turn it names and speaks to the
    interview rather than to whoever judges it; "no_evidence" when none is left for its level."""
    turns = {answer.turn: answer for answer in dossier.answers}
    kept: dict[tuple[int, str], Evidence] = {}
    for claimed in score.evidence:
        answer = turns.get(claimed.turn)
        if answer is None or answer.garbled:
            continue
        found = place(answer, claimed.quote)
        if found is None or addresses(found.quote):
            continue
        if len(words_of(found.quote)) < min(LEAST_WORDS, len(words_of(answer.text))):
            continue
        kept.setdefault(
            (claimed.turn, found.quote),
            Evidence(
                turn=claimed.turn,
                quote=found.quote,
                start_ms=found.start_ms,
                end_ms=found.end_ms,
                hints=answer.hints,
            ),
        )
    evidence = tuple(kept.values())[:MOST_EVIDENCE]
    if score.standing == "scored" and (not evidence or score.level is None):
        return score.model_copy(
            update={
                "standing": "no_evidence",
                "level": None,
                "unassisted": None,
                "assessed": False,
                "evidence": (),
            }
        )
    scored = score.standing == "scored"
    return score.model_copy(
        update={
            "level": score.level if scored else None,
            "unassisted": _unassisted(score, evidence) if scored else None,
            "assessed": scored,
            "evidence": evidence if scored else (),
        }
    )


def _unassisted(score: CriterionScore, evidence: tuple[Evidence, ...]) -> int | None:
    alone = [item for item in evidence if item.hints == 0]
    if not alone or score.level is None:
        return None
    if score.unassisted is not None:
        return min(score.unassisted, score.level)
    return score.level if len(alone) == len(evidence) else None


def _find(wanted: list[str], said: list[str]) -> int | None:
    """Where `wanted` begins in `said`; None when it is empty or not there."""
    if not wanted:
        return None
    last = len(said) - len(wanted)
    return next((n for n in range(last + 1) if said[n : n + len(wanted)] == wanted), None)


def _timed(answer: Answer, said: list[str], first: int, last: int) -> tuple[int, int] | None:
    """From the times of the words; None when the recogniser's words are not those of the turn and
    the quote is not among them."""
    spoken = [(part, word) for word in answer.words for part in words_of(word.text)]
    heard = [part for part, _ in spoken]
    if heard != said:
        # A part of the turn was typed, or has no times: the same words, where they were spoken.
        found = _find(said[first : last + 1], heard)
        if found is None:
            return None
        first, last = found, found + last - first
    return spoken[first][1].start_ms, max(spoken[first][1].end_ms, spoken[last][1].end_ms)


def _in_proportion(answer: Answer, begins: int, ends: int) -> tuple[int, int]:
    """From the characters of its text that the quote takes up."""
    length = answer.end_ms - answer.start_ms
    whole = max(1, len(answer.text))
    return (
        answer.start_ms + length * begins // whole,
        answer.start_ms - (-length * ends // whole),
    )
