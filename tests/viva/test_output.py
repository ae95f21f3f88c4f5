import io

from viva.output import PrefixedLines


def _chunk(data: bytes, pid: int = 1, name: str = "stdout") -> dict[str, object]:
    return {"data": data, "pid": pid, "name": name}


def test_chunks_become_lines_with_the_part_in_front() -> None:
    out = io.StringIO()
    lines = PrefixedLines("sfu", out=out)
    lines(_chunk(b"hel"))
    lines(_chunk(b"lo\nwor"))
    assert out.getvalue() == "sfu    | hello\n"
    lines.close()
    assert out.getvalue() == "sfu    | hello\nsfu    | wor\n"


def test_two_processes_do_not_mix_within_a_line() -> None:
    out = io.StringIO()
    lines = PrefixedLines("worker", out=out)
    lines(_chunk(b"aa", pid=1))
    lines(_chunk(b"bb\n", pid=2))
    lines(_chunk(b"aa\n", pid=1))
    assert out.getvalue() == "worker | bb\nworker | aaaa\n"


def test_colours_stay_out_of_a_file() -> None:
    out, seen = io.StringIO(), []
    PrefixedLines("worker", seen.append, out)(_chunk(b"\x1b[32mregistered\x1b[0m worker\n"))
    assert out.getvalue() == "worker | registered worker\n"
    assert seen == ["registered worker"]


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    out = io.StringIO()
    lines = PrefixedLines("sfu", out=out)
    for _ in range(40):
        lines(_chunk(b"x" * 1024))
    assert len(out.getvalue()) > 16_000


def test_broken_utf8_is_shown_not_raised() -> None:
    out = io.StringIO()
    PrefixedLines("sfu", out=out)(_chunk(b"\xff\n"))
    assert out.getvalue() == "sfu    | \ufffd\n"


def test_a_reader_that_is_gone_stops_nothing() -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    seen: list[str] = []
    PrefixedLines("worker", seen.append, Gone())(_chunk(b"registered worker\nmore\n"))
    assert seen == ["registered worker", "more"]
