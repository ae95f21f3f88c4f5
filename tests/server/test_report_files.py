"""A report as Markdown and PDF, read by others than who wrote it."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
import subprocess
import time
from collections.abc import Callable

import httpx
import pytest
import typst

from server.reports import pdf
from server.reports.markdown import markdown
from server.reports.schemas import ReportOut
from tests.server.conftest import World
from tests.server.finishing import ANSWERS, finished
from tests.server.report_samples import HOSTILE, report_out

SESSIONS = "/api/v1/sessions"
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="apt-get install poppler-utils"
)


def typeset(report: ReportOut) -> bytes:
    return asyncio.run(pdf.typeset(report))


def read(made: bytes) -> str:
    """The text of a PDF file as one line, as poppler reads it."""
    ran = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True)
    assert ran.returncode == 0, ran.stderr
    return " ".join(ran.stdout.decode().split())


@needs_pdftotext
def test_a_pdf_holds_what_the_report_says() -> None:
    text = read(typeset(report_out(reflection="I was nervous.\n\nNext time: labels first.")))
    for said in (
        "General ML System Design",
        "Ada Lovelace · 1 March 2026, 12:00 UTC · standard · 34:40",
        "A clear frame and a sound evaluation.",
        "“we rank by expected watch time” 1:05",
        "1:05, after a hint",
        "Framing the problem 3 of 4, solid",
        "Ties goal and metric. It names",
        "Model choice not assessed",
        "3.0 of 4",
        "Model choice The interviewer never came to it. Missing:",
        "Without what followed a hint: level 2 of 4, partial.",
        "Missing: What happens when the labels are late.",
        "Problem framing 11:40 10:00",
        "Pace 141.2 words a minute",
        "not measured: too few words were made out",
        "10:05 a thin answer: The answer names no figure.",
        "Which labels are there? (1 of 3)",
        "How fresh the results must be",
        "Delayed feedback: Chapelle 2014, section 3.",
        "Next time: labels first.",
        "1 of 2",
    ):
        assert said in text, said


@needs_pdftotext
def test_what_was_said_is_text_and_never_typst() -> None:
    made = typeset(report_out(HOSTILE, reflection=HOSTILE))
    assert read(made).count(HOSTILE) == 5


@needs_pdftotext
@pytest.mark.parametrize(
    "text", ["", "\n\n", "\u202eabc", "x" * 5000, "数据 и данные 😀", "\x01\x1b"]
)
def test_no_text_keeps_a_pdf_from_being_made(text: str) -> None:
    made = typeset(report_out(text, reflection=text))
    assert "General ML System Design" in read(made)


def test_a_pdf_needs_no_network_and_no_font_of_the_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "_fonts", lambda: typst.Fonts(include_system_fonts=False))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    made = typeset(report_out())
    assert made.startswith(b"%PDF-")
    assert b"LibertinusSerif" in made
    assert "@preview" not in pdf._TEMPLATE.read_text()


def test_a_pdf_is_made_in_no_time_and_the_same_each_time() -> None:
    first = typeset(report_out())
    began = time.process_time()
    assert typeset(report_out()) == first
    assert time.process_time() - began < 3


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def test_markdown_holds_what_the_report_says() -> None:
    text = markdown(report_out(reflection="I was nervous."))
    lines = _lines(text)
    assert lines[0] == "# General ML System Design"
    assert "### Framing the problem: level 3 of 4, solid" in lines
    heading = lines.index("### Model choice: not assessed")
    assert lines[heading + 1] == "The interviewer never came to it."
    assert "This level means: Ties goal and metric." in lines
    assert "- “we rank by expected watch time” (1:05)" in lines
    assert "- “about two hundred” (1:05, after a hint)" in lines
    assert "| Problem framing | 10:00 | 11:40 |" in lines
    assert "| Pace | 141.2 words a minute |" in lines
    assert "- 10:05, a thin answer: The answer names no figure." in lines
    assert text.endswith("## Own reflection\n\nI was nervous.\n")


@pytest.mark.parametrize(
    "hostile",
    [
        "# a heading",
        "- an item",
        "1. an item",
        "> a quote",
        "| a | cell |",
        "<script>alert(1)</script>",
        "[a link](javascript:alert(1))",
        "![a picture](http://example.org/x)",
        "`code` *bold* _it_ ~~gone~~",
        "---",
        "two\n\n# lines",
    ],
)
def test_markdown_shows_what_was_said_as_text(hostile: str) -> None:
    clean = markdown(report_out("said", reflection="said"))
    text = markdown(report_out(hostile, reflection=hostile))
    marks: Callable[[str], int] = lambda of: len(re.findall(r"^(#+|-|\||>|\d+\.) ", of, re.M))  # noqa: E731
    assert marks(text) == marks(clean)
    unescaped = re.sub(r"\\.", "", text)
    for opens in ("<", "`", "*", "["):
        assert opens not in unescaped


async def test_files_are_given_their_names(world: World, owner: httpx.AsyncClient) -> None:
    id_, _ = await finished(world, owner)
    kinds = {
        "json": "application/json",
        "md": "text/markdown; charset=utf-8",
        "pdf": "application/pdf",
    }
    for extension, kind in kinds.items():
        answer = await owner.get(f"{SESSIONS}/{id_}/report.{extension}")
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"] == kind
        name = f'attachment; filename="viva-{id_}-report.{extension}"'
        assert answer.headers["content-disposition"] == name
    assert answer.content.startswith(b"%PDF-")
    assert (await owner.get(f"{SESSIONS}/{id_}/report.html")).status_code == 404
    shown = (await owner.get(f"{SESSIONS}/{id_}/report")).json()
    assert (await owner.get(f"{SESSIONS}/{id_}/report.json")).json() == shown


@needs_pdftotext
async def test_a_real_one_can_be_read(world: World, owner: httpx.AsyncClient) -> None:
    id_, _ = await finished(world, owner, f"{ANSWERS[1]} {HOSTILE}", *ANSWERS)
    answer = await owner.get(f"{SESSIONS}/{id_}/report.pdf")
    text = read(io.BytesIO(answer.content).getvalue())
    for score in (await owner.get(f"{SESSIONS}/{id_}/report")).json()["criteria"]:
        assert score["title"] in text
