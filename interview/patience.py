"""How patient the interviewer is: seconds of silence, by segment and difficulty."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interview.listing import Reading
from interview.scenario import SEGMENT_IDS


@dataclass(frozen=True, slots=True)
class Patience:
    """`nudge`: silence after a question before the first nudge; `offer` and `leave`: further
    silence before other words are offered, and before the way on or a pause is. `maybe` and
    `open`: silence after words that may go on or are unfinished; `unended`: after whole words
    that no end of turn followed."""

    nudge: float
    offer: float
    leave: float
    maybe: float
    open: float
    unended: float

    def hold(self, reading: Reading) -> float:
        """Silence to leave after words that read so."""
        return {"finished": 0.0, "maybe": self.maybe, "open": self.open}[reading]


# People pause for 2 to 20 s inside a sentence; `open` lies above that, and a question that takes
# thought is given more than one about oneself.
TABLE = {
    "warm_up": Patience(nudge=12, offer=15, leave=20, maybe=3.5, open=21, unended=8),
    "problem_framing": Patience(nudge=18, offer=18, leave=22, maybe=4.0, open=23, unended=9),
    "solution_exploration": Patience(nudge=25, offer=20, leave=25, maybe=4.5, open=25, unended=10),
    "deep_dive": Patience(nudge=25, offer=20, leave=25, maybe=4.5, open=25, unended=10),
    "wrap_up": Patience(nudge=15, offer=15, leave=20, maybe=3.5, open=21, unended=8),
}
# Help comes sooner in a guided interview, later where one is to find one's own way.
_BEFORE_HELP = {"guided": 0.8, "standard": 1.0, "senior": 1.15, "staff": 1.3}


def patience(index: int, difficulty: str) -> Patience:
    """The patience of segment `index`."""
    own = TABLE[SEGMENT_IDS[index]]
    by = _BEFORE_HELP.get(difficulty, 1.0)
    return replace(own, nudge=own.nudge * by, offer=own.offer * by, leave=own.leave * by)


# A candidate is led back to the point after speaking for so long, in seconds, or for this part of
# a short segment, but not before they could have said anything; while taking stock, later.
RAMBLING_PART = 0.6
RAMBLING_LEAST_S = 30.0
RAMBLING_AT_THE_END = 1.5


def rambling(limit: float, allotted: float, *, last: bool, redirected: int) -> float:
    """Seconds of one turn after which it is interrupted, having been so `redirected` times."""
    scaled = min(limit, max(RAMBLING_LEAST_S, RAMBLING_PART * allotted))
    return scaled * (RAMBLING_AT_THE_END if last else 1.0) * (1 + redirected)
