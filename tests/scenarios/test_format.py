"""The file format: what is accepted, and what is said about everything that is not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview import scenario_parse
from interview.errors import ScenarioError
from interview.scenario import (
    MAX_BYTES,
    Scenario,
    decode_scenario,
    load_scenarios,
    parse_scenario,
    scenario_from_dict,
    scenario_to_dict,
)
from viva.check_scenario import check

EXAMPLE = re.findall(r"```yaml\n(.*?)```", scenario_parse.__doc__ or "", re.DOTALL)[0]


def line_of(text: str, part: str) -> int:
    return text.count("\n", 0, text.index(part)) + 1


def problems(text: str, name: str = "feed.yaml") -> list[str]:
    with pytest.raises(ScenarioError) as caught:
        parse_scenario(text, name)
    return str(caught.value).splitlines()


def test_the_documented_example_is_a_scenario() -> None:
    scenario = parse_scenario(EXAMPLE, "example.yaml")
    assert scenario.id == "example"
    proud = scenario.segments[0].questions[0]
    assert [probe.id for probe in proud.probes] == ["proud.number", "proud-regret"]
    assert proud.probes[0].when == ("faster", "latency")
    assert scenario.segments[1].opening[0].startswith("Picture a shop")
    assert scenario.spoken == {"NDCG": "N D C G"}
    assert scenario_from_dict(scenario_to_dict(scenario)) == scenario


# (what is replaced in the example, by what, the line of which part, the message after name:line:)
BROKEN = {
    "unknown key": (
        "    rephrase: Tell me",
        "    rephrse: Tell me",
        "rephrse",
        "field `segments[0].questions[0].rephrse`: unknown key; did you mean `rephrase`?",
    ),
    "unknown key without a likeness": (
        "default: false",
        "zebra: 1\ndefault: false",
        "zebra",
        "field `zebra`: unknown key; known are id, title, summary",
    ),
    "missing key": (
        "    title: Warm-up\n",
        "",
        "id: warm_up",
        "field `segments[0].title`: is missing; add it",
    ),
    "key given twice": (
        "title: An example",
        "title: An example\ntitle: Another",
        "title: Another",
        "field `title`: given twice; keep one of them",
    ),
    "words that are not a list": (
        "when: [faster, latency]",
        "when: x",
        "when: x",
        "field `segments[0].questions[0].probes[0].when`: expected a list of words, got 'x'; write",
    ),
    "a number where text belongs": (
        "about: [traffic, how many users]",
        "about: [traffic, 99]",
        "99]",
        "field `facts[0].about[1]`: expected text, got '99'; put it in quotes",
    ),
    "yes where text belongs": (
        "terms: [NDCG, two tower]",
        "terms: [yes]",
        "[yes]",
        "field `terms[0]`: expected text, got 'yes'; put it in quotes",
    ),
    "a mapping where text belongs": (
        "goal: Hear one real project.",
        "goal: {a: b}",
        "goal: {a: b}",
        "field `segments[0].goal`: expected text, got a mapping; write it as text",
    ),
    "an empty text": (
        "summary: One sentence on what is to be designed.",
        'summary: ""',
        "summary:",
        "field `summary`: expected text, got nothing",
    ),
    "a null": (
        "summary: One sentence on what is to be designed.",
        "summary:",
        "summary:",
        "field `summary`: expected text, got nothing; write it as text",
    ),
    "a word twice": (
        "when: [faster, latency]",
        "when: [faster, Faster]",
        "Faster]",
        "field `segments[0].questions[0].probes[0].when[1]`: 'Faster' is listed twice",
    ),
    "not a boolean": (
        "default: false",
        "default: maybe",
        "maybe",
        "field `default`: expected true or false, got 'maybe'",
    ),
    "unknown talk": (
        "talk: design ",
        "talk: chat ",
        "talk: chat",
        "field `talk`: expected one of design, basics, stories, got 'chat'; pick one of those",
    ),
    "talk that is no text": (
        "talk: design ",
        "talk: [basics] ",
        "talk: [basics]",
        "field `talk`: expected text, got a list",
    ),
    "bad scenario id": (
        "id: example ",
        "id: Ex_ample ",
        "Ex_ample",
        "field `id`: 'Ex_ample' is not an id; use lower-case letters",
    ),
    "bad question id": (
        "id: proud\n",
        "id: so proud\n",
        "so proud",
        "field `segments[0].questions[0].id`: 'so proud' is not an id",
    ),
    "doubled id": (
        "{id: risk,",
        "{id: sketch,",
        "ask: Which part worries",
        "field `segments[3].questions[0].id`: 'sketch' is the id on line",
    ),
    "unknown segment": (
        "id: deep_dive",
        "id: deepdive",
        "id: deepdive",
        "field `segments[3].id`: expected one of warm_up, problem_framing",
    ),
    "unknown difficulty": (
        "difficulties: [guided, standard, senior, staff]     # the",
        "difficulties: [guided, hard, senior, staff]     # the",
        "hard",
        "field `difficulties[1]`: expected one of guided, standard, senior, staff, got 'hard'",
    ),
    "unknown kind of probe": (
        "kind: failure",
        "kind: fail",
        "kind: fail",
        "field `segments[0].questions[0].probes[1].kind`: expected one of depth, trade_off",
    ),
    "no seconds": (
        "seconds: 300                #",
        "seconds: 0 #",
        "seconds: 0",
        "field `segments[0].seconds`: 0 s is out of range; use 5 to 7200",
    ),
    "negative seconds": (
        "seconds: 900",
        "seconds: -3",
        "seconds: -3",
        "field `segments[2].seconds`: -3 s is out of range; use 5 to 7200",
    ),
    "ten hours": (
        "seconds: 900",
        "seconds: 36000",
        "seconds: 36000",
        "field `segments[2].seconds`: 36000 s is out of range; use 5 to 7200",
    ),
    "not a number of seconds": (
        "seconds: 900",
        "seconds: .nan",
        "seconds: .nan",
        "field `segments[2].seconds`: expected seconds as a number, got '.nan'",
    ),
    "minutes and seconds": (
        "seconds: 900",
        "seconds: 15:00",
        "seconds: 15:00",
        "field `segments[2].seconds`: expected seconds as a number, got '15:00'",
    ),
    "an unknown placeholder": (
        "You said {said}. How",
        "You said {word}. How",
        "{word}",
        "field `segments[0].questions[0].probes[0].ask`: unknown placeholder '{word}'; only {said}",
    ),
    "a placeholder in a question": (
        "ask: Which system that you built are you proud of?",
        "ask: Why {said}?",
        "Why {said}",
        "field `segments[0].questions[0].ask`: {said} has nothing to refer to here",
    ),
    "a placeholder without words to hear": (
        "ask: What would you do differently today?",
        "ask: Why {said}?",
        "Why {said}",
        "field `segments[0].questions[0].probes[1].ask`: {said} has nothing to refer to; list in",
    ),
    "two questions": (
        "ask: Which system that you built are you proud of?",
        "ask: Which one? And why?",
        "Which one?",
        "field `segments[0].questions[0].ask`: 2 questions in one breath; ask one",
    ),
    "a question that goes on": (
        "ask: Which system that you built are you proud of?",
        "ask: Which one? Take your time.",
        "Which one?",
        "field `segments[0].questions[0].ask`: goes on after its question; put the question last",
    ),
    "a question in an opening": (
        "- Let's start with something you know well.",
        "- Shall we start?",
        "Shall we",
        "field `segments[0].opening[0]`: asks a question; state it",
    ),
    "too many words": (
        "answer: About two million people open it every day.",
        "answer: " + "many " * 36,
        "many many",
        "field `facts[0].answer`: 36 words are too many to follow by ear; say it in 35 words",
    ),
    "too long an opening": (
        "- Let's start with something you know well.",
        "- " + "so " * 61,
        "so so",
        "field `segments[0].opening[0]`: 61 words are too many to follow by ear; say it in 60",
    ),
    "markup": (
        "- Any size will do,",
        "- Any *size* will do,",
        "*size*",
        "field `segments[0].questions[0].hints[0]`: '*' is markup and would be read aloud",
    ),
    "a list to be read aloud": (
        "answer: About two million people open it every day.",
        "answer: |\n      Two things\n      - one\n      - two",
        "answer: |",
        "field `facts[0].answer`: '-' is markup and would be read aloud",
    ),
    "the same line again": (
        "rephrase: What would you draw first?",
        "rephrase: What would you measure?",
        "ask: What are the main parts?",
        "field `segments[2].questions[0].rephrase`: says the same as line",
    ),
    "three levels": (
        "      - Starts with a model.\n",
        "",
        "      - Names a metric when asked.",
        "field `rubric[0].levels`: expected four descriptions, got 3; write them weakest first",
    ),
    "a problem that is never told": (
        "    opening: [Picture a shop with ten thousand articles.,"
        " Find out why people leave it.]\n",
        "",
        "id: problem_framing",
        "field `segments[1].opening`: the problem is never told",
    ),
    "a fact that nobody can ask for": (
        "about: [traffic, how many users]",
        "about: []",
        "about: []",
        "field `facts[0].about`: no word asks for this fact",
    ),
    "a level without a question": (
        "difficulties: [guided, standard, senior, staff]     # optional",
        "difficulties: [guided, standard, senior] # optional",
        "id: warm_up",
        "field `segments[0].questions`: has none for difficulty 'staff'",
    ),
    "pairs that are a list": (
        "spoken: {NDCG: N D C G}",
        "spoken: [NDCG]",
        "spoken:",
        "field `spoken`: expected pairs of text, got a list",
    ),
    "bad indentation": (
        "    title: Warm-up",
        "   title: Warm-up",
        "   title: Warm-up",
        "not YAML: ",
    ),
    "a colon in plain text": (
        "summary: One sentence on what is to be designed.",
        "summary: One: two: three",
        "summary:",
        "not YAML: mapping values are not allowed",
    ),
    "a control character": (
        "title: An example",
        "title: An\x07example",
        "title: An",
        "character U+0007 is not text; remove it",
    ),
    "an alias": (
        "terms: [NDCG, two tower]",
        "terms: &words [NDCG]\nspoken: *words",
        "*words",
        "alias `*words` is not allowed; write the text out",
    ),
    "a second document": (
        "rubric:  ",
        "---\nrubric:  ",
        "---",
        "not YAML: expected a single document",
    ),
    "a tag that would build something": (
        "title: An example",
        "title: !!python/object/apply:os.getcwd []",
        "title: !!python",
        "field `title`: expected text, got a list",
    ),
}


@pytest.mark.parametrize("case", BROKEN.values(), ids=BROKEN.keys())
def test_a_fault_is_named_with_line_and_field(case: tuple[str, str, str, str]) -> None:
    old, new, marker, message = case
    assert EXAMPLE.count(old) == 1, "the example changed; point the table at it again"
    text = EXAMPLE.replace(old, new)
    found = problems(text)
    wanted = f"feed.yaml:{line_of(text, marker)}: {message}"
    assert any(problem.startswith(wanted) for problem in found), found


def test_a_typing_mistake_is_told_once() -> None:
    found = problems(EXAMPLE.replace("    rephrase: Tell me", "    rephrse: Tell me"))
    assert len(found) == 1


def test_four_hints_are_one_too_many() -> None:
    text = EXAMPLE.replace(
        "          - Any size will do,",
        "          - First one.\n          - Second one.\n          - Third one.\n"
        "          - Any size will do,",
    )
    assert problems(text) == [
        f"feed.yaml:{line_of(text, '- Any size')}: field `segments[0].questions[0].hints`: "
        "4 hints are too many; keep 3"
    ]


def segment_block(segment_id: str) -> str:
    found = re.search(rf"  - id: {segment_id}\n.*?(?=  - id: |\nrubric)", EXAMPLE, re.DOTALL)
    assert found
    return found.group()


def test_four_segments_are_too_few() -> None:
    text = EXAMPLE.replace(segment_block("deep_dive"), "")
    (problem,) = problems(text)
    assert "field `segments`: expected five segments, got 4; write warm_up, " in problem


def test_segments_in_another_order_are_refused() -> None:
    deep, wrap = segment_block("deep_dive"), segment_block("wrap_up")
    text = EXAMPLE.replace(deep + wrap, wrap + deep)
    first, second = problems(text)
    line = line_of(text, "id: wrap_up")
    assert first.startswith(
        f"feed.yaml:{line}: field `segments[3].id`: expected 'deep_dive' here, got 'wrap_up'"
    )
    assert "field `segments[4].id`: expected 'wrap_up' here" in second


def test_all_faults_are_told_at_once_in_the_order_of_lines() -> None:
    text = (
        EXAMPLE.replace("default: false", "default: maybe")
        .replace("seconds: 900", "seconds: -1")
        .replace("kind: failure", "kind: x")
    )
    found = problems(text)
    assert len(found) == 3
    lines = [int(problem.split(":")[1]) for problem in found]
    assert lines == sorted(lines)


def test_more_faults_than_anyone_reads_are_counted() -> None:
    text = EXAMPLE + "".join(f"zebra{index}: 1\n" for index in range(300))
    found = problems(text)
    assert len(found) == 201
    assert found[-1] == "feed.yaml: and 100 more"


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "\ufeff"])
def test_an_empty_file_says_so(text: str) -> None:
    with pytest.raises(ScenarioError, match=r"feed\.yaml:1: the file is empty"):
        decode_scenario(text.encode(), "feed.yaml")


@pytest.mark.parametrize("text", ["- a\n- b\n", "just words", "42", "null", "--- ~"])
def test_a_file_that_is_not_a_mapping_says_what_to_write(text: str) -> None:
    assert problems(text)[0].startswith("feed.yaml:1: expected keys and values, got ")


def test_text_in_another_encoding_names_the_line() -> None:
    data = b"id: a\ntitle: caf\xe9\n"
    with pytest.raises(ScenarioError, match=r"^feed\.yaml:2: not UTF-8 text; save"):
        decode_scenario(data, "feed.yaml")
    with pytest.raises(ScenarioError, match=r"^feed\.yaml:1: not UTF-8 text; save"):
        decode_scenario(EXAMPLE.encode("utf-16"), "feed.yaml")


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    data = b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode()
    assert decode_scenario(data, "x.yaml") == parse_scenario(EXAMPLE, "x.yaml")


def test_a_file_above_the_limit_is_not_read_further() -> None:
    with pytest.raises(ScenarioError, match=r"^feed\.yaml:1: the file is larger than 1024 KiB"):
        decode_scenario(b"x" * (MAX_BYTES + 1), "feed.yaml")
    assert "larger than" in problems("\u00e9" * (MAX_BYTES // 2 + 1))[0]


def test_a_billion_laughs_are_stopped_at_the_first() -> None:
    bomb = "a0: &a0 [lol, lol]\n" + "".join(
        f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]\n" for n in range(1, 40)
    )
    assert problems(bomb) == ["feed.yaml:2: alias `*a0` is not allowed; write the text out"]


@pytest.mark.parametrize("bracket", ["[", "{a: ", "- "])
def test_deep_nesting_is_stopped(bracket: str) -> None:
    assert "deep" in problems(bracket * 50_000)[0] or "not YAML" in problems(bracket * 50_000)[0]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_file_is_a_scenario_or_a_scenario_error(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EXAMPLE)))
    end = data.draw(st.integers(start, min(len(EXAMPLE), start + 80)))
    text = EXAMPLE[:start] + data.draw(st.text(max_size=12)) + EXAMPLE[end:]
    try:
        assert isinstance(parse_scenario(text, "feed.yaml"), Scenario)
    except ScenarioError as error:
        for line in str(error).splitlines():
            assert re.match(r"feed\.yaml:(\d+: | and \d+ more)", line), line


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_answered_with_a_scenario_error(data: bytes) -> None:
    with pytest.raises(ScenarioError):
        decode_scenario(data, "feed.yaml")


def write(directory: Path, name: str, old: str = "", new: str = "") -> Path:
    path = directory / name
    path.write_text(EXAMPLE.replace(old, new, 1) if old else EXAMPLE, encoding="utf-8")
    return path


def test_a_directory_gives_the_default_first_and_then_by_title(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", "id: example  ", "id: b  ")
    default = write(tmp_path, "c.yml", "id: example  ", "id: c  ")
    default.write_text(default.read_text().replace("default: false", "default: true"))
    other = write(tmp_path, "d.yaml", "id: example  ", "id: d  ")
    other.write_text(other.read_text().replace("title: An example", "title: a first one"))
    (tmp_path / "notes.txt").write_text("not a scenario")
    assert list(load_scenarios(tmp_path)) == ["c", "d", "b"]


@pytest.mark.parametrize("count", [0, 2])
def test_a_directory_has_exactly_one_default(tmp_path: Path, count: int) -> None:
    for name in ("a", "b", "c")[: max(count, 1)]:
        path = write(tmp_path, f"{name}.yaml", "id: example  ", f"id: {name}  ")
        if count:
            path.write_text(path.read_text().replace("default: false", "default: true"))
    with pytest.raises(ScenarioError, match="set it in exactly one file"):
        load_scenarios(tmp_path)


def test_an_empty_or_missing_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="gone: 0 scenarios"):
        load_scenarios(tmp_path / "gone")


def test_an_id_belongs_to_one_file(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "default: false", "default: true")
    write(tmp_path, "b.yaml")
    with pytest.raises(ScenarioError, match=r"^b\.yaml:1: field `id`: 'example' is taken by a"):
        load_scenarios(tmp_path)


def test_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "default: false", "default: perhaps")
    write(tmp_path, "b.yaml", "seconds: 900", "seconds: 1")
    (tmp_path / "c.yaml").mkdir()
    with pytest.raises(ScenarioError) as caught:
        load_scenarios(tmp_path)
    names = [line.split(":")[0] for line in str(caught.value).splitlines()]
    assert names == ["a.yaml", "b.yaml", "c.yaml"]


def test_the_command_prints_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.yaml", "default: false", "default: perhaps")
    assert check(path) == 1
    assert "a.yaml:4: field `default`" in capsys.readouterr().err
    assert check(tmp_path / "none.yaml") == 1
    assert "none.yaml:1: the file cannot be read (No such file" in capsys.readouterr().err


def test_a_dict_that_is_no_scenario_names_the_field() -> None:
    data = scenario_to_dict(parse_scenario(EXAMPLE, "x.yaml"))
    del data["segments"][2]["title"]
    with pytest.raises(ScenarioError, match=r"scenario: field `segments\.2\.title`: "):
        scenario_from_dict(data)
