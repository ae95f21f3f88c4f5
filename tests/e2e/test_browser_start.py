"""The start page with input that cannot be."""

import pytest
from playwright.async_api import expect

from tests.e2e.browser import PHONE, candidate
from viva.temporary import TemporaryViva

pytestmark = pytest.mark.browser


async def test_a_length_that_cannot_be_is_named(running_viva: TemporaryViva) -> None:
    async with candidate(running_viva, None) as ada:
        await ada.register()
        await ada.set_minutes((5, 10, 15, 10, 5))
        problem = ada.part("length-problem")
        for typed, says in (
            ("0", "needs more than 0 minutes"),
            ("-5", "needs more than 0 minutes"),
            ("", "needs a number of minutes"),
            ("ten", "needs a number of minutes"),
            ("NaN", "needs a number of minutes"),
            ("0.01", "needs at least 5 seconds"),
            ("600", "can be two hours at most"),
        ):
            await ada.part("length-deep_dive").fill(typed)
            await expect(problem).to_contain_text(f"Deep dive {says}")
            await ada.part("start-session").click()
            await expect(ada.part("length-deep_dive")).to_be_focused()
        await ada.set_minutes((60, 60, 60, 60, 60))
        await expect(problem).to_contain_text("four hours at most")
        await ada.part("start-session").click()
        await expect(ada.part("start-screen")).to_be_visible()
        assert (await ada.get("/sessions"))["items"] == []
        await ada.page.set_viewport_size(PHONE)
        await ada.part("scenario-browse").click()
        await ada.fits()
        assert ada.problems == []
