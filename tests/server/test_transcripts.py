"""One transcript, four formats."""

from __future__ import annotations

import httpx
import pytest
import webvtt

from interview.events import TurnEnded, UtteranceFinal
from interview.transcript import Turn, Word
from server.transcripts import formats
from tests.server.conftest import World

BOTH_DATABASES = True

SAID = "Recall <b>first</b> --> then *precision* & [cost]"


@pytest.fixture
async def spoken(world: World, owner: httpx.AsyncClient) -> str:
    id_, conductor = await world.conducted(owner)
    start = round(conductor.at * 1000) + 500
    texts = SAID.split()
    words = tuple(
        Word(text, start + 300 * n, start + 300 * n + 250, 0.9) for n, text in enumerate(texts)
    )
    at = words[-1].end_ms / 1000
    conductor.happens(
        UtteranceFinal(
            at=at,
            utterance_id="u1",
            text=SAID,
            start_ms=start,
            end_ms=words[-1].end_ms,
            words=words,
        )
    )
    conductor.happens(TurnEnded(at=at + 0.1))
    await world.send(id_, conductor)
    return id_


async def test_json_has_both_sides_in_order_with_their_words(
    owner: httpx.AsyncClient, spoken: str
) -> None:
    body = (await owner.get(f"/api/v1/sessions/{spoken}/transcript")).json()
    assert body["session_id"] == spoken
    speakers = [turn["speaker"] for turn in body["turns"]]
    assert speakers == ["interviewer", "candidate", "interviewer"]
    said = body["turns"][1]
    assert (said["text"], said["index"], said["segment"]) == (SAID, 1, "warm_up")
    assert [word["text"] for word in said["words"]] == SAID.split()
    assert set(said) == {
        *("index", "speaker", "segment", "start_ms", "end_ms", "text", "interrupted"),
        *("move", "flags", "words"),
    }
    same = await owner.get(f"/api/v1/sessions/{spoken}/transcript.json")
    assert same.json() == body
    assert "attachment" in same.headers["content-disposition"]


async def test_vtt_is_read_by_others(owner: httpx.AsyncClient, spoken: str) -> None:
    answer = await owner.get(f"/api/v1/sessions/{spoken}/transcript.vtt")
    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    captions = webvtt.from_string(answer.text)
    assert {caption.voice for caption in captions.captions} == {"Candidate", "Interviewer"}
    heard = " ".join(
        caption.raw_text for caption in captions.captions if caption.voice == "Candidate"
    )
    escaped = SAID.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert heard.replace("<v Candidate>", "") == escaped


async def test_markdown_and_text_hold_what_was_said_as_text(
    owner: httpx.AsyncClient, spoken: str
) -> None:
    answer = await owner.get(f"/api/v1/sessions/{spoken}/transcript.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.text.startswith("# General ML System Design\n")
    assert r"Recall \<b\>first\</b\> \-\-\> then \*precision\* & \[cost\]" in answer.text
    answer = await owner.get(f"/api/v1/sessions/{spoken}/transcript.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert f"Candidate: {SAID}" in answer.text


async def test_a_session_without_a_word_has_an_empty_transcript(
    owner: httpx.AsyncClient, session_id: str
) -> None:
    url = f"/api/v1/sessions/{session_id}/transcript"
    assert (await owner.get(url)).json()["turns"] == []
    assert (await owner.get(url + ".vtt")).text == "WEBVTT\n"
    for extension in ("md", "txt"):
        assert (await owner.get(f"{url}.{extension}")).status_code == 200


def test_long_turns_become_short_captions() -> None:
    words = tuple(Word(f"w{n}", 3_599_000 + n * 500, 3_599_400 + n * 500) for n in range(40))
    text = " ".join(word.text for word in words)
    turn = Turn(0, "candidate", "deep_dive", 3_599_000, 3_619_400, text, words=words)
    captions = webvtt.from_string(formats.vtt([turn])).captions
    assert len(captions) == 4
    assert captions[0].start == "00:59:59.000"
    assert all(caption.end_in_seconds - caption.start_in_seconds <= 6 for caption in captions)
    assert " ".join(caption.text for caption in captions) == text
