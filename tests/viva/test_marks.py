import pytest

from viva.marks import Piece, pieces


def test_a_line_without_a_mark_is_one_piece() -> None:
    assert pieces("I would measure it.") == [Piece("I would measure it.")]


def test_marks_part_a_line_and_are_never_said() -> None:
    line = "I would use, [pause 3] um, [pause 0.5]   a model."
    assert pieces(line) == [Piece("I would use,", 3.0), Piece("um,", 0.5), Piece("a model.")]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("[pause 3] I think", "between words"),
        ("I think [pause 3]", "between words"),
        ("I [pause 2] [pause 2] think", "between words"),
        ("I [pause 21] think", "not 21"),
        ("I [pause 0] think", "not 0"),
        ("I [pause] think", "written"),
        ("I [wait 3] think", "written"),
        ("I ] think", "written"),
    ],
)
def test_marks_that_cannot_be_meant(line: str, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        pieces(line)
