"""Bodies of the account endpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, SecretStr

from server.models import User
from server.texts import PlainText, whole

PASSWORD_SHORTEST, PASSWORD_LONGEST = 10, 128


def _password(value: SecretStr) -> SecretStr:
    whole(value.get_secret_value())
    return value


def _sound_password(value: SecretStr) -> SecretStr:
    length = len(value.get_secret_value())
    if not PASSWORD_SHORTEST <= length <= PASSWORD_LONGEST:
        raise ValueError(
            f"a password has {PASSWORD_SHORTEST} to {PASSWORD_LONGEST} characters; "
            f"this one has {length}"
        )
    return value


def _normalised(value: str) -> str:
    if len(value) > 254:
        raise ValueError("an address has at most 254 characters")
    return value.casefold()


def _named(value: str) -> str:
    name = " ".join(value.split())
    if not name:
        raise ValueError("a name has at least one character")
    return name


Email = Annotated[EmailStr, AfterValidator(_normalised)]
Password = Annotated[SecretStr, Field(min_length=1, max_length=1000), AfterValidator(_password)]
NewPassword = Annotated[SecretStr, AfterValidator(_password), AfterValidator(_sound_password)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


Name = Annotated[PlainText, Field(max_length=100), AfterValidator(_named)]
# What a link holds. A wrong one of any length is answered like a wrong one of the right length.
LinkToken = Annotated[str, Field(min_length=1, max_length=200)]
Role = Literal["candidate", "reviewer", "admin"]


class Register(_Body):
    email: Email
    password: NewPassword
    name: Name


class LogIn(_Body):
    email: Email
    password: Password


class Forgotten(_Body):
    email: Email


class Confirm(_Body):
    token: LinkToken


class Reset(_Body):
    token: LinkToken
    password: NewPassword


class ChangeMe(_Body):
    name: Name


class ChangePassword(_Body):
    """`current` is null for who has no password yet."""

    current: Password | None = None
    new: NewPassword


class ChangeEmail(_Body):
    """`password` is null for who has none."""

    email: Email
    password: Password | None = None


class NewApiToken(_Body):
    """`days` until it is over; null for a token that is good until it is revoked."""

    name: Name
    days: Annotated[int, Field(ge=1, le=3650)] | None = 365


class ChangeUser(_Body):
    role: Role


class Me(BaseModel):
    id: str
    email: str
    name: str
    role: Role
    has_password: bool
    created_at: datetime


def me_of(user: User) -> Me:
    """`user` as they themselves and admins see them."""
    return Me.model_validate(
        {
            "id": user.id,
            "email": user.email,
            "name": user.name,
            "role": user.role,
            "has_password": bool(user.password_hash),
            "created_at": user.created_at,
        }
    )


class ToConfirm(BaseModel):
    """A mail with a link has been sent, if that is what the address calls for."""

    status: Literal["confirm"] = "confirm"


class Empty(BaseModel):
    """Nothing, whatever was found."""


class Oidc(BaseModel):
    title: str


class Ways(BaseModel):
    """How one can get in here. `mail`: whether this server can send any."""

    password: bool
    mail: bool
    oidc: Oidc | None


class LoginOut(BaseModel):
    """`browser` is empty when it could not be told. `seen_at` is right to the hour."""

    id: str
    browser: str
    created_at: datetime
    seen_at: datetime
    current: bool


class LoginList(BaseModel):
    items: list[LoginOut]
    next: None = None


class ApiTokenOut(BaseModel):
    """`used_at` is right to the hour."""

    id: str
    name: str
    created_at: datetime
    used_at: datetime | None
    expires_at: datetime | None


class ApiTokenMade(ApiTokenOut):
    """`token` is told this once."""

    token: str


class ApiTokenList(BaseModel):
    items: list[ApiTokenOut]
    next: None = None


class UserList(BaseModel):
    items: list[Me]
    next: str | None
