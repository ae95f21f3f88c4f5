"""Sessions that somebody has spoken in and that are over."""

from __future__ import annotations

import httpx

from interview.events import EndRequested, NextRequested, TurnEnded, UtteranceFinal
from interview.transcript import Word
from tests.server.conducting import Conductor
from tests.server.conftest import World

ANSWERS = (
    "I led the ranking team for two years, and we cut the error by eleven percent.",
    "We would optimise expected watch time, because clicks reward clickbait, with a guardrail "
    "on complaints, and measure it in an online experiment against the old ranker.",
    "I'd use boosted trees because they handle missing values with three hundred features.",
)


def speaks(conductor: Conductor, uid: str, text: str) -> None:
    """One turn of the candidate's, three words a second, and what follows it."""
    start = round(conductor.at * 1000) + 500
    words = tuple(
        Word(word, start + 330 * n, start + 330 * n + 300, 0.95)
        for n, word in enumerate(text.split())
    )
    end = words[-1].end_ms
    conductor.happens(
        UtteranceFinal(
            at=end / 1000 + 0.2,
            utterance_id=uid,
            text=text,
            start_ms=start,
            end_ms=end,
            words=words,
        )
    )
    conductor.happens(TurnEnded(at=conductor.at + 0.1))


async def ends(world: World, id_: str, conductor: Conductor) -> None:
    conductor.happens(EndRequested(at=conductor.at + 1))
    while not conductor.ended:
        conductor.wake()
    await world.send(id_, conductor)


async def finished(world: World, owner: httpx.AsyncClient, *answers: str) -> tuple[str, Conductor]:
    """A session that ended after `answers`, or ANSWERS; nothing was done about it yet."""
    id_, conductor = await world.conducted(owner)
    for number, text in enumerate(answers or ANSWERS):
        speaks(conductor, f"u{number}", text)
        if number == 0 and not answers:
            # What is said in the warm-up is not judged.
            conductor.happens(NextRequested(at=conductor.at + 0.1))
    await ends(world, id_, conductor)
    return id_, conductor
