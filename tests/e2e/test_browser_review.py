"""Reviewing in a real browser: named or by a link, blind or not; what the candidate sees of it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Request, Route, expect

from tests.e2e.browser import PASSWORD, SOON_MS, Candidate, visitor
from tests.e2e.replaying import is_at, open_page, plays
from tests.e2e.seeded import EMAIL, Seeding, sign_in
from tests.e2e.site import site
from viva import seed

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@asynccontextmanager
async def _at_the_replay(browser: Browser) -> AsyncIterator[tuple[Candidate, str]]:
    seeding = Seeding(recorded=1)
    async with site(prepare=seeding) as url, visitor(browser, url) as ada:
        await sign_in(ada)
        await open_page(ada, f"/sessions/{seeding.ids[0]}/replay")
        yield ada, seeding.ids[0]


async def _named(ada: Candidate, ben: Candidate, id_: str, *, blind: bool) -> None:
    await ben.register()
    me = await ben.get("/me")
    await ada.post(f"/sessions/{id_}/reviewers", {"email": me["email"], "blind": blind})


async def test_a_reviewers_comment_is_seen_by_the_owner(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as ben:
        await _named(ada, ben, id_, blind=False)
        await ben.page.goto(f"{ben.url}/history?as=reviewer")
        await ben.part("history-review").click()
        await expect(ben.part("review-screen")).to_be_visible(timeout=SOON_MS)
        await expect(ben.part("replay")).to_have_attribute("data-sound", "ready", timeout=SOON_MS)
        await ben.page.locator("h1").click()
        for _ in range(4):
            await ben.page.keyboard.press("l")
        await ben.page.keyboard.press("c")
        await expect(ben.part("comment-text")).to_be_focused()
        await ben.page.keyboard.type("Which base rate? Keys like k are text here.")
        await ben.page.keyboard.press("Control+Enter")
        await expect(ben.part("comment")).to_contain_text("1:00")
        await ben.part("comment-change").click()
        await ben.part("comment-edit").fill("Which base rate?")
        await ben.part("comment-save").click()
        await expect(ben.part("comment").locator(".comment-text")).to_have_text("Which base rate?")

        await ada.page.reload()
        shown = ada.part("comment")
        await expect(shown).to_contain_text("Which base rate?", timeout=SOON_MS)
        await expect(shown).to_contain_text("Ada Example")
        mark = ada.page.locator("[data-testid=replay-mark][data-kind=comment]")
        await expect(mark).to_have_count(1)
        await mark.click()
        await is_at(ada, 60_000)
        # It is somebody else's: it can be taken off, and not rewritten.
        await expect(ada.part("comment-change")).to_have_count(0)
        await ada.pictures("replay")
        await ada.part("comment-delete").click()
        await ada.part("confirm-yes").click()
        await expect(shown).to_have_count(0)
        await ben.page.reload()
        await expect(ben.part("replay")).to_be_visible(timeout=SOON_MS)
        await expect(ben.part("comment")).to_have_count(0)
        assert ada.problems == []
        assert ben.problems == []


@asynccontextmanager
async def _scoring(browser: Browser) -> AsyncIterator[tuple[Candidate, str, str]]:
    """A reviewer who scores, the interview, and its first criterion."""
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as ben:
        await _named(ada, ben, id_, blind=True)
        await open_page(ben, f"/sessions/{id_}/review")
        yield ben, id_, (await ben.get(f"/sessions/{id_}/scoring"))["criteria"][0]["id"]


# The answer to the first write never comes.
_SLOW_SERVER = """() => {
    const real = window.fetch;
    let slow = true;
    window.fetch = (...asked) => {
        const answer = real(...asked);
        if (!slow || asked[1]?.method !== "PUT") return answer;
        slow = false;
        return new Promise(() => {});
    };
}"""


async def test_a_note_is_kept_when_the_page_is_left_while_a_level_is_on_its_way(
    browser: Browser,
) -> None:
    async with _scoring(browser) as (ben, _, chosen):
        await ben.page.evaluate(_SLOW_SERVER)
        await ben.part(f"score-{chosen}-3").check()
        await expect(ben.part("scoring-state")).to_have_text("Saving")
        await ben.part(f"score-note-{chosen}").fill("Clear about the metric.")
        await ben.page.reload()
        note = ben.part(f"score-note-{chosen}")
        await expect(note).to_have_value("Clear about the metric.", timeout=SOON_MS)
        await expect(ben.part(f"score-{chosen}-3")).to_be_checked()


async def test_what_the_server_never_got_is_there_when_the_page_is_read_again(
    browser: Browser,
) -> None:
    async with _scoring(browser) as (ben, id_, chosen):

        async def no_writes(route: Route) -> None:
            await (route.abort() if route.request.method == "PUT" else route.continue_())

        await ben.page.route("**/scoring", no_writes)
        await ben.part(f"score-{chosen}-3").check()
        await ben.part(f"score-note-{chosen}").fill("Clear about the metric.")
        await expect(ben.part("scoring-problem")).to_contain_text("still here", timeout=SOON_MS)
        await ben.page.reload()
        note = ben.part(f"score-note-{chosen}")
        await expect(note).to_have_value("Clear about the metric.", timeout=SOON_MS)
        await ben.page.unroute("**/scoring", no_writes)
        await ben.page.reload()
        await expect(ben.part("scoring-state")).to_have_text("Saved", timeout=SOON_MS)
        (own,) = (await ben.get(f"/sessions/{id_}/scoring"))["own"]
        assert (own["level"], own["note"]) == (3, "Clear about the metric.")


async def test_who_scores_blind_sees_the_rest_afterwards(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as ben:
        await _named(ada, ben, id_, blind=True)
        await ada.post(f"/sessions/{id_}/comments", {"at_ms": 30_000, "text": "My own view."})
        await open_page(ben, f"/sessions/{id_}/review")
        await expect(ben.part("scoring")).to_contain_text("asked to score first")
        # Beside the transcript it is scores or comments.
        await expect(ben.part("panel-transcript")).to_be_hidden()
        await expect(ben.part("panel-scores")).to_have_attribute("aria-pressed", "true")
        await expect(ben.part("comments-hidden")).to_be_hidden()
        await ben.part("panel-comments").click()
        await expect(ben.part("comments-hidden")).to_be_visible()
        await expect(ben.part("scoring")).to_be_hidden()
        await ben.part("panel-scores").click()
        await expect(ben.part("comment")).to_have_count(0)
        await expect(ben.page.locator("[data-testid=replay-mark][data-kind=flag]")).to_have_count(0)
        await expect(ben.part("replay-report")).to_be_hidden()
        await expect(ben.part("scoring-compared")).to_be_hidden()

        criteria = (await ben.get(f"/sessions/{id_}/scoring"))["criteria"]
        chosen = criteria[0]["id"]
        await ben.part(f"score-{chosen}-3").check()
        await expect(ben.part("scoring-state")).to_have_text("Saved", timeout=SOON_MS)
        await ben.part(f"score-{criteria[1]['id']}-none").check()
        await ben.part(f"score-note-{chosen}").fill("Clear about the metric.")
        await expect(ben.part("scoring-open")).to_contain_text("still open")
        await ben.pictures("review")
        await ben.page.reload()
        await expect(ben.part(f"score-{chosen}-3")).to_be_checked(timeout=SOON_MS)
        await ben.part("scoring-done").click()
        first = ben.page.locator(f"[data-testid=compared][data-criterion='{chosen}']")
        await expect(first).to_contain_text("Level 3 of 4", timeout=SOON_MS)
        await expect(first).to_contain_text("Clear about the metric.")
        await expect(first).to_be_in_viewport()
        report = await ben.get(f"/sessions/{id_}/report")
        await expect(first).to_contain_text(report["judges"][0]["label"])
        await expect(ben.part("comment")).to_contain_text("My own view.")
        await expect(ben.part("replay-report")).to_be_visible()
        await ben.pictures("review-done")
        # Others see it only now.
        others = (await ada.get(f"/sessions/{id_}/scoring"))["others"]
        assert [(one["author_name"], one["blind"]) for one in others] == [("Ada Example", True)]
        assert ben.problems == []


async def test_who_is_signed_out_hears_what_a_link_shares(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as stranger:
        made = await ada.post(
            f"/sessions/{id_}/shares", {"parts": ["transcript", "audio"], "expires_in": 3600}
        )
        asked: list[Request] = []
        stranger.page.on("request", lambda request: asked.append(request))
        await stranger.page.goto(f"{made['url']}?t=90")
        await expect(stranger.part("replay")).to_have_attribute(
            "data-sound", "ready", timeout=SOON_MS
        )
        await is_at(stranger, 90_000)
        await stranger.part("replay-play").click()
        await plays(stranger)
        await expect(stranger.page.locator(".line .now")).to_be_visible(timeout=SOON_MS)
        for own in ("comment-text", "scoring", "replay-report", "user-menu"):
            await expect(stranger.part(own)).to_have_count(0)
        api = [request.url for request in asked if "/api/" in request.url]
        assert len(api) >= 3
        assert all("/api/v1/shared/" in url for url in api), api
        assert all("cookie" not in request.headers for request in asked)
        robots = stranger.page.locator("meta[name=robots]")
        await expect(robots).to_have_attribute("content", re.compile("noindex"))
        await stranger.pictures("shared")
        alone = await ada.post(f"/sessions/{id_}/shares", {"parts": ["audio"], "expires_in": 3600})
        await stranger.page.goto(alone["url"])
        await expect(stranger.part("transcript-empty")).to_contain_text("does not show")
        await expect(stranger.part("replay-play")).to_be_visible(timeout=SOON_MS)
        for reading in ("transcript", "search", "questions", "follow"):
            await expect(stranger.part(f"replay-{reading}")).to_be_hidden()
        for share in (await ada.get(f"/sessions/{id_}/shares"))["items"]:
            answer = await ada.page.request.delete(
                f"{ada.url}/api/v1/shares/{share['id']}", headers={"origin": ada.url}
            )
            assert answer.ok
        await stranger.page.goto(made["url"])
        await expect(stranger.part("shared-gone")).to_contain_text("not valid any more")
        await stranger.page.goto(f"{ada.url}/shared/{'x' * 43}")
        await expect(stranger.part("shared-gone")).to_contain_text("not valid any more")


async def _link(ada: Candidate, id_: str, *, blind: bool) -> str:
    """Makes a link at the page by which one may become a reviewer; its address."""
    await ada.page.goto(f"{ada.url}/sessions/{id_}/report")
    await ada.part("report-share").click()
    await ada.part("share-part-audio").check()
    await ada.part("share-comment").check()
    await ada.part("share-blind").set_checked(blind)
    await ada.part("share-label").fill("For Grace")
    await ada.part("share-make").click()
    url = await ada.part("share-url").input_value()
    await ada.part("share-close").click()
    return url


async def test_who_holds_a_link_becomes_a_reviewer_and_the_candidate_sees_the_comment(
    browser: Browser,
) -> None:
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as grace:
        url = await _link(ada, id_, blind=False)
        await grace.page.goto(url)
        await expect(grace.part("criterion").first).to_be_visible(timeout=SOON_MS)
        await expect(grace.part("shared-review")).to_have_text("Comment and score")
        await grace.pictures("shared-report")
        await grace.part("shared-review").click()
        # Signed out: an account is made on the way.
        await expect(grace.page.locator("main")).to_contain_text("Reviewing needs an account")
        await grace.part("auth-switch").click()
        await grace.part("auth-name").fill("Grace Example")
        await grace.part("auth-email").fill("grace@example.com")
        await grace.part("auth-password").fill(PASSWORD)
        await grace.part("auth-submit").click()
        await expect(grace.part("review-screen")).to_be_visible(timeout=SOON_MS)
        # The secret is out of the address.
        await expect(grace.page).to_have_url(re.compile(rf"/sessions/{id_}/review"))
        await expect(grace.part("replay")).to_have_attribute("data-sound", "ready", timeout=SOON_MS)
        await grace.page.locator("h1").click()
        for key in "llc":
            await grace.page.keyboard.press(key)
        await grace.part("comment-text").fill("What would you measure first?")
        await grace.part("comment-send").click()
        await expect(grace.part("comment")).to_contain_text("0:30")

        await open_page(ada, f"/sessions/{id_}/replay")
        await expect(ada.part("comment")).to_contain_text("What would you measure first?")
        await expect(ada.part("comment")).to_contain_text("Grace Example")
        await ada.part("comment-time").click()
        await is_at(ada, 30_000)

        # The link goes, and who came by it stays until they are taken off.
        await ada.page.goto(f"{ada.url}/sessions/{id_}/report")
        await expect(ada.part("reviewer")).to_contain_text("grace@example.com", timeout=SOON_MS)
        await ada.part("report-share").click()
        await ada.part("share-revoke").click()
        await expect(ada.part("confirm-dialog")).to_contain_text("stays one")
        await ada.part("confirm-yes").click()
        await expect(ada.part("share")).to_have_attribute("data-active", "no", timeout=SOON_MS)
        await ada.part("share-close").click()
        await grace.page.reload()
        await grace.part("panel-comments").click()
        await expect(grace.part("comment")).to_be_visible(timeout=SOON_MS)
        await ada.part("reviewer-remove").click()
        await expect(ada.part("reviewer")).to_have_count(0)
        assert grace.problems == []
        await grace.page.reload()
        await expect(grace.part("page-problem")).to_be_visible(timeout=SOON_MS)
        await grace.page.goto(url)
        await expect(grace.part("shared-gone")).to_contain_text("not valid any more")
        await open_page(ada, f"/sessions/{id_}/replay")
        await expect(ada.part("comment")).to_contain_text("What would you measure first?")
        assert ada.problems == []


async def test_who_is_signed_in_scores_first_where_the_link_asks_for_it(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as grace:
        await ada.post(f"/sessions/{id_}/comments", {"at_ms": 30_000, "text": "My own view."})
        url = await _link(ada, id_, blind=True)
        await grace.register()
        await grace.page.goto(url)
        await expect(grace.part("replay")).to_have_attribute("data-sound", "ready", timeout=SOON_MS)
        await expect(grace.part("criterion")).to_have_count(0)
        await expect(grace.part("shared-review")).to_have_text("Score it")
        await grace.part("shared-review").click()
        await expect(grace.part("scoring")).to_contain_text("asked to score first")
        await expect(grace.part("comments-hidden")).not_to_have_attribute("hidden", "")
        await expect(grace.part("comment")).to_have_count(0)
        await grace.part("scoring-done").click()
        await expect(grace.part("comment")).to_contain_text("My own view.", timeout=SOON_MS)
        assert grace.problems == []


async def test_nobody_reviews_their_own_interview_by_a_link(browser: Browser) -> None:
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as again:
        url = await _link(ada, id_, blind=False)
        own = "This is your own interview"
        await ada.page.goto(url)
        await ada.part("shared-review").click()
        await expect(ada.part("shared-screen")).to_contain_text(own)
        # The same person, who is told so after signing in.
        await again.page.goto(url)
        await again.part("shared-review").click()
        await again.part("auth-email").fill(EMAIL)
        await again.part("auth-password").fill(seed.PASSWORD)
        await again.part("auth-submit").click()
        await expect(again.part("shared-gone")).to_contain_text(own, timeout=SOON_MS)
        await again.part("shared-back").click()
        await expect(again.part("shared-screen")).to_be_visible(timeout=SOON_MS)


async def test_who_scores_first_is_led_there_and_the_candidate_sees_what_they_gave(
    browser: Browser,
) -> None:
    async with _at_the_replay(browser) as (ada, id_), visitor(browser, ada.url) as grace:
        await grace.register()
        await ada.page.goto(f"{ada.url}/sessions/{id_}/report")
        await ada.part("reviewer-email").fill((await grace.get("/me"))["email"])
        await ada.part("reviewer-blind").check()
        await ada.part("reviewer-add").click()
        await expect(ada.part("reviewer")).to_contain_text("scores first", timeout=SOON_MS)

        await grace.page.goto(f"{grace.url}/sessions/{id_}/report")
        led = grace.page.get_by_role("link", name="Listen and score")
        await expect(led).to_have_attribute("href", f"/sessions/{id_}/review")
        await expect(grace.part("criterion")).to_have_count(0)
        scoring = await grace.get(f"/sessions/{id_}/scoring")
        scores = [
            {"criterion": one["id"], "level": 2, "note": "As I heard it."}
            for one in scoring["criteria"]
        ]
        answered = await grace.page.request.put(
            f"{grace.url}/api/v1/sessions/{id_}/scoring",
            data={"scores": scores, "done": True},
            headers={"origin": grace.url},
        )
        assert answered.ok
        await grace.page.reload()
        await expect(grace.part("criterion").first).to_be_visible(timeout=SOON_MS)
        for own in ("draft-reflection", "trend", "reviewers", "report-share", "report-bundle"):
            await expect(grace.part(own)).to_have_count(0)

        await ada.page.reload()
        await expect(ada.part("reviews")).to_contain_text("Ada Example (scored first)")
        await expect(ada.part("reviews")).to_contain_text("As I heard it.")
