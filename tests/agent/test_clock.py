from agent.clock import SessionClock, resumed_start


class Hands:
    def __init__(self) -> None:
        self.monotonic = 100.0
        self.wall = 1_000_000.0


def clock(hands: Hands, start_at: float = 0.0) -> SessionClock:
    return SessionClock(
        start_at=start_at, monotonic=lambda: hands.monotonic, wall=lambda: hands.wall
    )


def test_goes_on_from_where_it_is_started() -> None:
    hands = Hands()
    session_clock = clock(hands, start_at=42.0)
    hands.monotonic += 3.5
    assert session_clock.now() == 45.5


def test_a_jump_of_the_machines_time_does_not_move_it() -> None:
    hands = Hands()
    session_clock = clock(hands)
    hands.monotonic += 10
    hands.wall += 3600
    assert session_clock.now() == 10


def test_places_a_recent_wall_time() -> None:
    hands = Hands()
    session_clock = clock(hands, start_at=20)
    assert session_clock.at_wall(hands.wall - 4) == 16
    assert session_clock.at_wall(hands.wall + 99) == 20
    assert session_clock.at_wall(hands.wall - 99) == 0
    assert session_clock.wall_at(25) == hands.wall + 5


def test_after_a_jump_of_an_hour_words_are_placed_where_they_were_said() -> None:
    for hour in (3600.0, -3600.0):
        hands = Hands()
        session_clock = clock(hands)
        hands.monotonic += 100
        hands.wall += 100
        began, said = hands.wall, session_clock.now()
        hands.monotonic += 3
        hands.wall += 3 + hour
        assert session_clock.at_wall(began) == said
        assert session_clock.at_wall(hands.wall) == session_clock.now()
        hands.monotonic += 2
        hands.wall += 2
        assert session_clock.at_wall(hands.wall - 1) == session_clock.now() - 1


def test_after_a_jump_the_page_is_told_the_same_end_of_the_part() -> None:
    hands = Hands()
    session_clock = clock(hands)
    ends = session_clock.wall_at(300)
    hands.monotonic += 10
    hands.wall += 10 - 3600
    assert session_clock.wall_at(300) == ends


def test_resumes_behind_neither_its_predecessor_nor_the_log() -> None:
    def start(**given: float | None) -> float:
        values = {"clock_at": None, "clock_wall": None, "last_event_at": None, **given}
        return resumed_start(**values, wall=1000.0)  # type: ignore[arg-type]

    assert start() == 0
    assert start(clock_at=60, clock_wall=990) == 70
    assert start(clock_at=60, clock_wall=1100) == 60
    assert start(clock_at=60, clock_wall=990, last_event_at=75) == 75
