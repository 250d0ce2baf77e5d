"""Settings are read once, slips are named, and what is unsafe does not start."""

from pathlib import Path

import pytest

from bot.compliance.lane import ModelMode
from bot.domain.errors import BadConfiguration
from bot.processes.settings import Settings, TwilioSettings, from_environment

HOME = Path("/srv/practice")
TWILIO = {
    "FRONTDESK_TWILIO_ACCOUNT": "AC" + "1" * 32,
    "FRONTDESK_TWILIO_TOKEN": "new-token",
    "FRONTDESK_TWILIO_NUMBER": "+15555550100",
}


def read(**given: str) -> Settings:
    return from_environment({f"FRONTDESK_{name}": value for name, value in given.items()}, home=HOME)


def test_the_defaults_are_the_embedded_service() -> None:
    """With nothing set: SQLite and shared state in this process, no model, no texts, reachable from this machine only."""
    found = from_environment({"PATH": "/bin", "HOME": "/root"}, home=HOME)
    assert f"sqlite+aiosqlite:///{HOME}/var/frontdesk.db" == found.database_url
    assert "memory://" == found.redis_url
    assert "http://127.0.0.1:8000" == found.public_url
    assert (ModelMode.OFF, None, None) == (found.model_mode, found.lane_url, found.twilio)
    assert not found.scaled and not found.secure and not found.demo


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("DATABSE_URL", "FRONTDESK_DATABASE_URL"),
        ("PUBLICURL", "FRONTDESK_PUBLIC_URL"),
        ("TWILIO_TOKENS", "FRONTDESK_TWILIO_TOKEN"),
    ],
)
def test_an_unknown_name_is_an_error_that_names_the_likely_one(slip: str, meant: str) -> None:
    """A misspelt setting must not be ignored: the service would run without it, in silence."""
    with pytest.raises(BadConfiguration, match=f"FRONTDESK_{slip} does not exist. Did you mean {meant}\\?"):
        read(**{slip: "x"})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"PUBLIC_URL": "http://chat.example.test"}, "https://"),
        ({"PUBLIC_URL": "chat.example.test"}, "full address"),
        ({"PUBLIC_URL": "ftp://chat.example.test"}, "full address"),
        ({"DATABASE_URL": "mysql://x"}, "sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "sqlite://"}, "sqlite:/// or postgresql://"),
        ({"DATABASE_URL": "postgresql://db/x", "MODEL_KEY": "k"}, "lane process alone"),
        ({"MODEL_MODE": "local"}, "FRONTDESK_LANE_URL"),
        ({"MODEL_MODE": "on"}, "one of"),
        ({"MERGE_SECONDS": "soon"}, "from 0 to 5"),
        ({"MERGE_SECONDS": "60"}, "from 0 to 5"),
        ({"MERGE_SECONDS": "nan"}, "from 0 to 5"),
    ],
)
def test_what_is_unsafe_or_unreadable_does_not_start(given: dict[str, str], says: str) -> None:
    """Each refusal says what to change (R-014)."""
    with pytest.raises(BadConfiguration, match=says):
        read(**given)


def test_refusals_do_not_repeat_values() -> None:
    """A value may hold a password: the message names the setting only."""
    with pytest.raises(BadConfiguration) as refused:
        read(DATABASE_URL="mysql://frontdesk:hunter2@db/x")
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("missing", sorted(TWILIO))
def test_texting_is_set_in_full_or_not_at_all(missing: str) -> None:
    """Half a set of provider settings names what is missing."""
    with pytest.raises(BadConfiguration, match=f"missing: {missing}"):
        from_environment({name: value for name, value in TWILIO.items() if name != missing}, home=HOME)


def test_a_token_can_be_rotated() -> None:
    """The new token signs and sends; webhooks signed with the old one are still believed."""
    found = from_environment({**TWILIO, "FRONTDESK_TWILIO_OLD_TOKEN": "old-token"}, home=HOME)
    assert (
        TwilioSettings("AC" + "1" * 32, ("new-token", "old-token"), "+15555550100", "https://api.twilio.com")
        == found.twilio
    )


def test_database_addresses_are_written_as_people_write_them() -> None:
    """The driver is not the reader's business; PostgreSQL makes it the scaled service."""
    found = read(DATABASE_URL="postgres://frontdesk@db/frontdesk", PUBLIC_URL="https://chat.example.test/")
    assert "postgresql+psycopg://frontdesk@db/frontdesk" == found.database_url
    assert found.scaled and found.secure
    assert "https://chat.example.test" == found.public_url
