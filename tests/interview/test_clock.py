import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview.clock import Ledger


def ledger(buffer: float = 60.0) -> Ledger:
    made = Ledger.of((100.0, 100.0, 200.0, 100.0, 100.0), buffer)
    made.enter(0)
    return made


def test_extension_comes_from_the_buffer_first() -> None:
    made = ledger()
    assert made.extend(50) == 50
    assert (made.buffer, made.allotted[1:]) == (10, [100, 200, 100, 100])


def test_past_the_buffer_later_segments_give_in_proportion() -> None:
    made = ledger(buffer=0)
    assert made.extend(50) == pytest.approx(50)
    assert made.allotted == pytest.approx([150, 90, 180, 90, 90])


def test_no_segment_gives_more_than_half() -> None:
    made = ledger(buffer=10)
    assert made.extend(1000) == pytest.approx(260)
    assert made.allotted == pytest.approx([360, 50, 100, 50, 50])
    assert made.extend(1) == 0


def test_shortening_keeps_what_is_spent_and_a_few_seconds() -> None:
    made = ledger()
    made.spend(90)
    assert made.shorten(30) == pytest.approx(7)
    assert made.buffer == pytest.approx(67)


def test_skipping_gives_the_rest_to_the_buffer() -> None:
    made = ledger()
    made.spend(40)
    made.enter(1)
    assert (made.buffer, made.allotted[0]) == (120, 40)


def test_overrun_is_paid_by_buffer_then_later_segments_then_overtime() -> None:
    made = ledger(buffer=10)
    made.spend(100 + 10 + 250 + 7)
    assert made.buffer == 0
    assert made.allotted[1:] == pytest.approx([50, 100, 50, 50])
    assert made.overtime == pytest.approx(7)


_steps = st.lists(
    st.tuples(
        st.sampled_from(["spend", "extend", "shorten", "enter", "paused", "away", "outage"]),
        st.floats(0, 500, allow_nan=False),
    ),
    max_size=60,
)


@given(_steps, st.floats(0, 600))
def test_time_is_conserved(steps: list, buffer: float) -> None:
    made = ledger(buffer)
    total, elapsed = 600 + buffer, 0.0
    for name, amount in steps:
        if name == "enter":
            made.enter(min(4, made.index + 1)) if made.index < 4 else None
        elif name in {"extend", "shorten"}:
            assert 0 <= getattr(made, name)(amount) <= amount + 1e-9
        else:
            made.spend(amount) if name == "spend" else made.rest(name, amount)
            elapsed += amount
        assert sum(made.allotted) + made.buffer == pytest.approx(total + made.overtime, abs=1e-6)
        assert made.accounted == pytest.approx(elapsed, abs=1e-6)
        assert made.buffer >= 0
        assert made.overtime >= 0
        for i in range(made.index + 1, 5):
            assert made.allotted[i] >= made.planned[i] / 2 - 1e-9
