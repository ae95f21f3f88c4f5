"""What the mails about an account say. Nothing that a stranger typed is in them."""

from __future__ import annotations

from typing import NamedTuple


class Letter(NamedTuple):
    subject: str
    text: str


def _paragraphs(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


_NOT_YOU = "If this was not you, there is nothing to do: without this link nothing happens."


def reset(link: str) -> Letter:
    return Letter(
        "A new password for Viva",
        _paragraphs(
            "Somebody, probably you, forgot the password of your account. Set a new one here. The "
            "link works once, for an hour.",
            link,
            _NOT_YOU,
        ),
    )


def confirm(link: str) -> Letter:
    return Letter(
        "Your account at Viva",
        _paragraphs(
            "Somebody, probably you, wants an account with this address. This link makes it. It "
            "works once, for a day.",
            link,
            _NOT_YOU,
        ),
    )


def account_exists(page: str) -> Letter:
    return Letter(
        "You have an account at Viva",
        _paragraphs(
            "Somebody, probably you, wanted an account with this address. You have one already. "
            "Log in, or ask for a new password there.",
            page,
            "If this was not you, there is nothing to do.",
        ),
    )


def new_address(link: str) -> Letter:
    return Letter(
        "Your new address at Viva",
        _paragraphs(
            "Somebody, probably you, wants to use this address for their account from now on. This "
            "link makes it so. It works once, for a day.",
            link,
            _NOT_YOU,
        ),
    )


def address_asked_for(page: str) -> Letter:
    return Letter(
        "Your address at Viva is about to change",
        _paragraphs(
            "Somebody who is logged in to your account asked to use another address for it. It "
            "changes as soon as the link is opened that went there.",
            "If this was not you, change your password now. With that the link is good no longer.",
            page,
        ),
    )


def password_set(page: str) -> Letter:
    return Letter(
        "Your password at Viva was changed",
        _paragraphs(
            "A new password was set for your account by a link. Every other way in has ended: "
            "browsers were logged out, API tokens revoked, accounts elsewhere disconnected.",
            "If this was not you, ask for a new password on the page.",
            page,
        ),
    )


def identity_linked(title: str, page: str) -> Letter:
    return Letter(
        "Another way into your account at Viva",
        _paragraphs(
            f"From now on an account at {title} gets into your account. Somebody who is logged in "
            "to it, probably you, connected the two just now.",
            "If this was not you, ask for a new password on the page. Setting it by the link that "
            "is mailed to you ends every other way in.",
            page,
        ),
    )


def password_changed(page: str) -> Letter:
    return Letter(
        "Your password at Viva was changed",
        _paragraphs(
            "The password of your account was changed just now, and every other browser was "
            "logged out.",
            "If this was not you, ask for a new password on the page.",
            page,
        ),
    )
