"""The one door out: consent, quiet hours, length."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversation import Channel
from bot.domain.says import Say
from bot.outbox import Dispatch, Ruling, deliver
from bot.outbox.deliver import next_allowed
from bot.privacy.phi import Phi
from bot.responses import word

ZONE = ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 30, 12, tzinfo=ZONE)


def sent(
    *, channel: Channel = Channel.SMS, opted_out: bool = False, now: datetime = NOON, purpose: str = "reply",
    words: str = "", to: Phi[str] | None = None,
) -> Dispatch:  # fmt: skip
    worded = word((Say("utter_section", {"text": words or "Hello."}),), language="en")
    ruling = Ruling(channel, "en", opted_out, now, purpose)
    return deliver(worded, id="m1", author="bot", ruling=ruling, key="k1", to=to)


def test_the_page_is_the_transcript() -> None:
    """On the web a message is shown from the transcript; nothing is sent anywhere."""
    done = sent(channel=Channel.WEB)
    assert done.delivery is None
    assert done.blocked is None


def test_a_code_goes_out_beside_a_page() -> None:
    """A text to another number is a delivery, also while the patient is on the page."""
    assert sent(channel=Channel.WEB, to=Phi("+17405550111")).delivery is not None


@pytest.mark.parametrize("purpose", ["reply", "safety", "reminder", "receipt", "staff", "notice"])
def test_nothing_after_stop(purpose: str) -> None:
    """STOP stops every kind of text (R-404, R-414); the desk sees why."""
    done = sent(opted_out=True, purpose=purpose)
    assert done.delivery is None
    assert done.blocked is not None
    assert done.blocked.reason == "opted_out"


@pytest.mark.parametrize("purpose", ["optout", "optin", "help"])
def test_the_answer_to_the_keyword_goes(purpose: str) -> None:
    """Its one confirmation is allowed (R-405, R-410)."""
    assert sent(opted_out=True, purpose=purpose).delivery is not None


def test_a_runaway_text_is_held_back() -> None:
    """More than ten segments is a mistake of ours, not something for a patient's phone."""
    done = sent(words="long " * 400)
    assert done.delivery is None
    assert done.blocked is not None
    assert done.blocked.reason == "too_long"


def test_answers_do_not_wait_for_the_morning() -> None:
    """Quiet hours are for texts that we start; who writes at night is answered at night (R-420)."""
    night = NOON.replace(hour=23)
    reply, reminder = sent(now=night).delivery, sent(now=night, purpose="reminder").delivery
    assert reply is not None
    assert reminder is not None
    assert reply.due == night
    assert reminder.due == datetime(2026, 12, 1, 9, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("at", "goes"),
    [
        ("2026-11-30T08:59", "2026-11-30T09:00"),
        ("2026-11-30T09:00", "2026-11-30T09:00"),
        ("2026-11-30T19:59", "2026-11-30T19:59"),
        ("2026-11-30T20:00", "2026-12-01T09:00"),
        ("2026-11-28T20:30", "2026-11-29T12:00"),
        ("2026-11-29T11:59", "2026-11-29T12:00"),
    ],
)
def test_quiet_hours(at: str, goes: str) -> None:
    """Nine to eight, Sundays from noon, at the first minute that is allowed."""
    moment = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    assert datetime.fromisoformat(goes).replace(tzinfo=ZONE) == next_allowed(moment)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_quiet_hours_always(at: datetime) -> None:
    """Whenever it is, also in the nights the clocks change: never early, never late, at most one night away."""
    moment = at.replace(tzinfo=ZONE)
    goes = next_allowed(moment)
    assert moment <= goes <= moment + timedelta(hours=17)
    assert (12 if goes.weekday() == 6 else 9) <= goes.hour < 20
