import wave
from pathlib import Path

import numpy as np
import pytest

from viva.errors import CommandError
from viva.levels import RATE
from viva.speaker import Speaker, load_sound


def _write(path: Path, rate: int, channels: int, seconds: float, silence: float = 0.0) -> Path:
    time = np.arange(int(rate * seconds)) / rate
    tone = (np.sin(2 * np.pi * 440 * time) * 8000).astype(np.int16)
    mono = np.concatenate([tone, np.zeros(int(rate * silence), dtype=np.int16)])
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(np.repeat(mono, channels).tobytes())
    return path


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (22_050, 1), (48_000, 2), (44_100, 2)])
def test_every_rate_and_channel_count(tmp_path: Path, rate: int, channels: int) -> None:
    clip = load_sound(_write(tmp_path / "a.wav", rate, channels, seconds=1.0, silence=0.5))
    assert clip.seconds == pytest.approx(1.0, abs=0.05), "silence at the end is no speech"
    assert 4000 < np.abs(clip.samples).max() < 12_000
    assert clip.text is None


@pytest.mark.parametrize("content", [b"", b"RIFF", b"not a sound at all" * 50])
def test_what_is_no_sound_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=r"broken\.wav"):
        load_sound(path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"none\.wav"):
        load_sound(tmp_path / "none.wav")


def test_silence_stays_silence(tmp_path: Path) -> None:
    clip = load_sound(_write(tmp_path / "a.wav", RATE, 1, seconds=0.0, silence=1.0))
    assert clip.seconds == pytest.approx(1.0, abs=0.05)


def test_piper_speaks() -> None:
    clip = Speaker().say("Two towers.")
    assert 0.4 < clip.seconds < 3.0
    assert clip.text == "Two towers."
    assert np.abs(clip.samples.astype(int)).max() > 2000
