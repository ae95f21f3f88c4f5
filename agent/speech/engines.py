"""Which engine a setting names. Heavy parts are loaded once per process, by `load_engines`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from livekit.agents import llm, stt, tts
from livekit.agents import vad as vad_
from livekit.agents.types import NOT_GIVEN, NotGivenOr
from livekit.plugins import openai, silero
from openai import AsyncOpenAI

from agent.brain.remote import RemoteLLM
from agent.brain.scripted import ScriptedLLM
from agent.log import logger
from agent.settings import Remote, Settings
from agent.speech.piper_tts import Piper, PiperTTS
from agent.speech.voices import VoiceError
from agent.speech.whisper import Whisper, model_path
from agent.speech.whisper_stt import WhisperSTT
from interview.voices import chosen

# An OpenAI-compatible server on one's own machine wants no key, but the client insists on one.
NO_KEY = "none"
# What stands by when the remote engine fails: the weights that come with the set-up, if any.
STANDBY_MODEL = "tiny.en"
STANDBY_VOICE = "joe"
REMOTE_SECONDS = 5.0
OPENAI_URL = "https://api.openai.com/v1"
# Whisper reads the last 224 tokens of a prompt.
PROMPT_CHARACTERS = 600


@dataclass(frozen=True, slots=True)
class Engines:
    """What one process shares among its interviews.

    `whisper` and `piper` are in use where the setting is local, and stand by where it is openai;
    None where they are not installed. `others`: the local voices read since, by their ids."""

    settings: Settings
    vad: vad_.VAD
    whisper: Whisper | None
    piper: Piper | None
    others: dict[str, Piper] = field(default_factory=dict)

    def new_stt(self, terms: tuple[str, ...]) -> stt.STT[Any]:
        local = None
        if self.whisper is not None:
            local = WhisperSTT(self.whisper, vad=self.vad, terms=terms)
            if self.settings.stt == "local":
                return local
        remote = openai.STT(
            model=self.settings.stt_model,
            language="en",
            prompt=_expecting(terms),
            client=_client(self.settings.remote("stt")),
        )
        adapted = stt.StreamAdapter(stt=remote, vad=self.vad)
        if local is None:
            return adapted
        return stt.FallbackAdapter(
            [adapted, local], attempt_timeout=REMOTE_SECONDS, max_retry_per_stt=0
        )

    def load_voice(self, wanted: str | None) -> None:
        """Read a local voice that is not the usual one, for `new_tts`; blocks for a second. One
        that cannot be read is left, and the usual one speaks."""
        voices = self.settings.voices
        voice = chosen(voices, wanted)
        if self.settings.tts != "local" or voice == voices[0] or voice.id in self.others:
            return
        try:
            self.others[voice.id] = Piper(voice.source)
        except Exception as error:
            logger.error("the voice %s cannot be read: %s", voice.id, type(error).__name__)

    def new_tts(self, wanted: str | None = None, rate: float = 1.0) -> tts.TTS[Any]:
        """Speaks with the voice `wanted`, if there is one of that id, and otherwise with the usual
        one; at a `rate` of 1.5 half as fast again as it would by itself."""
        voice = chosen(self.settings.voices, wanted)
        local = None
        if self.piper is not None:
            local = PiperTTS(self.others.get(voice.id, self.piper), rate)
            if self.settings.tts == "local":
                return local
        remote = openai.TTS(
            model=self.settings.tts_model,
            voice=voice.source,
            speed=rate,
            client=_client(self.settings.remote("tts")),
        )
        if local is None:
            return remote
        return tts.FallbackAdapter([remote, local], max_retry_per_tts=0)

    def new_brain(self) -> llm.LLM[str]:
        return new_brain(self.settings)


def new_brain(settings: Settings) -> llm.LLM[str]:
    if settings.brain == "local":
        return ScriptedLLM()
    return RemoteLLM(model=settings.llm_model, client=_client(settings.remote("llm")))


def load_engines(settings: Settings) -> Engines:
    """Blocks for a second or two while weights are read. Raises what the engine raises."""
    return Engines(
        settings=settings,
        vad=silero.VAD.load(),
        whisper=_whisper(settings),
        piper=_piper(settings),
    )


def _whisper(settings: Settings) -> Whisper | None:
    if settings.stt == "local":
        return Whisper(settings.whisper_model, threads=settings.whisper_threads)
    if model_path(STANDBY_MODEL) == STANDBY_MODEL:
        return None
    return Whisper(STANDBY_MODEL, threads=settings.whisper_threads)


def _piper(settings: Settings) -> Piper | None:
    if settings.tts == "local":
        return Piper(settings.voices[0].source)
    try:
        return Piper(STANDBY_VOICE)
    except (ImportError, VoiceError):
        return None


def _client(remote: Remote) -> AsyncOpenAI:
    return AsyncOpenAI(
        # Always given: left to itself the client takes a variable that is set but empty for one.
        api_key=remote.key.get_secret_value() if remote.key else NO_KEY,
        base_url=remote.base_url or OPENAI_URL,
        # Whoever asks tries again, or falls back; the client would do so behind their back.
        max_retries=0,
    )


def _expecting(terms: tuple[str, ...]) -> NotGivenOr[str]:
    """The recogniser's prompt: the words to expect, as many as it reads."""
    listed = ", ".join(terms)
    if len(listed) > PROMPT_CHARACTERS:
        listed = listed[:PROMPT_CHARACTERS].rpartition(", ")[0]
    return f"A machine learning interview. Terms: {listed}." if listed else NOT_GIVEN
