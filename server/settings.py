"""Settings of the server: `VIVA_*` and `LIVEKIT_*` environment variables, or a `.env` file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from interview.voices import Voice, listed, openai_voices, piper_voices
from server.mail.server import MailServer, read_sender, read_url
from server.storage.location import Bucket, Directory, Location
from server.storage.location import read_url as read_storage_url

_ROOT = Path(__file__).resolve().parent.parent
_DRIVERS = ("sqlite+aiosqlite", "postgresql+asyncpg", "postgresql+psycopg")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class SettingsError(Exception):
    """A setting that cannot be used. The message names each one and what was expected."""


def _room_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"ws", "wss", "http", "https"} or not parts.hostname:
        raise ValueError("a ws:// or wss:// address such as ws://127.0.0.1:7880")
    return value.rstrip("/")


def _database_url(value: str) -> str:
    try:
        driver = make_url(value).drivername
    except ArgumentError:
        driver = ""
    if driver not in _DRIVERS:
        raise ValueError(f"a database URL that begins with one of {', '.join(_DRIVERS)}")
    return value


def _issuer(value: str) -> str:
    parts = urlsplit(value)
    plain = parts.scheme == "http" and parts.hostname in _LOOPBACK
    if not (parts.hostname and (parts.scheme == "https" or plain)) or parts.query or parts.fragment:
        raise ValueError(
            "the issuer as the provider writes it, an https:// address without query or fragment"
        )
    return value


def _public_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("the page's address in a browser, such as https://viva.example.org")
    return value.rstrip("/")


def _smtp_url(value: SecretStr) -> SecretStr:
    read_url(value.get_secret_value())
    return value


def _storage_url(value: str) -> str:
    read_storage_url(value)
    return value


def _endpoint(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("the store's address, such as https://s3.example.org")
    return value.rstrip("/")


def _voices(value: str) -> str:
    if not listed(value):
        raise ValueError("the name of a voice, or of several with commas between them")
    return value


RoomUrl = Annotated[str, AfterValidator(_room_url)]


class Settings(BaseSettings):
    """All that the server can be told from outside. Durations are seconds."""

    model_config = SettingsConfigDict(
        env_prefix="VIVA_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
    )

    data_dir: Path = Path("var")
    port: int = Field(8000, ge=1, le=65535)
    database_url: Annotated[str, AfterValidator(_database_url)] | None = None
    agent_token: SecretStr | None = Field(None, min_length=16)
    scenarios_dir: Path = _ROOT / "scenarios"
    web_dir: Path = _ROOT / "web" / "dist"

    livekit_url: RoomUrl = Field("ws://127.0.0.1:7880", validation_alias="LIVEKIT_URL")
    livekit_api_key: str = Field("", validation_alias="LIVEKIT_API_KEY")
    livekit_api_secret: SecretStr = Field(SecretStr(""), validation_alias="LIVEKIT_API_SECRET")
    livekit_public_url: RoomUrl | None = None

    secret_key: SecretStr | None = Field(None, min_length=32)
    oidc_issuer: Annotated[str, AfterValidator(_issuer)] | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_title: str = Field("single sign-on", max_length=60)
    oidc_trusts_email: bool = False

    public_url: Annotated[str, AfterValidator(_public_url)] | None = None
    smtp_url: Annotated[SecretStr, AfterValidator(_smtp_url)] | None = None
    mail_from: str | None = Field(None, validate_default=True)

    storage_url: Annotated[str, AfterValidator(_storage_url)] | None = None
    # Of a bucket alone. Without keys obstore looks where AWS's own programs look.
    aws_region: str = Field("us-east-1", min_length=1, validation_alias="AWS_REGION")
    aws_access_key_id: str | None = Field(None, validation_alias="AWS_ACCESS_KEY_ID")
    aws_secret_access_key: SecretStr | None = Field(
        None, validation_alias="AWS_SECRET_ACCESS_KEY", validate_default=True
    )
    aws_session_token: SecretStr | None = Field(None, validation_alias="AWS_SESSION_TOKEN")
    aws_allow_http: bool = Field(False, validation_alias="AWS_ALLOW_HTTP")
    aws_endpoint_url: Annotated[str, AfterValidator(_endpoint)] | None = Field(
        None, validation_alias="AWS_ENDPOINT_URL"
    )

    # The worker's own settings: what voices it has follows from them.
    tts: Literal["local", "openai"] = "local"
    piper_voice: Annotated[str, AfterValidator(_voices)] = "joe"
    tts_voice: Annotated[str, AfterValidator(_voices)] = "ash"
    tts_base_url: str | None = None
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")

    login_days: float = Field(30, gt=0, le=365)
    login_attempts_per_account: int = Field(10, ge=1)
    login_attempts_per_address: int = Field(100, ge=1)
    registrations_per_address: int = Field(30, ge=1)
    share_requests_per_address: int = Field(600, ge=1)
    resume_hours: float = Field(24, gt=0, le=24 * 365)
    least_free_mb: int = Field(200, ge=0)

    @model_validator(mode="after")
    def _whole_oidc(self) -> Self:
        fields = ("oidc_issuer", "oidc_client_id", "oidc_client_secret")
        missing = [_variable(field) for field in fields if not getattr(self, field)]
        if 0 < len(missing) < len(fields):
            names = ", ".join(_variable(field) for field in fields)
            raise ValueError(f"all of {names} or none of them; without {' and '.join(missing)}")
        return self

    @field_validator("mail_from")
    @classmethod
    def _mail_from(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None:
            read_sender(value)
        elif info.data.get("smtp_url") is not None:
            raise ValueError("the address that mail comes from, since VIVA_SMTP_URL is set")
        return value

    @field_validator("aws_secret_access_key")
    @classmethod
    def _both_keys(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if (value is None) != (info.data.get("aws_access_key_id") is None):
            raise ValueError("to be given together with AWS_ACCESS_KEY_ID, or neither of them")
        return value

    @field_validator("aws_endpoint_url")
    @classmethod
    def _plain_endpoint(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is not None and value.startswith("http:") and not info.data.get("aws_allow_http"):
            raise ValueError("an https:// address, or AWS_ALLOW_HTTP=true beside it")
        return value

    @property
    def storage(self) -> Location:
        """Where recordings are kept: below the data directory unless told otherwise."""
        if self.storage_url is None:
            return Directory(self.data_dir / "recordings")
        location = read_storage_url(self.storage_url)
        if isinstance(location, Directory):
            return location
        given = {
            "aws_region": self.aws_region,
            "aws_endpoint": self.aws_endpoint_url,
            "aws_access_key_id": self.aws_access_key_id,
            "aws_secret_access_key": _plain(self.aws_secret_access_key),
            "aws_session_token": _plain(self.aws_session_token),
        }
        options = {name: value for name, value in given.items() if value}
        return Bucket(location.name, location.prefix, self.aws_allow_http, options)

    @property
    def resolved_database_url(self) -> str:
        """The database's URL; SQLite in the data directory unless another one is given."""
        if self.database_url is not None:
            return self.database_url
        return f"sqlite+aiosqlite:///{(self.data_dir / 'viva.db').resolve()}"

    @property
    def voices(self) -> tuple[Voice, ...]:
        """What the interviewer can speak with, the usual one first."""
        if self.tts == "local":
            return piper_voices(self.piper_voice)
        own = bool(self.tts_base_url or self.openai_base_url)
        return openai_voices(self.tts_voice, own=own)

    @property
    def browser_livekit_url(self) -> str:
        """Where a browser finds the SFU."""
        return self.livekit_public_url or self.livekit_url

    @property
    def resolved_public_url(self) -> str:
        """Where people find the page, without a slash at its end; in links of mails."""
        return self.public_url or f"http://localhost:{self.port}"

    @property
    def mail_server(self) -> MailServer | None:
        """Where mail is handed in; None when mail is not set up."""
        return None if self.smtp_url is None else read_url(self.smtp_url.get_secret_value())

    @property
    def mail_set_up(self) -> bool:
        return self.smtp_url is not None


def _plain(value: SecretStr | None) -> str | None:
    return None if value is None else value.get_secret_value()


def _variable(field: str) -> str:
    info = Settings.model_fields.get(field)
    if info is None:
        return field
    alias = info.validation_alias
    return alias if isinstance(alias, str) else f"VIVA_{field.upper()}"


def load_settings() -> Settings:
    """Settings from the environment. Raises SettingsError; the message holds no secret's value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for problem in error.errors(include_url=False, include_input=False):
            name = _variable(str(problem["loc"][0])) if problem["loc"] else "settings"
            expected = problem["msg"].removeprefix("Value error, ")
            lines.append(f"{name}: expected {expected[0].lower()}{expected[1:]}")
        raise SettingsError("; ".join(lines)) from None
