"""A transcript as JSON, WebVTT, Markdown and plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from webvtt import Caption, WebVTT

from interview.transcript import Turn, Word
from server.transcripts.schemas import TranscriptOut, TurnOut, WordOut

_SPEAKERS = {"candidate": "Candidate", "interviewer": "Interviewer"}
_CUE_MS_MOST = 6_000
_CUE_WORDS_MOST = 14
# A hyphen within a word opens nothing.
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~!+]|(?<!\w)-|-(?!\w))")
# At the beginning of a line it would open a numbered list.
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")


def to_out(session_id: str, turns: Sequence[Turn]) -> TranscriptOut:
    return TranscriptOut(
        session_id=session_id,
        turns=[
            TurnOut(
                index=turn.index,
                speaker=turn.speaker,
                segment=turn.segment,
                start_ms=turn.start_ms,
                end_ms=turn.end_ms,
                text=turn.text,
                interrupted=turn.interrupted,
                move=turn.move,
                flags=list(turn.flags),
                words=[
                    WordOut(
                        text=word.text,
                        start_ms=word.start_ms,
                        end_ms=word.end_ms,
                        confidence=word.confidence,
                    )
                    for word in turn.words
                ],
            )
            for turn in turns
        ],
    )


def stamp(milliseconds: int, fraction: bool = False) -> str:
    """ "00:12:05", or with `fraction` "00:12:05.250"."""
    seconds, rest = divmod(max(milliseconds, 0), 1000)
    whole = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return f"{whole}.{rest:03}" if fraction else whole


def plain(text: str) -> str:
    """`text` as one line of Markdown that reads like it, whatever characters are in it."""
    escaped = _MARKDOWN.sub(r"\\\1", _one_line(text))
    return _NUMBERED.sub(r"\1\\\2", escaped)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _cues(turn: Turn) -> Iterator[tuple[int, int, str]]:
    """Start, end and text of the captions of one turn; many short ones where words have times."""
    if not turn.words:
        yield turn.start_ms, turn.end_ms, turn.text
        return
    group: list[Word] = []
    for word in turn.words:
        long = group and word.end_ms - group[0].start_ms > _CUE_MS_MOST
        if group and (long or len(group) == _CUE_WORDS_MOST):
            yield group[0].start_ms, group[-1].end_ms, " ".join(w.text.strip() for w in group)
            group = []
        group.append(word)
    yield group[0].start_ms, group[-1].end_ms, " ".join(w.text.strip() for w in group)


def vtt(turns: Sequence[Turn]) -> str:
    """WebVTT, each cue in the voice of its speaker."""
    captions = WebVTT()
    for turn in turns:
        voice = _SPEAKERS[turn.speaker]
        for start, end, text in _cues(turn):
            last = max(end, start + 1)
            # Escaped, so that nothing said can open a tag or pass for a cue's timing line.
            line = f"<v {voice}>{html.escape(_one_line(text), quote=False)}"
            captions.captions.append(Caption(stamp(start, True), stamp(last, True), line))
    content: str = captions.content
    return content.rstrip("\n") + "\n"


def _headed(turns: Sequence[Turn], titles: dict[str, str]) -> Iterator[str | Turn]:
    """The turns, and before the first of each run in one segment that segment's title."""
    segment = None
    for turn in turns:
        if turn.segment != segment:
            segment = turn.segment
            yield titles.get(segment, segment)
        yield turn


def markdown(turns: Sequence[Turn], title: str, titles: dict[str, str]) -> str:
    """Markdown in which what was said is text, whatever characters are in it."""

    parts = [f"# {plain(title)}"]
    for item in _headed(turns, titles):
        if isinstance(item, str):
            parts.append(f"## {plain(item)}")
        else:
            said = plain(item.text) + (" …" if item.interrupted else "")
            parts.append(f"**{_SPEAKERS[item.speaker]}** ({stamp(item.start_ms)}): {said}")
    return "\n\n".join(parts) + "\n"


def text(turns: Sequence[Turn], title: str, titles: dict[str, str]) -> str:
    parts = [title]
    for item in _headed(turns, titles):
        if isinstance(item, str):
            parts.append(f"\n{item}\n")
        else:
            said = _one_line(item.text) + (" …" if item.interrupted else "")
            parts.append(f"[{stamp(item.start_ms)}] {_SPEAKERS[item.speaker]}: {said}")
    return "\n".join(parts) + "\n"
