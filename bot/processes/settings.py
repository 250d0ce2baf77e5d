"""Every setting of the service, read from the environment once. Nothing else in `bot` looks at `os.environ`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from rapidfuzz import process

from bot.compliance.lane import ModelMode, model_mode
from bot.domain.errors import BadConfiguration

PREFIX: Final = "FRONTDESK_"
TWILIO: Final = "https://api.twilio.com"
KNOWN: Final = frozenset(
    {
        "PRACTICE_DIR",
        "DATABASE_URL",
        "REDIS_URL",
        "KEY_FILE",
        "PUBLIC_URL",
        "LANE_URL",
        "MODEL_MODE",
        "MODEL_KEY",
        "PUBLISHED",
        "DATA_DIR",
        "TWILIO_ACCOUNT",
        "TWILIO_TOKEN",
        "TWILIO_OLD_TOKEN",
        "TWILIO_NUMBER",
        "TWILIO_URL",
        "MERGE_SECONDS",
        "PRACTICE",
        "MODEL_URL",
        "MODEL_ID",
    }
)


@dataclass(frozen=True, slots=True)
class TwilioSettings:
    account: str
    tokens: tuple[str, ...]
    """The current auth token first, then the one being rotated out."""
    number: str
    url: str


@dataclass(frozen=True, slots=True)
class Settings:
    practice_dir: Path
    data_dir: Path
    database_url: str
    redis_url: str
    key_file: Path
    public_url: str
    model_mode: ModelMode = ModelMode.OFF
    lane_url: str | None = None
    twilio: TwilioSettings | None = None
    published: Path | None = None
    """The pointer file that `frontdesk kb publish` wrote. None: publish from the practice folder at start."""
    demo: bool = False
    merge_seconds: float = 0.25
    allowed_origins: tuple[str, ...] = field(default=())

    @property
    def scaled(self) -> bool:
        return self.database_url.startswith("postgresql")

    @property
    def secure(self) -> bool:
        return self.public_url.startswith("https://")


def from_environment(environment: Mapping[str, str], *, home: Path) -> Settings:
    """Raises `BadConfiguration` for unknown names (with the likely one meant), bad values and unsafe combinations."""
    given = {name.removeprefix(PREFIX): value for name, value in environment.items() if name.startswith(PREFIX)}
    _refuse_unknown(given)
    data = Path(given.get("DATA_DIR", str(home / "var")))
    settings = Settings(
        practice_dir=Path(given.get("PRACTICE_DIR", str(home / "practice"))),
        data_dir=data,
        database_url=database_url(given.get("DATABASE_URL", f"sqlite:///{data / 'frontdesk.db'}")),
        redis_url=given.get("REDIS_URL", "memory://"),
        key_file=Path(given.get("KEY_FILE", str(data / "keys" / "frontdesk.key"))),
        public_url=given.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        model_mode=model_mode(given.get("MODEL_MODE")),
        lane_url=given.get("LANE_URL"),
        twilio=_twilio(given),
        published=Path(given["PUBLISHED"]) if given.get("PUBLISHED") else None,
        merge_seconds=_seconds(given.get("MERGE_SECONDS", "0.25")),
    )
    _refuse_unsafe(settings, given)
    return settings


def database_url(url: str) -> str:
    """The driver is ours to choose: `sqlite:///…` and `postgresql://…` are what people write."""
    scheme, _, rest = url.partition("://")
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
    if scheme not in {*drivers, *drivers.values()} or not rest:
        raise BadConfiguration("FRONTDESK_DATABASE_URL must start with sqlite:/// or postgresql://.")
    return f"{drivers.get(scheme, scheme)}://{rest}"


def _refuse_unknown(given: Mapping[str, str]) -> None:
    for name in given:
        if name not in KNOWN:
            nearest = process.extractOne(name, sorted(KNOWN))[0]
            raise BadConfiguration(f"The setting {PREFIX}{name} does not exist. Did you mean {PREFIX}{nearest}?")


def _twilio(given: Mapping[str, str]) -> TwilioSettings | None:
    names = ("TWILIO_ACCOUNT", "TWILIO_TOKEN", "TWILIO_NUMBER")
    present = [name for name in names if given.get(name)]
    if not present:
        return None
    missing = [f"{PREFIX}{name}" for name in names if name not in present]
    if missing:
        raise BadConfiguration(f"Texting needs all of its settings; missing: {', '.join(missing)}.")
    tokens = tuple(given[name] for name in ("TWILIO_TOKEN", "TWILIO_OLD_TOKEN") if given.get(name))
    account, number = given["TWILIO_ACCOUNT"], given["TWILIO_NUMBER"]
    return TwilioSettings(account, tokens, number, given.get("TWILIO_URL", TWILIO))


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 5:
        raise BadConfiguration("FRONTDESK_MERGE_SECONDS must be a number from 0 to 5.")
    return value


def _refuse_unsafe(settings: Settings, given: Mapping[str, str]) -> None:
    """R-014: what production must never start with."""
    parts = urlsplit(settings.public_url)
    local = parts.hostname in ("127.0.0.1", "localhost", "::1")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadConfiguration(
            "FRONTDESK_PUBLIC_URL must be the full address of this service, like https://chat.example.test."
        )
    if parts.scheme != "https" and not local:
        raise BadConfiguration(
            "FRONTDESK_PUBLIC_URL must start with https://: patients' words would travel in the clear."
        )
    if settings.scaled and given.get("MODEL_KEY"):
        raise BadConfiguration("FRONTDESK_MODEL_KEY belongs to the lane process alone. Remove it from this one.")
    if settings.model_mode is not ModelMode.OFF and not settings.lane_url:
        raise BadConfiguration("A model mode other than off needs FRONTDESK_LANE_URL, the address of `frontdesk lane`.")
