"""Tone changes words, difficulty changes depth; both can be heard."""

import itertools
from collections import Counter
from dataclasses import fields, replace
from functools import cache

import pytest

from interview import ack_phrasing, aside_phrasing, closing_phrasing, phrasing, request_phrasing
from interview.commands import Move, Say
from interview.depth import DEPTHS
from interview.engine import Engine
from interview.language import normal
from interview.plan import make_plan
from interview.toned import Toned
from tests.interview.candidates import CANDIDATES
from tests.interview.playing import SAMPLE, Cast, play
from tests.interview.room import Room
from tests.shipped import SCENARIOS

SCENARIO = SCENARIOS["fraud-detection"]
LENGTHS = (120.0, 240.0, 420.0, 360.0, 240.0)
TONES = ("warm", "neutral", "direct")


@cache
def _play(candidate: str, difficulty: str, tone: str) -> Room:
    plan = make_plan(LENGTHS, difficulty=difficulty, tone=tone)
    return Room(plan=plan, scenario=SCENARIO, answer=CANDIDATES[candidate]()).start().run()


def _moves(room: Room, tone: str) -> list[Move]:
    """What an interviewer of that tone would have said to the same events."""
    engine = Engine(room.plan.model_copy(update={"tone": tone}), room.scenario, room.name)
    said = [command for event in room.log for command in engine.handle(event)]
    return [command.move for command in said if isinstance(command, Say)]


def _without_wording(moves: list[Move]) -> list[Move]:
    return [replace(move, line="") for move in moves]


@pytest.mark.parametrize("candidate", ["strong", "hostile"])
def test_the_same_events_bring_the_same_moves_in_every_tone(candidate: str) -> None:
    room = _play(candidate, "standard", "neutral")
    warm, neutral, direct = (_without_wording(_moves(room, tone)) for tone in TONES)
    assert warm == neutral == direct


@pytest.mark.parametrize("cast", SAMPLE, ids="-".join)
def test_whoever_comes_a_tone_changes_wording_only(cast: Cast) -> None:
    room = play(cast, 40)
    moves = _without_wording([say.move for say in room.of(Say)])
    for tone in set(TONES) - {cast.tone}:
        others = _without_wording(_moves(room, tone))
        parted = next(
            (i for i, (a, b) in enumerate(zip(moves, others, strict=False)) if a != b), None
        )
        if parted is None:
            assert moves == others
            continue
        # A wordier tone may say in two breaths what another says in one: the first then has no
        # question or no goodbye, and what comes after it does not fit the events of the other.
        one, other = moves[parted], others[parted]
        if {one.kind, other.kind} == {"feedback", "farewell"}:
            continue
        assert (one.ref is None) != (other.ref is None)
        assert replace(one, ref=None) == replace(other, ref=None)


def test_a_third_of_the_lines_differ_between_two_tones() -> None:
    said = {
        tone: [normal(line) for line in _play("strong", "senior", tone).lines] for tone in TONES
    }
    for one, other in itertools.combinations(TONES, 2):
        shared = set(said[one]) & set(said[other])
        assert len(shared) <= 2 / 3 * min(len(said[one]), len(said[other])), (one, other)


@pytest.mark.parametrize(
    "module",
    [ack_phrasing, phrasing, request_phrasing, aside_phrasing, closing_phrasing],
    ids=lambda m: m.__name__,
)
def test_each_tone_has_as_much_to_say_and_says_it_otherwise(module: object) -> None:
    pools = [pool for pool in vars(module).values() if isinstance(pool, Toned)]
    pools += [pool for pool in getattr(module, "BRIDGE", {}).values()]
    assert pools
    for pool in pools:
        tones = [getattr(pool, field.name) for field in fields(pool)]
        assert max(map(len, tones)) - min(map(len, tones)) <= 1, pool
        lines = [normal(line) for lines in tones for line in lines]
        assert len(lines) == len(set(lines)), pool


def _kinds(probes: list[Move]) -> Counter[str]:
    """The probes of an interview by kind, as their reasons name them."""
    return Counter(move.reason.split(" probe")[0] for move in probes)


def test_difficulty_changes_the_mix_of_probes() -> None:
    probes = {
        difficulty: [
            say.move
            for say in _play("strong", difficulty, "neutral").of(Say)
            if " probe: " in say.move.reason
        ]
        for difficulty in ("guided", "standard", "senior", "staff")
    }
    kinds = {difficulty: _kinds(moves) for difficulty, moves in probes.items()}
    assert not {"contradiction", "trade-off", "second-order"} & set(kinds["guided"])
    assert kinds["senior"]["trade-off"] > 0
    assert kinds["staff"]["second-order"] > 0
    assert all(kinds[d]["second-order"] == 0 for d in ("guided", "standard", "senior"))
    assert DEPTHS["guided"].probes < DEPTHS["standard"].probes < DEPTHS["senior"].probes


def test_only_a_guided_interview_offers_a_hint_unasked() -> None:
    def offered(difficulty: str) -> int:
        moves = [say.move for say in _play("hesitant", difficulty, "neutral").of(Say)]
        return sum("offered unasked" in move.reason for move in moves)

    assert offered("guided") > 0
    assert offered("staff") == 0
