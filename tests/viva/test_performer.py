from pathlib import Path

import numpy as np
import pytest

from viva.levels import rms, speech_rms
from viva.performer import Performer
from viva.persona import Persona, parse


def _persona(text: str) -> Persona:
    return parse(text, Path("someone.yaml"))


def _decibels(one: float, other: float) -> float:
    return float(20 * np.log10(one / other))


def test_an_answer_is_what_the_persona_says_to_the_question() -> None:
    performer = Performer(_persona("{cues: [{when: [metric], say: By recall.}]}"), "joe")
    clip = performer.answer("Which metric?", "warm_up")
    assert clip is not None
    assert clip.text == "By recall."
    assert performer.answer("And?", "warm_up") is None
    assert performer.aside() is None
    assert performer.background is None


def test_who_breaks_in_says_so_first() -> None:
    performer = Performer(
        _persona("{otherwise: [By recall.], barge_in: {every: 2, say: ['Wait,', 'No,']}}"), "joe"
    )
    texts = [performer.answer("", "warm_up", breaking_in=breaking) for breaking in (1, 0, 1)]
    assert [clip.text for clip in texts if clip] == [
        "Wait, By recall.",
        "By recall.",
        "No, By recall.",
    ]


def test_asides_are_quieter_and_go_round() -> None:
    performer = Performer(
        _persona("{otherwise: [Right.], backchannel: {every: 1, say: [Right., Mm-hm.]}}"), "joe"
    )
    asides = [performer.aside() for _ in range(3)]
    assert [clip.text for clip in asides if clip] == ["Right.", "Mm-hm.", "Right."]
    answer = performer.answer("", "warm_up")
    assert answer is not None
    assert asides[0] is not None
    louder = _decibels(speech_rms(answer.samples), speech_rms(asides[0].samples))
    assert louder == pytest.approx(6.0, abs=0.5)


@pytest.mark.parametrize("gain_db", [0, -20])
def test_the_noise_in_the_room_is_measured_against_the_voice(gain_db: int) -> None:
    persona = _persona(
        f"{{otherwise: [I would compare it with the current system on held out data.], "
        f"voice: {{gain_db: {gain_db}}}, room: {{noise_snr_db: 15}}}}"
    )
    performer = Performer(persona, "joe")
    answer = performer.answer("", "warm_up")
    assert answer is not None
    assert performer.background is not None
    ratio = _decibels(speech_rms(answer.samples), rms(performer.background))
    assert ratio == pytest.approx(15.0, abs=0.5)


def test_on_the_phone_voice_and_room_are_both_heard_through_it() -> None:
    persona = _persona("{otherwise: [Right.], room: {phone: true, babble_snr_db: 10}}")
    performer = Performer(persona, "joe")
    answer = performer.answer("", "warm_up")
    assert answer is not None
    assert performer.background is not None
    for samples in (answer.samples, performer.background):
        power = np.abs(np.fft.rfft(samples.astype(float))) ** 2
        hertz = np.fft.rfftfreq(len(samples), 1 / 48_000)
        assert power[hertz > 3_600].sum() < 1e-3 * power.sum()
