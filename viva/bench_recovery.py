"""`viva bench recovery`: parts are killed in the middle of interviews, and what came of it."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from interview.plan import make_plan
from interview.scenario import Scenario
from viva.client import Client
from viva.errors import CommandError
from viva.parts import KINDS, Kind, Parts, is_whole
from viva.private import private_scenarios
from viva.recovery_figures import RESIDUE_S, Kill, Told, Witness, judge, recovery_figures
from viva.returning import ReturningCandidate
from viva.temporary import TemporaryViva, temporary_viva

T = TypeVar("T")

SCENARIO = "general-ml-system-design"
# Long enough for a hundred kills, and short enough that segments end in between.
SECONDS = (240.0, 600.0, 900.0, 900.0, 900.0)
KILLS_OF_EACH_KIND = 20
# After both were heard again the next kill comes at a random moment within this, in seconds.
_BETWEEN_S = (5.0, 15.0)
_FIRST_WORD_S = 60.0
_GIVES_UP_S = 60.0
# One death at a time is measured: the next one waits until all parts are there again.
_WHOLE_S = 90.0
_SAVED_S = 30.0
# The server waits for what comes late, then puts a long interview together.
_JOINED_S = 120.0
_POLL_S = 0.05
_OVER = frozenset({"ended", "scored", "abandoned"})


@dataclass(frozen=True, slots=True)
class RecoveryConfig:
    """`kills`: of each of `kinds`. `at_once`: interviews side by side, which all meet the death of
    a worker, a server or a media server. The moments, the order and what is said follow `seed`.
    `parts_log`: where the lines of all parts are written to at the end."""

    kills: int = KILLS_OF_EACH_KIND
    kinds: tuple[Kind, ...] = KINDS
    at_once: int = 1
    seed: int = 1
    scenario: str = SCENARIO
    seconds: tuple[float, ...] = SECONDS
    parts_log: Path | None = None


@dataclass(slots=True)
class _Held:
    """One interview under way."""

    client: Client
    candidate: ReturningCandidate
    task: asyncio.Task[None]
    kills: list[Kill] = field(default_factory=list)
    snapshot: list[dict[str, Any]] = field(default_factory=list)


async def recovery(config: RecoveryConfig, say: Callable[[str], None]) -> dict[str, Any]:
    """Interviews at a Viva that is started for this. When it is cancelled it answers what it has,
    with `interrupted` true. Raises CommandError when no interview can begin."""
    scenario = private_scenarios().get(config.scenario)
    if scenario is None:
        raise CommandError(f"no scenario {config.scenario!r}")
    random = Random(config.seed)  # noqa: S311 - repeatable, no secret
    order = [kind for kind in config.kinds for _ in range(config.kills)]
    random.shuffle(order)
    done: Counter[Kind] = Counter()
    interrupted = False
    say("starting a Viva of its own")
    most = {"VIVA_MAX_INTERVIEWS": str(2 * config.at_once + 2), "VIVA_STANDBY": "1"}
    with temporary_viva(most) as viva:
        async with AsyncExitStack() as stack:
            held = [
                await _begin(stack, viva, config, number, say) for number in range(config.at_once)
            ]
            try:
                for one in held:
                    await _until_heard_first(one)
                await _kill_all(viva, held, order, random, done, say)
            except asyncio.CancelledError:
                interrupted = True
            try:
                told = [await _end(one, config, scenario, say) for one in held]
            finally:
                if config.parts_log is not None:
                    config.parts_log.write_text("\n".join(viva.output))
    return {
        **recovery_figures(told, done, interrupted=interrupted),
        "seed": config.seed,
        "at_once": config.at_once,
    }


async def _begin(
    stack: AsyncExitStack,
    viva: TemporaryViva,
    config: RecoveryConfig,
    number: int,
    say: Callable[[str], None],
) -> _Held:
    client = await stack.enter_async_context(Client(viva.url))
    await client.register("Simulated returner")
    session = await client.create_session(config.scenario, config.seconds)
    await client.consent(session["id"])
    candidate = ReturningCandidate(
        client,
        session["id"],
        Random(f"{config.seed}-{number}"),  # noqa: S311 - repeatable, no secret
        lambda line: say(f"{number}: {line}"),
    )
    task = asyncio.create_task(candidate.run())

    async def stop() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(stop)
    return _Held(client, candidate, task)


async def _kill_all(
    viva: TemporaryViva,
    held: list[_Held],
    order: list[Kind],
    random: Random,
    done: Counter[Kind],
    say: Callable[[str], None],
) -> None:
    parts = Parts(viva.process.pid, viva.data_dir)
    for number, kind in enumerate(order, start=1):
        if not await _until(lambda: is_whole(viva.output), _WHOLE_S):
            say(f"not all parts are back within {_WHOLE_S:.0f} s")
        await asyncio.sleep(random.uniform(*_BETWEEN_S))
        if any(one.task.done() for one in held):
            say("an interview is over; no more kills")
            return
        for one in held:
            one.snapshot = await _patiently(one.client.events, one.candidate.session_id)
        sessions = [one.candidate.session_id for one in random.sample(held, len(held))]
        killed = await asyncio.to_thread(parts.kill, kind, sessions)
        done[kind] += 1
        replaced = kind in {"job", "worker"}
        hit = [one for one in held if not replaced or one.candidate.session_id in killed.gone]
        for one in hit:
            gone = killed.gone.get(one.candidate.session_id, killed.at)
            one.kills.append(Kill(kind, killed.at, gone, len(one.snapshot)))
        say(f"kill {number} of {len(order)}: {kind}")
        for one in hit:
            await _until_heard_again(one, killed.at, say)


async def _until_heard_first(one: _Held) -> None:
    if not await _until(lambda: bool(one.candidate.heard), _FIRST_WORD_S):
        raise CommandError(
            f"session {one.candidate.session_id}: the interviewer was not heard within "
            f"{_FIRST_WORD_S:.0f} s"
        )


async def _until_heard_again(one: _Held, at: float, say: Callable[[str], None]) -> None:
    """Until the interviewer is heard to begin, and the candidate said something and was answered:
    the next kill finds an interview that goes on."""

    def answered() -> bool:
        said = [end for start, end, _ in one.candidate.said if start > at]
        begun = [start for start, _ in one.candidate.heard if start > at + RESIDUE_S]
        return bool(said and begun and begun[-1] > said[0])

    if await _until(answered, _GIVES_UP_S):
        say(f"goes on {time.time() - at:.1f} s after the kill")
    else:
        say(f"NOT HEARD within {_GIVES_UP_S:.0f} s")


async def _patiently(call: Callable[[str], Awaitable[T]], session_id: str) -> T:
    """What the server answers, which may be about to come back."""
    deadline = time.monotonic() + _SAVED_S
    while True:
        try:
            return await call(session_id)
        except CommandError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.5)


async def _until(condition: Callable[[], bool], within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        await asyncio.sleep(_POLL_S)
    return True


async def _gaps(
    client: Client, session_id: str, say: Callable[[str], None]
) -> list[list[int]] | None:
    """Where nothing was recorded; None when there is no recording within _JOINED_S."""
    deadline = time.monotonic() + _JOINED_S
    while time.monotonic() < deadline:
        with contextlib.suppress(CommandError):
            gaps: list[list[int]] = (await client.peaks(session_id))["gaps"]
            return gaps
        await asyncio.sleep(1.0)
    say("the recording was not ready in time; nothing is known of lost sound")
    return None


async def _end(
    one: _Held, config: RecoveryConfig, scenario: Scenario, say: Callable[[str], None]
) -> Told:
    session_id, candidate = one.candidate.session_id, one.candidate
    deadline = time.monotonic() + _SAVED_S
    while time.monotonic() < deadline:
        # The last kill may not have been got over yet.
        with contextlib.suppress(CommandError):
            await one.client.control(session_id, "end")
        if (await _patiently(one.client.session, session_id))["state"] in _OVER:
            break
        await asyncio.sleep(1.0)
    candidate.leave()
    await asyncio.wait([one.task], timeout=_SAVED_S)
    witness = Witness(
        heard=candidate.heard,
        said=candidate.said,
        joined=candidate.joined,
        captions=candidate.captions,
        snapshot=one.snapshot,
        gaps=await _gaps(one.client, session_id, say),
    )
    events = await _patiently(one.client.events, session_id)
    told = judge(one.kills, witness, events, make_plan(config.seconds), scenario)
    for outcome in told.outcomes:
        say(f"{outcome.as_dict()}")
    for fault in (*told.lost, *told.doubled):
        say(f"FAULT {fault}")
    return told
