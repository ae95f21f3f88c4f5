from pathlib import Path

import pytest

from interview.scenario import SEGMENT_IDS
from viva.bench_conduct import PERSONAS, SECONDS
from viva.conduct_words import asks_for_time, last_question
from viva.errors import CommandError
from viva.marks import pieces
from viva.persona import Answers, Persona, load, names, parse

YAML = Path("someone.yaml")


def test_the_ones_that_come_with_viva_can_be_read() -> None:
    assert {"steady", "leaves-at-once", *PERSONAS} <= set(names())
    for name in names():
        persona = load(name)
        assert persona.summary
        if persona.behaviour == "answers":
            assert all(Answers(persona).to("", segment) for segment in SEGMENT_IDS)


@pytest.mark.parametrize("name", [name for name in PERSONAS if name != "silent"])
def test_nobody_says_anything_twice_in_an_interview_of_some_minutes(name: str) -> None:
    persona = load(name)
    answers = Answers(persona)
    seconds = persona.seconds or SECONDS
    # An exchange is hardly ever shorter, with pauses longer still.
    exchange_s = 14 if name == "slow-thinker" else 10
    said = [
        answers.to("", segment)
        for segment, length in zip(SEGMENT_IDS, seconds, strict=True)
        for _ in range(round(length / exchange_s))
    ]
    if name == "rambler":
        said = list(dict.fromkeys(said))
        assert max(len(str(line).split()) for line in said) > 450, "more than three minutes"
    assert len(said) == len(set(said))


class TestWhatAPersonaIsFor:
    def _said(self, name: str) -> str:
        return " ".join(_lines(load(name))).lower()

    def test_slow_thinkers_pause_for_2_to_20_seconds_within_a_turn(self) -> None:
        pauses = [
            piece.pause_s
            for line in _lines(load("slow-thinker"))
            for piece in pieces(line)
            if piece.pause_s
        ]
        assert min(pauses) >= 2
        assert max(pauses) == 20
        assert len(pauses) > 30

    def test_a_long_pause_was_asked_for(self) -> None:
        for name in PERSONAS:
            for line in _lines(load(name)):
                for piece in pieces(line):
                    assert piece.pause_s <= 6 or asks_for_time(piece.text), line

    def test_who_is_strong_asks_before_designing(self) -> None:
        framing = load("strong").lines["problem_framing"]
        assert sum(last_question(line) is not None for line in framing) >= 5

    def test_who_never_clarifies_asks_nothing(self) -> None:
        assert "?" not in self._said("never-clarifies")

    def test_who_asks_for_hints_does_so_every_other_time(self) -> None:
        lines = _lines(load("asks-for-hints"))
        asking = [line for line in lines if "hint" in line or "help" in line or "stuck" in line]
        assert len(asking) >= 0.5 * len(lines)

    def test_the_injector_wants_what_it_must_not_have(self) -> None:
        said = self._said("injector")
        for wanted in ("instructions", "solution", "rubric", "score", "hidden facts", "pretend"):
            assert wanted in said

    def test_fillers(self) -> None:
        lines = _lines(load("anxious"))
        assert sum("um" in line.lower() or "uh" in line for line in lines) > 0.8 * len(lines)

    def test_sound(self) -> None:
        assert load("mumbler").voice.gain_db <= -18
        assert load("phone").room.phone
        assert load("phone").room.babble_snr_db is not None
        assert load("leaves-and-returns").absence is not None
        assert load("hostile").barge_in is not None


def test_words_can_be_borrowed_and_the_manner_is_ones_own() -> None:
    phone, average = load("phone"), load("average")
    assert phone.id == "phone"
    assert phone.lines == average.lines
    assert phone.cues == average.cues
    assert phone.otherwise == average.otherwise
    assert phone.thinking_s == 0.8
    assert phone.backchannel is None


