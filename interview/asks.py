"""A question with room for the candidate's own words, and those that fit whatever was named.

`{x}` may be singular or plural, a thing, a habit or an event, so nothing agrees with it."""

from __future__ import annotations

from dataclasses import dataclass

from interview.scenario import ProbeKind


@dataclass(frozen=True, slots=True)
class Ask:
    """`second_order`: after the effects of effects; only for those who are past the first.
    `design`: only where a system is designed."""

    kind: ProbeKind
    line: str
    second_order: bool = False
    design: bool = False


def asks(
    kind: ProbeKind, *lines: str, second_order: bool = False, design: bool = False
) -> tuple[Ask, ...]:
    return tuple(Ask(kind, line, second_order, design) for line in lines)


ON_ANYTHING: tuple[Ask, ...] = (
    *asks(
        "depth",
        "You mentioned {x}; what matters most about that here?",
        "What made you think of {x}?",
        "What do people get wrong about {x}?",
        "How would you explain {x} to somebody new?",
    ),
    *asks(
        "trade_off",
        "What speaks against {x}?",
        "What would you do without {x}?",
        "What do you gain with {x}, and what do you pay for that?",
    ),
    *asks(
        "failure",
        "What could go wrong around {x}?",
        "When would {x} let you down?",
        "How would you notice that you were wrong about {x}?",
    ),
    *asks(
        "number",
        "How much of a difference would {x} make, roughly?",
        "How would you put a size on {x}?",
    ),
    *asks("contradiction", "What would somebody who disagrees with you say about {x}?"),
    *asks(
        "trade_off",
        "What follows from {x} that people don't see at first?",
        "A year on, what would be different because of {x}?",
        "Who else has to change something because of {x}?",
        "Once you have the good of {x}, what gets harder?",
        second_order=True,
    ),
)
# Where somebody tells of what they did among people; of yesterday or of a day that is made up.
IN_A_STORY: tuple[Ask, ...] = (
    *asks(
        "depth",
        "You mentioned {x}; what does that mean for the people around you?",
        "As for {x}, which part is yours and which is somebody else's?",
        "What would you tell your manager about {x}?",
    ),
    *asks("failure", "Who gets hurt if you're wrong about {x}?"),
    *asks(
        "trade_off",
        "Who cares most about {x}, and why?",
        "What would you give up for {x}, and what wouldn't you?",
    ),
)
