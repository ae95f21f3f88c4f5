"""livekit's OpenAI plugin in our sockets, against an OpenAI-compatible server of our own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from livekit import rtc
from livekit.agents import llm
from livekit.agents import vad as vad_
from pydantic import ValidationError

from agent.brain.wording import Worded, Wording
from agent.settings import Settings
from agent.speech.engines import PROMPT_CHARACTERS, Engines, _client, _expecting
from agent.speech.piper_tts import Piper
from interview.commands import Move
from tests.agent.test_wording import BRIEFING
from tests.fakes.openai_server import FakeOpenAI

MOVE = Move(
    kind="probe",
    reason="it was named",
    line="You said retrieval. How would you measure it?",
    segment="deep_dive",
)


@pytest.fixture
async def remote() -> AsyncIterator[FakeOpenAI]:
    async with FakeOpenAI().running() as server:
        yield server


def settings(url: str, **more: str) -> Settings:
    values = {"VIVA_AGENT_TOKEN": "x" * 16, "OPENAI_BASE_URL": url, **more}
    return Settings(_env_file=None, **values)


def engines(url: str, **more: str) -> Engines:
    class NoVad(vad_.VAD):
        def stream(self) -> vad_.VADStream:
            raise AssertionError("not used here")

    vad = NoVad(capabilities=vad_.VADCapabilities(update_interval=0.1))
    return Engines(settings=settings(url, **more), vad=vad, whisper=None, piper=None)


def test_a_key_or_an_address_is_enough_to_choose_the_model() -> None:
    plain = {"VIVA_AGENT_TOKEN": "x" * 16}
    assert Settings(_env_file=None, **plain).brain == "local"
    assert Settings(_env_file=None, **plain, OPENAI_API_KEY="k").brain == "openai"
    assert settings("http://127.0.0.1/v1").brain == "openai"
    assert settings("http://127.0.0.1/v1", VIVA_LLM="local").brain == "local"


def test_a_variable_that_is_set_but_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIVA_AGENT_TOKEN", "x" * 16)
    for name in ("OPENAI_BASE_URL", "VIVA_LLM", "VIVA_WHISPER_MODEL"):
        monkeypatch.setenv(name, "")
    found = Settings(_env_file=None)
    assert (found.openai_base_url, found.brain, found.whisper_model) == (None, "local", "tiny.en")
    assert _client(found.remote("llm")).base_url.host == "api.openai.com"


async def word(brain: llm.LLM[Any], **limits: float) -> Worded:
    try:
        return await Wording(brain, **limits).word(MOVE, lambda: replace(BRIEFING, move=MOVE))
    finally:
        await brain.aclose()


async def test_the_models_words_are_spoken(remote: FakeOpenAI) -> None:
    remote.words = ["So, retrieval. ", "How would ", "you measure ", "it?"]
    worded = await word(engines(remote.url, VIVA_LLM_MODEL="llama3.2").new_brain())
    assert worded == Worded("So, retrieval. How would you measure it?", "llama3.2", None)
    asked = remote.asked[0]
    assert asked["model"] == "llama3.2"
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert "viva_line" not in str(asked)


async def test_the_key_is_sent(remote: FakeOpenAI) -> None:
    await word(engines(remote.url, OPENAI_API_KEY="sk-secret").new_brain())
    assert remote.keys == ["Bearer sk-secret"]


async def test_speech_by_the_same_server(remote: FakeOpenAI) -> None:
    voice = engines(remote.url, VIVA_TTS="openai").new_tts()
    async with voice.synthesize("Hello.") as stream:
        frames = [event.frame async for event in stream]
    assert sum(frame.duration for frame in frames) == pytest.approx(1.0, abs=0.1)
    assert remote.asked[0]["input"] == "Hello."
    await voice.aclose()


@pytest.mark.parametrize(
    ("wanted", "spoken"), [(None, "af_heart"), ("bm_george", "bm_george"), ("gone", "af_heart")]
)
async def test_speech_has_the_voice_and_the_rate_of_the_plan(
    remote: FakeOpenAI, wanted: str | None, spoken: str
) -> None:
    chosen = engines(remote.url, VIVA_TTS="openai", VIVA_TTS_VOICE="af_heart, bm_george")
    chosen.load_voice(wanted)
    voice = chosen.new_tts(wanted, 1.25)
    async with voice.synthesize("Hello.") as stream:
        assert [event.frame async for event in stream]
    assert (remote.asked[0]["voice"], remote.asked[0]["speed"]) == (spoken, 1.25)
    await voice.aclose()


async def test_the_local_voice_takes_over_when_the_remote_one_fails(remote: FakeOpenAI) -> None:
    remote.status = 500
    chosen = engines(remote.url, VIVA_TTS="openai")
    piper = Piper("joe")
    voice = replace(chosen, piper=piper).new_tts()
    async with voice.synthesize("Let us go on.") as stream:
        frames = [event.frame async for event in stream]
    assert sum(frame.duration for frame in frames) > 0.4
    await voice.aclose()
    piper.executor.shutdown()


def test_openai_without_a_key_or_an_address_stops_the_start() -> None:
    with pytest.raises(ValidationError, match="VIVA_TTS is openai, so OPENAI_API_KEY is needed"):
        Settings(_env_file=None, VIVA_AGENT_TOKEN="x" * 16, VIVA_TTS="openai")


async def test_recognition_by_the_same_server(remote: FakeOpenAI) -> None:
    ears = engines(remote.url, VIVA_STT="openai").new_stt(("NDCG", "two tower"))
    pcm = np.zeros(16_000, dtype=np.int16).tobytes()
    frame = rtc.AudioFrame(data=pcm, sample_rate=16_000, num_channels=1, samples_per_channel=16_000)
    event = await ears.recognize([frame])
    assert event.alternatives[0].text == "hello there"
    assert "NDCG, two tower" in remote.asked[0]["prompt"]
    await ears.aclose()


async def test_each_part_may_have_a_server_of_its_own(remote: FakeOpenAI) -> None:
    parts = engines(
        "http://127.0.0.1:9/v1",
        OPENAI_API_KEY="sk-secret",
        VIVA_LLM_BASE_URL=remote.url,
        VIVA_STT_BASE_URL=remote.url,
        VIVA_STT_API_KEY="sk-ears",
        VIVA_STT="openai",
    )
    await word(parts.new_brain())
    ears = parts.new_stt(())
    frame = rtc.AudioFrame(
        data=bytes(32_000), sample_rate=16_000, num_channels=1, samples_per_channel=16_000
    )
    await ears.recognize([frame])
    await ears.aclose()
    assert remote.keys == ["Bearer none", "Bearer sk-ears"]


def test_a_server_of_its_own_is_enough_for_a_part() -> None:
    plain = {"VIVA_AGENT_TOKEN": "x" * 16}
    local = "http://127.0.0.1:11434/v1"
    assert Settings(_env_file=None, **plain, VIVA_LLM_BASE_URL=local).brain == "openai"
    assert Settings(_env_file=None, **plain, VIVA_STT_BASE_URL=local).brain == "local"
    Settings(_env_file=None, **plain, VIVA_STT="openai", VIVA_STT_BASE_URL=local)
    with pytest.raises(ValidationError, match=r"VIVA_TTS is openai.*VIVA_TTS_BASE_URL"):
        Settings(_env_file=None, **plain, VIVA_TTS="openai", VIVA_STT_BASE_URL=local)


@pytest.mark.parametrize("name", ["OPENAI_BASE_URL", "VIVA_LLM_BASE_URL", "VIVA_TTS_BASE_URL"])
@pytest.mark.parametrize("address", ["localhost:11434", "ftp://127.0.0.1/v1", "http://"])
def test_what_is_no_address_stops_the_start(name: str, address: str) -> None:
    with pytest.raises(ValidationError) as stopped:
        Settings(_env_file=None, VIVA_AGENT_TOKEN="x" * 16, **{name: address})
    assert name in str(stopped.value)
    assert "http://127.0.0.1:11434/v1" in str(stopped.value)


def test_many_terms_are_cut_between_two() -> None:
    prompt = str(_expecting(tuple(f"term {i}" for i in range(500))))
    assert len(prompt) < PROMPT_CHARACTERS + 60
    assert re.search(r"term \d+\.$", prompt)
