"""Whole interviews by voice: real media server, real recognition, real speech, real time."""

import asyncio
from pathlib import Path

import httpx
import pytest

from interview.scenario import SEGMENT_IDS
from viva.errors import CommandError
from viva.outcome import Result
from viva.persona import Absence, load
from viva.private import private_scenarios
from viva.simulate import SimulateConfig, simulate
from viva.temporary import TemporaryViva

pytestmark = pytest.mark.slow

HALF_MINUTES = (30.0,) * 5
SCENARIO = "general-ml-system-design"


@pytest.mark.timeout(600)
async def test_two_interviews_at_once_one_spoken_and_one_silent(
    running_viva: TemporaryViva,
) -> None:
    lines: list[str] = []
    spoken = SimulateConfig(
        url=running_viva.url,
        scenario=SCENARIO,
        persona=load("steady"),
        segment_seconds=HALF_MINUTES,
        on_line=lines.append,
    )
    result, silent = await asyncio.gather(
        simulate(spoken), simulate(_short(running_viva, "silent"))
    )
    print("\n".join(lines))
    print(f"word error rate {result.wer}, gaps {result.as_dict()['gaps_ms']} ms")

    assert result.state in {"ended", "scored"}
    assert tuple(result.segments) == SEGMENT_IDS
    assert len(result.said) >= 5, "at least one answer a segment"
    assert result.wer is not None
    assert result.wer < 0.15
    _assert_both_sides_stored_in_order(result)
    assert result.unanswered == 0
    assert not _said_in_log(running_viva, result), "what was said must not be in a log line"

    # Who never speaks is led to the end.
    assert silent.state in {"ended", "scored"}
    assert tuple(silent.segments) == SEGMENT_IDS
    assert {turn["speaker"] for turn in silent.transcript} == {"interviewer"}


async def test_who_leaves_at_once_leaves_a_session_that_waits(running_viva: TemporaryViva) -> None:
    result = await simulate(_short(running_viva, "leaves-at-once"))
    assert result.first_word_ms is not None
    assert result.state in {"live", "paused"}
    assert all(turn["speaker"] == "interviewer" for turn in result.transcript)
    assert result.conduct is not None
    assert result.conduct.moves_without_reason == 0


async def test_who_thinks_within_a_turn_is_heard_to_the_end(running_viva: TemporaryViva) -> None:
    lines: list[str] = []
    result = await simulate(
        SimulateConfig(
            url=running_viva.url,
            scenario=SCENARIO,
            persona=load("slow-thinker"),
            segment_seconds=(90.0,) * 5,
            turns_max=1,
            private=private_scenarios()[SCENARIO],
            on_line=lines.append,
        )
    )
    print("\n".join(lines))
    conduct = result.conduct
    assert conduct is not None
    assert conduct.thinking_pauses >= 1
    assert conduct.cut_ins <= 1
    assert conduct.facts_leaked == 0
    assert conduct.moves_without_reason == 0
    assert conduct.double_questions == 0
    assert conduct.candidate_words >= 5
    assert conduct.interviewer_words >= 20


async def test_who_leaves_and_returns_on_a_bad_line_is_asked_on_and_recorded(
    running_viva: TemporaryViva,
) -> None:
    absence = Absence(after_answers=1, seconds=2)
    lines: list[str] = []
    result = await simulate(
        SimulateConfig(
            url=running_viva.url,
            scenario=SCENARIO,
            persona=load("phone").model_copy(update={"absence": absence}),
            segment_seconds=(90.0,) * 5,
            turns_max=2,
            private=private_scenarios()[SCENARIO],
            on_line=lines.append,
            record=True,
        )
    )
    print("\n".join(lines))
    assert lines.index("(leaves the room)") < lines.index("(comes back)")
    assert len(result.said) == 2
    assert result.segments == ["warm_up"]
    moves = [turn["move"] for turn in result.transcript if turn["speaker"] == "interviewer"]
    assert moves[0] == "greet"
    assert "resume" in moves, "it says where they were"
    assert result.wer is not None
    assert result.wer < 0.5, "over a telephone line, in a room where others talk"
    assert result.unanswered == 0
    assert result.conduct is not None
    assert result.conduct.facts_leaked == 0
    recording = result.recording
    assert recording is not None
    print(recording)
    # What was said and heard, before and after the absence, is there, within what the network may
    # hold it up; and it is where the log has it, which no network can change.
    assert recording["clips_found"] >= 0.9 * recording["clips"] > 0
    assert recording["heard_found"] >= 0.9 * recording["heard"] > 0
    assert recording["speeches"] >= 3
    assert recording["speeches_max_ms"] < 100
    assert recording["words_worst_p50_ms"] < 100


async def test_a_scenario_that_is_not_there_is_named(running_viva: TemporaryViva) -> None:
    config = SimulateConfig(url=running_viva.url, scenario="nowhere", persona=load("silent"))
    with pytest.raises(CommandError, match=r"404|422"):
        await simulate(config)


async def test_the_page_is_served(running_viva: TemporaryViva) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(running_viva.url)
    assert answer.status_code == 200
    assert "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (48_000, 2)])
async def test_sound_of_every_kind_is_understood(
    running_viva: TemporaryViva, tmp_path: Path, rate: int, channels: int
) -> None:
    import wave

    import av

    from viva.levels import RATE
    from viva.speaker import Speaker

    said = Speaker().say("I have worked on ranking for an online shop for three years.")
    frame = av.AudioFrame.from_ndarray(said.samples.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = RATE
    layout = "mono" if channels == 1 else "stereo"
    resampler = av.AudioResampler(format="s16", layout=layout, rate=rate)
    pcm = b"".join(
        piece.to_ndarray().tobytes()
        for piece in [*resampler.resample(frame), *resampler.resample(None)]
    )
    path = tmp_path / "answer.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm)

    result = await simulate(
        SimulateConfig(
            url=running_viva.url,
            scenario=SCENARIO,
            persona=load("steady"),
            segment_seconds=HALF_MINUTES,
            wavs=(path,),
            turns_max=1,
        )
    )
    assert "ranking" in " ".join(result.understood()).lower()


def _short(running: TemporaryViva, persona: str) -> SimulateConfig:
    return SimulateConfig(
        url=running.url,
        scenario=SCENARIO,
        persona=load(persona),
        segment_seconds=(8.0, 8.0, 8.0, 8.0, 8.0),
    )


def _assert_both_sides_stored_in_order(result: Result) -> None:
    turns = result.transcript
    assert [turn["index"] for turn in turns] == list(range(len(turns)))
    starts = [turn["start_ms"] for turn in turns]
    assert starts == sorted(starts)
    assert {turn["speaker"] for turn in turns} == {"candidate", "interviewer"}
    segments = [turn["segment"] for turn in turns]
    assert segments == sorted(segments, key=SEGMENT_IDS.index)


def _said_in_log(running: TemporaryViva, result: Result) -> list[str]:
    heard = [turn["text"] for turn in result.transcript if len(turn["text"].split()) > 4]
    return [line for line in running.output if any(text in line for text in heard)]
