from pathlib import Path

import pytest

from interview.scenario import SEGMENT_IDS
from viva.errors import CommandError
from viva.persona import Answers, load, names, parse

YAML = Path("someone.yaml")


def test_the_ones_that_come_with_viva_can_be_read() -> None:
    assert {"steady", "terse", "silent", "leaves-at-once"} <= set(names())
    for name in names():
        persona = load(name)
        assert persona.summary
        if persona.behaviour == "answers":
            assert all(Answers(persona).to("", segment) for segment in SEGMENT_IDS)


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
        ("a: [", "not a YAML mapping"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(text: str, named: str) -> None:
    with pytest.raises(CommandError, match=r"someone\.yaml") as caught:
        parse(text, YAML)
    assert named in str(caught.value)


def test_an_unknown_persona_is_answered_with_the_known_ones() -> None:
    with pytest.raises(CommandError, match="steady"):
        load("nobody")


def test_an_empty_text_file_is_refused() -> None:
    with pytest.raises(CommandError, match="no line"):
        parse("\n\n", Path("empty.txt"))
