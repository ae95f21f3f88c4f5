"""Candidates who answer by rule, for interviews that are played and read."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import yaml

from interview.commands import Say

Answer = Callable[[Say], str | None]
# How a persona's file marks a pause.
PAUSE = re.compile(r" ?\[pause [\d.]+\]")
PERSONAS = Path(__file__).parents[2] / "viva" / "personas"

VERBOSE = (
    "So, I have worked on recommendations for about six years, first for books and then for news, "
    "and what I learned is that the data decides, because every model we tried was limited by what "
    "we logged, and we logged very little in the beginning.",
    "I would begin with the objective, because without a clear objective the whole team optimises "
    "clicks, and clicks reward whatever is loud, so I'd rather use retention over four weeks with "
    "a guardrail on complaints.",
    "On the serving side we keep a feature store that is filled by a streaming pipeline, and the "
    "request path only reads from it, which keeps the latency under one hundred milliseconds even "
    "at the peak, although the cache has to be warmed after every deployment.",
    "For candidate generation I'd take a two tower model and an approximate nearest neighbour "
    "index, and for the ranking a gradient boosted model with a few hundred features, because it "
    "handles missing values and it is easy to explain.",
    "Position bias is a real problem here, so we randomise a small share of the traffic and "
    "estimate the propensity from that, and then we weight the loss with it.",
    "We would monitor the distribution of every feature and retrain once a day, with a canary "
    "before each release and an automatic rollback if the error rate goes up.",
    "Another thing is fraud, sellers who copy listings, and for that I would train a separate "
    "classifier on the decisions of the review team, and keep a threshold for each category.",
)
HESITANT = (
    "Um, I think, uh, maybe a classifier?",
    "I'm not sure.",
    "I don't know, sorry.",
    "Well, maybe we could use, um, the click data to train the model.",
    "I guess an A/B test would show whether it works.",
    "Can I have a hint?",
    "Um, so I'd probably start with a simple baseline.",
    "I have never done that.",
    "What do you mean?",
    "Maybe the labels are wrong, I'm not sure.",
)
ASKER = (
    "I build search systems, mostly on the retrieval side.",
    "How many users do we have?",
    "Before I answer, I'd like to know who the users are.",
    "What's the latency budget? And do we have labels?",
    "Should I think about mobile as well?",
    "I would cache popular results for a few minutes.",
    "Is there a current system?",
    "I want to know how often the data changes.",
    "I'd split the traffic by user and compare conversion after two weeks.",
    "Could you repeat that?",
    "Do you want me to draw the architecture?",
    "How much training data do we have?",
    "The ranker would be a small neural network with calibration on top.",
    "Which colour is the button?",
)


def in_turn(texts: tuple[str, ...]) -> Answer:
    turns: Iterator[str] = itertools.cycle(texts)
    return lambda say: None if say.move.kind == "farewell" else next(turns)


def as_recognised(answer: Answer) -> Answer:
    """The same words as a recogniser writes them: no capitals, no punctuation."""

    def heard(say: Say) -> str | None:
        words = answer(say)
        return re.sub(r"[.,?!;:]", "", words).lower() if words else None

    return heard


def _sheet(name: str) -> Any:
    return yaml.safe_load(PAUSE.sub("", (PERSONAS / f"{name}.yaml").read_text()))


def persona(name: str) -> Answer:
    """The persona that simulated interviews use, by its cues, its lines and then its rest."""
    sheet = _sheet(name)
    cues = list(sheet.get("cues", ()))
    lines = {segment: iter(said) for segment, said in sheet["lines"].items()}
    otherwise = itertools.cycle(sheet["otherwise"])

    def answer(say: Say) -> str | None:
        if say.move.kind == "farewell":
            return None
        asked = say.move.line.lower()
        for cue in cues:
            if any(word in asked for word in cue["when"]):
                cues.remove(cue)
                return str(cue["say"])
        return next(lines.get(say.move.segment, iter(())), None) or next(otherwise)

    return answer


CANDIDATES: dict[str, Callable[[], Answer]] = {
    "steady": lambda: persona("steady"),
    "terse": lambda: persona("terse"),
    "garbled": lambda: as_recognised(persona("steady")),
    "verbose": lambda: in_turn(VERBOSE),
    "verbose, garbled": lambda: as_recognised(in_turn(VERBOSE)),
    "hesitant": lambda: in_turn(HESITANT),
    "asks": lambda: in_turn(ASKER),
    "asks, garbled": lambda: as_recognised(in_turn(ASKER)),
    "one word": lambda: in_turn(("Yes.", "No.", "Maybe.")),
    "silent": lambda: lambda _: None,
    "strong": lambda: persona("strong"),
    "rambler": lambda: persona("rambler"),
    "contradicts": lambda: persona("contradicts"),
    "off-topic": lambda: persona("off-topic"),
    "hostile": lambda: persona("hostile"),
    "injector": lambda: persona("injector"),
    "injector, garbled": lambda: as_recognised(persona("injector")),
    "never clarifies": lambda: persona("never-clarifies"),
    "asks for hints": lambda: persona("asks-for-hints"),
}


def spoken_by(name: str, *segments: str) -> list[str]:
    """All that a persona may answer in `segments`."""
    sheet = _sheet(name)
    lines = [line for segment in segments for line in sheet["lines"].get(segment, ())]
    return [*lines, *(cue["say"] for cue in sheet.get("cues", ()))]