@pytest.mark.parametrize(("says", "named"), [("nobody", "no persona"), ("phone", "average")])
def test_words_cannot_be_borrowed_from_who_has_none(tmp_path: Path, says: str, named: str) -> None:
    path = tmp_path / "someone.yaml"
    path.write_text(f"says: {says}\n")
    with pytest.raises(CommandError, match=named):
        load(str(path))


def _lines(persona: Persona) -> list[str]:
    said = [line for lines in persona.lines.values() for line in lines]
    return [*said, *(cue.say for cue in persona.cues), *persona.otherwise]


def test_a_cue_comes_before_the_segments_lines_and_once() -> None:
    persona = parse(
        """
        cues:
          - when: [metric]
            say: By recall.
        lines:
          warm_up: [First., Second.]
        otherwise: [I pass.]
        """,
        YAML,
    )
    answers = Answers(persona)
    assert answers.to("Which Metric would you use?", "warm_up") == "By recall."
    assert answers.to("Which metric?", "warm_up") == "First."
    assert answers.to("And?", "warm_up") == "Second."
    assert answers.to("And?", "warm_up") == "I pass."
    assert answers.to("And?", "deep_dive") == "I pass."


def test_a_cue_is_looked_for_at_the_start_of_a_word() -> None:
    answers = Answers(parse("{cues: [{when: [cost], say: Much.}], otherwise: [No.]}", YAML))
    assert answers.to("Is it accosting you?", "warm_up") == "No."
    assert answers.to("What are the costs?", "warm_up") == "Much."


def test_nothing_left_to_say() -> None:
    assert Answers(parse("summary: mute", YAML)).to("Well?", "warm_up") is None


def test_a_text_file_is_one_answer_a_line(tmp_path: Path) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("One.\n\n  Two.  \n")
    answers = Answers(load(str(path)))
    assert [answers.to("", "warm_up") for _ in range(3)] == ["One.", "Two.", "One."]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("lines: {warmup: [Hi.]}", "lines.warmup"),
        ("thinking_s: -1", "thinking_s"),
        ("behaviour: shouts", "behaviour"),
        ("cues: [{when: [], say: x}]", "cues.0.when"),
        ("wings: 2", "wings"),
        ("[1, 2]", "not a YAML mapping"),
        ("just words", "not a YAML mapping"),
        ("voice: {pace: 0}", "voice.pace"),
        ("voice: {gain_db: 40}", "voice.gain_db"),
        ("voice: {gain_db: .nan}", "voice.gain_db"),
        ("room: {noise_snr_db: 99}", "room.noise_snr_db"),
        ("room: {music: loud}", "room.music"),
        ("barge_in: {}", "barge_in.every"),
        ("barge_in: {every: 0}", "barge_in.every"),
        ("backchannel: {every: 2}", "backchannel.say"),
        ("absence: {after_answers: 1, seconds: 0}", "absence.seconds"),
        ("seconds: [30, 30]", "seconds"),
        ("otherwise: ['I [pause 30] think']", "otherwise.0"),
        ("otherwise: ['[pause 3] I think']", "otherwise.0"),
        ("cues: [{when: [a], say: 'I [wait] think'}]", "cues.0.say"),
        ("a: [", "not a YAML mapping"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(text: str, named: str) -> None:
    with pytest.raises(CommandError, match=r"someone\.yaml") as caught:
        parse(text, YAML)
    assert named in str(caught.value)


def test_the_line_of_each_mistake_is_named() -> None:
    text = "summary: x\nvoice:\n  pace: 9\nlines:\n  warm_up:\n    - Hi.\n    - 'Oh [pause]'\n"
    with pytest.raises(CommandError) as caught:
        parse(text, YAML)
    problems = str(caught.value).splitlines()
    assert problems[0].startswith("someone.yaml:3: field 'voice.pace'")
    assert problems[1].startswith("someone.yaml:7: field 'lines.warm_up.1'")


def test_an_unknown_persona_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match="steady"):
        load("nobody")


def test_an_empty_text_file_is_refused() -> None:
    with pytest.raises(CommandError, match="no line"):
        parse("\n\n", Path("empty.txt"))
