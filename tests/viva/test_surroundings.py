import numpy as np
import pytest

from viva.levels import RATE, SPEECH_RMS, Samples, amplified, as_samples, rms, speech_rms
from viva.marks import pieces
from viva.speaker import Speaker
from viva.surroundings import (
    LOOP_S,
    PHONE_BAND_HZ,
    babble,
    background,
    faint_noise,
    over_the_phone,
    room_noise,
)


@pytest.fixture(scope="module")
def speech() -> Samples:
    return Speaker().say("I would compare it with the current system on held out data.").samples


def _tone(hertz: float, seconds: float = 1.0, peak: float = 8000) -> Samples:
    at = np.arange(int(RATE * seconds)) / RATE
    return as_samples(peak * np.sin(2 * np.pi * hertz * at))


def _decibels(one: float, other: float) -> float:
    return float(20 * np.log10(one / other))


def test_the_level_of_speech_does_not_depend_on_the_pauses_in_it(speech: Samples) -> None:
    silence = np.zeros(5 * RATE, dtype=np.int16)
    spread = np.concatenate([silence, speech, silence])
    assert speech_rms(spread) == pytest.approx(speech_rms(speech), rel=0.02)
    assert rms(spread) < 0.7 * rms(speech)


@pytest.mark.parametrize("snr_db", [0.0, 10.0, 25.0])
def test_room_noise_has_the_level_that_is_stated(speech: Samples, snr_db: float) -> None:
    level = speech_rms(speech)
    noise = background(level, noise_snr_db=snr_db)
    assert len(noise) == LOOP_S * RATE
    assert _decibels(level, rms(noise)) == pytest.approx(snr_db, abs=0.3)


def test_babble_has_the_level_that_is_stated_and_sounds_all_the_time(speech: Samples) -> None:
    level = speech_rms(speech)
    noise = background(level, babble_snr_db=12.0, babble_of=[speech])
    assert _decibels(level, rms(noise)) == pytest.approx(12.0, abs=0.3)
    seconds = noise.reshape(LOOP_S, RATE)
    assert min(rms(second) for second in seconds) > 0.3 * rms(noise), "not one voice with gaps"


def test_a_quiet_speaker_gets_quieter_noise_for_the_same_ratio(speech: Samples) -> None:
    level = speech_rms(amplified(speech, -20.0))
    assert _decibels(speech_rms(speech), level) == pytest.approx(20.0, abs=0.3)
    assert _decibels(level, rms(background(level, noise_snr_db=10.0))) == pytest.approx(10, abs=0.3)


def test_pink_noise_falls_three_decibels_an_octave_and_has_no_seam() -> None:
    noise = room_noise()
    spectrum = np.abs(np.fft.rfft(noise)) ** 2
    hertz = np.fft.rfftfreq(len(noise), 1 / RATE)

    def power(low: float) -> float:
        return float(np.mean(spectrum[(hertz >= low) & (hertz < 2 * low)]))

    assert 10 * np.log10(power(200) / power(400)) == pytest.approx(3.0, abs=0.5)
    assert 10 * np.log10(power(1000) / power(2000)) == pytest.approx(3.0, abs=0.5)
    steps = np.abs(np.diff(noise))
    assert abs(noise[0] - noise[-1]) <= steps.max()


def test_the_same_seed_is_the_same_sound(speech: Samples) -> None:
    assert np.array_equal(room_noise(7), room_noise(7))
    assert np.array_equal(babble([speech], 7), babble([speech], 7))
    assert not np.array_equal(room_noise(7), room_noise(8))


@pytest.mark.parametrize("hertz", [100.0, 200.0, 4_500.0, 9_000.0])
def test_the_telephone_stops_what_is_outside_of_its_band(hertz: float) -> None:
    sent = _tone(hertz)
    assert _decibels(rms(sent), max(1.0, rms(over_the_phone(sent)))) > 30


@pytest.mark.parametrize("hertz", [410.0, 1_010.0, 3_010.0])
def test_the_telephone_passes_speech_a_little_coarser(hertz: float) -> None:
    sent = _tone(hertz)
    heard = over_the_phone(sent)
    assert len(heard) == len(sent)
    assert rms(heard) == pytest.approx(rms(sent), rel=0.05)
    error = rms(heard[RATE // 10 : -RATE // 10].astype(float) - sent[RATE // 10 : -RATE // 10])
    assert 25 < _decibels(rms(sent), error) < 45, "eight bits by mu-law are about 38 dB"


def test_nothing_above_the_telephones_band_is_left_of_speech(speech: Samples) -> None:
    spectrum = np.abs(np.fft.rfft(over_the_phone(speech).astype(float))) ** 2
    hertz = np.fft.rfftfreq(len(speech), 1 / RATE)
    outside = spectrum[(hertz > PHONE_BAND_HZ[1] + 50) | (hertz < PHONE_BAND_HZ[0] - 50)].sum()
    assert outside < 1e-4 * spectrum.sum()


def test_a_silent_room_is_almost_silent() -> None:
    assert 1 < rms(faint_noise()) < 5
    assert rms(background(3000.0)) < 5


def test_a_marked_pause_is_silence_of_its_length_and_is_found_again() -> None:
    line = "I would use [pause 1.5] a small model."
    clip = Speaker(gain_db=-6).say(line)
    assert clip.text == "I would use a small model."
    ((start, end),) = clip.pauses
    assert end - start == pytest.approx(1.5, abs=0.001)
    assert not clip.samples[round(start * RATE) + 1 : round(end * RATE) - 1].any()
    assert [part.text for part in clip.parts] == [piece.text for piece in pieces(line)]
    assert clip.said_until((start + end) / 2) == "I would use"
    assert clip.said_until(99.0) == clip.text
    assert clip.said_until(0.0) == ""


def test_pace_and_gain_are_those_that_were_asked_for() -> None:
    text = "We would retrain it every night."
    usual, fast, quiet = (
        Speaker().say(text),
        Speaker(pace=1.5).say(text),
        Speaker(gain_db=-12).say(text),
    )
    assert usual.seconds / fast.seconds == pytest.approx(1.5, rel=0.2)
    assert speech_rms(usual.samples) == pytest.approx(SPEECH_RMS, rel=0.05)
    ratio = _decibels(speech_rms(usual.samples), speech_rms(quiet.samples))
    assert ratio == pytest.approx(12.0, abs=0.5)


def test_what_is_too_loud_is_clipped_and_does_not_wrap() -> None:
    loud = amplified(_tone(300, peak=30_000), 12.0)
    assert loud.max() == 32_767
    assert loud.min() == -32_768
