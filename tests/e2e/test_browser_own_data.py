"""One's own account at a real browser: name, address, tokens, export, import and leaving."""

from __future__ import annotations

import asyncio
import io
import re
import zipfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, FilePayload, expect

from tests.e2e.browser import PASSWORD, SOON_MS, Candidate, visitor
from tests.e2e.site import site

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@asynccontextmanager
async def _ada_at(browser: Browser, section: str) -> AsyncIterator[Candidate]:
    """Somebody who has just made an account, at a section of the settings."""
    async with site() as url, visitor(browser, url) as ada:
        await ada.register()
        await ada.page.goto(f"{url}/settings/{section}")
        await expect(ada.part("settings-screen")).to_be_visible(timeout=SOON_MS)
        yield ada
        assert ada.problems == []


async def test_a_name_is_stored_when_its_field_is_left(browser: Browser) -> None:
    async with _ada_at(browser, "account") as ada:
        name = ada.part("set-name")
        await name.fill("   ")
        await name.press("Tab")
        await expect(ada.page.get_by_text("Enter the name you want to be called.")).to_be_visible()
        await name.fill("  Ada   King ")
        await name.press("Tab")
        await expect(ada.part("saving-name")).to_have_text("Saved", timeout=SOON_MS)
        await expect(ada.part("user-name")).to_have_text("Ada King")
        assert (await ada.get("/me"))["name"] == "Ada King"


async def test_an_address_is_changed_with_the_password(browser: Browser) -> None:
    async with _ada_at(browser, "account") as ada:
        await ada.part("email-open").click()
        await ada.part("new-email").fill("ada.king")
        await ada.part("field-email-password").fill("not this one")
        await ada.part("email-submit").click()
        await expect(ada.part("new-email")).to_have_attribute("aria-invalid", "true")
        await ada.part("new-email").fill("ada.king@example.com")
        await ada.part("email-submit").click()
        password = ada.part("field-email-password")
        await expect(password).to_have_attribute("aria-invalid", "true", timeout=SOON_MS)
        await expect(ada.part("new-email")).to_have_value("ada.king@example.com")
        await password.fill(PASSWORD)
        await ada.part("email-submit").click()
        await expect(ada.part("account-email")).to_have_text(
            "ada.king@example.com", timeout=SOON_MS
        )
        assert (await ada.get("/me"))["email"] == "ada.king@example.com"
        # The wrong password was answered by a refusal, which the browser wrote down.
        ada.problems.clear()


async def test_a_token_is_shown_once_works_and_is_revoked(browser: Browser) -> None:
    async with _ada_at(browser, "account") as ada:
        await ada.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        await ada.part("token-open").click()
        await ada.part("token-submit").click()
        await expect(ada.part("token-name")).to_have_attribute("aria-invalid", "true")
        await ada.part("token-name").fill("backup")
        await ada.part("token-days").select_option("30")
        await ada.part("token-submit").click()
        token = await ada.part("token-value").input_value()
        await ada.page.bring_to_front()
        await ada.part("token-copy").click()
        said = ada.part("token-made").get_by_role("status")
        await expect(said).to_have_text(re.compile(r"Copied\.|copy it by hand"), timeout=SOON_MS)
        if await said.inner_text() == "Copied.":
            assert await ada.page.evaluate("navigator.clipboard.readText()") == token
        await expect(ada.part("token")).to_contain_text("backup")

        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as program:
            mine = await program.get(f"{ada.url}/api/v1/me")
            assert mine.json()["id"] == (await ada.get("/me"))["id"]
            await ada.page.reload()
            await expect(ada.part("token")).to_have_count(1, timeout=SOON_MS)
            await expect(ada.part("token-value")).to_have_count(0)
            assert token not in await ada.page.content()
            await ada.part("token-revoke").click()
            await expect(ada.part("token")).to_have_count(0, timeout=SOON_MS)
            assert (await program.get(f"{ada.url}/api/v1/me")).status_code == 401


async def test_an_export_is_downloaded_and_comes_in_again(browser: Browser, tmp_path: Path) -> None:
    async with _ada_at(browser, "data") as ada:
        await ada.post("/sessions", {})
        async with ada.page.expect_download() as downloading:
            await ada.part("export").click()
        file = tmp_path / "export.zip"
        await (await downloading.value).save_as(file)
        content = await asyncio.to_thread(file.read_bytes)
        assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None

        await ada.part("import-send").click()
        await expect(ada.part("import-problem")).to_contain_text("Choose the file")
        wrong = FilePayload(name="a.zip", mimeType="application/zip", buffer=b"not a zip")
        await ada.part("import-file").set_input_files(wrong)
        await ada.part("import-send").click()
        await expect(ada.part("import-problem")).not_to_be_empty(timeout=SOON_MS)
        session = (await ada.get("/sessions"))["items"][0]
        answer = await ada.page.request.delete(
            f"{ada.url}/api/v1/sessions/{session['id']}", headers={"origin": ada.url}
        )
        assert answer.ok
        await ada.part("import-file").set_input_files(file)
        await ada.part("import-send").click()
        await expect(ada.part("import-said")).to_contain_text("1 interview", timeout=SOON_MS)
        assert len((await ada.get("/sessions"))["items"]) == 1
        # What is no export was refused, which the browser wrote down.
        ada.problems.clear()


async def test_an_account_is_deleted_by_who_types_its_address(browser: Browser) -> None:
    async with _ada_at(browser, "data") as ada:
        email = (await ada.get("/me"))["email"]
        await ada.part("delete-open").click()
        await ada.part("delete-email").fill("somebody@example.com")
        await ada.part("delete-password").fill("not this one")
        await ada.part("delete-submit").click()
        await expect(ada.part("delete-email")).to_have_attribute("aria-invalid", "true")
        await ada.part("delete-email").fill(email)
        await ada.part("delete-submit").click()
        password = ada.part("delete-password")
        await expect(password).to_have_attribute("aria-invalid", "true", timeout=SOON_MS)
        assert (await ada.get("/me"))["email"] == email
        await password.fill(PASSWORD)
        await ada.part("delete-submit").click()
        await expect(ada.part("auth-form")).to_be_visible(timeout=SOON_MS)
        await ada.part("auth-email").fill(email)
        await ada.part("auth-password").fill(PASSWORD)
        await ada.part("auth-submit").click()
        await expect(ada.part("auth-problem")).not_to_be_empty(timeout=SOON_MS)
        ada.problems.clear()
