"""Bodies of the account endpoints."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, EmailStr, Field, SecretStr

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


class Register(_Body):
    email: Email
    password: NewPassword
    name: Annotated[PlainText, Field(max_length=100), AfterValidator(_named)]


class LogIn(_Body):
    email: Email
    password: Password


class Me(BaseModel):
    id: str
    email: str
    name: str
    created_at: datetime
