"""How deep an interview of each difficulty goes."""

from __future__ import annotations

from dataclasses import dataclass

from interview.scenario import ProbeKind


@dataclass(frozen=True, slots=True)
class Depth:
    """`probes`: follow-ups on one authored question, at most. `kinds`: the kinds of probes, those
    wanted most first; others are not asked. `second_order`: also asks after the effects of
    effects. `offers_hints`: the first hint comes unasked, when there is no answer."""

    probes: int
    kinds: tuple[ProbeKind, ...]
    second_order: bool = False
    offers_hints: bool = False


DEPTHS = {
    "guided": Depth(1, ("depth", "number", "failure"), offers_hints=True),
    "standard": Depth(2, ("depth", "number", "trade_off", "failure", "contradiction")),
    "senior": Depth(3, ("trade_off", "failure", "contradiction", "number", "depth")),
    "staff": Depth(
        3, ("contradiction", "trade_off", "failure", "number", "depth"), second_order=True
    ),
}
