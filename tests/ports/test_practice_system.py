"""The `PracticeSystem` port: one opening, one visit; the same key, the same receipt; nothing claimed that is not so."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.appointments import (
    Appointment,
    Book,
    Can,
    Cancel,
    ConfirmVisit,
    EnterVisit,
    Hold,
    HoldExpired,
    NoMatch,
    Opening,
    OpeningTaken,
    Person,
    Receipt,
    RequestVisit,
    Reschedule,
    RouteRefill,
    RuleRefused,
    Stale,
    Window,
)
from bot.domain.errors import KeyReused
from bot.domain.requests import Standing
from bot.ports import PracticeSystem
from bot.privacy.phi import Phi
from integrations.sql import SqlStore
from integrations.sql.practice import seed_demo
from knowledge.published import PmsMode
from tests.support.clinic import clinic, clinician, shift, visit_type

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # a Monday, 7:00 in New York
WEEK = Window(date(2026, 11, 23), date(2026, 11, 30))
TTL = timedelta(minutes=10)
PAT = Phi(Person("Pat Example", date(1990, 5, 17), "+15555550144"))
KIM = Phi(Person("Kim Sample", date(1971, 1, 30), "+15555550155"))
DAYS = ("mon", "tue", "wed", "thu", "fri")
CLINIC = clinic(
    clinicians=[clinician(id, *(shift(f"{day} 09:00-12:00") for day in DAYS)) for id in ("ada", "ben")],
    visit_types=[
        visit_type(lead_hours=1),
        visit_type("physical", duration=40, patients="new", daily_cap=2),
        visit_type("procedure", self_bookable=False),
    ],
)


@pytest.fixture
def system(store: SqlStore) -> PracticeSystem:
    return store.practice_system(CLINIC, lambda: PmsMode.BOOK)


@pytest.fixture
def requests_only(store: SqlStore) -> PracticeSystem:
    return store.practice_system(CLINIC, lambda: PmsMode.REQUEST)


async def first_opening(system: PracticeSystem, kind: str = "checkup") -> Opening:
    return (await system.openings(kind, WEEK, now=NOW))[0]


async def held(system: PracticeSystem, opening: Opening, key: str = "hold:1", now: datetime = NOW) -> Hold:
    found = await system.hold(opening, key=key, now=now, ttl=TTL)
    assert isinstance(found, Hold), found
    return found


async def booked(system: PracticeSystem, opening: Opening, *, person: Phi[Person] = PAT, key: str = "1") -> Appointment:
    hold = await held(system, opening, key=f"hold:{key}")
    receipt = await system.submit(Book(hold, person), key=f"book:{key}", now=NOW)
    assert isinstance(receipt, Receipt) and receipt.appointment is not None
    return receipt.appointment


def later(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


async def is_offered(system: PracticeSystem, opening: Opening, *, now: datetime = NOW) -> bool:
    whole = await system.openings(opening.visit_type, WEEK, now=now, clinician=opening.clinician, limit=500)
    return opening.ref in {one.ref for one in whole}


async def test_a_visit_from_opening_to_receipt(system: PracticeSystem) -> None:
    """Openings, hold, book: the receipt says booked, names the visit, and the time is gone from the list."""
    opening = await first_opening(system)
    hold = await held(system, opening)
    assert not await is_offered(system, opening)
    receipt = await system.submit(Book(hold, PAT), key="book:1", now=later(5))
    assert isinstance(receipt, Receipt) and receipt.appointment is not None and receipt.patient is not None
    assert (Standing.BOOKED, "booked", False) == (receipt.standing, receipt.appointment.status, receipt.replayed)
    assert (opening.start, opening.end, opening.clinician) == (
        receipt.appointment.start,
        receipt.appointment.end,
        receipt.appointment.clinician,
    )
    assert not await is_offered(system, opening, now=later(60))
    assert [receipt.appointment] == list(await system.upcoming(receipt.patient, now=NOW))
    assert receipt.appointment == await system.appointment(receipt.appointment.ref)


async def test_forty_at_once_get_one_opening(system: PracticeSystem) -> None:
    """Forty patients take the same opening in the same moment: one is booked, the others are told it is taken."""
    opening = await first_opening(system)
    barrier = asyncio.Barrier(40)

    async def patient(number: int) -> str:
        person = Phi(Person(f"Test Patient {number}", date(1980, 1, 1), f"+1555555{number:04d}"))
        await barrier.wait()
        hold = await system.hold(opening, key=f"hold:{number}", now=NOW, ttl=TTL)
        if not isinstance(hold, Hold):
            return type(hold).__name__
        receipt = await system.submit(Book(hold, person), key=f"book:{number}", now=NOW)
        return type(receipt).__name__

    outcomes = sorted(await asyncio.gather(*map(patient, range(40))))
    assert ["OpeningTaken"] * 39 + ["Receipt"] == outcomes


async def test_forty_overlapping_openings_never_overlap_when_booked(system: PracticeSystem) -> None:
    """Different visit types at different starts race for one morning: no two booked visits share a minute."""
    openings = [
        *await system.openings("checkup", WEEK, now=NOW, clinician="ada", limit=20),
        *await system.openings("physical", WEEK, now=NOW, clinician="ada", limit=20),
    ]
    barrier = asyncio.Barrier(len(openings))

    async def patient(number: int, opening: Opening) -> Opening | None:
        await barrier.wait()
        hold = await system.hold(opening, key=f"hold:{number}", now=NOW, ttl=TTL)
        return opening if isinstance(hold, Hold) else None

    won = [one for one in await asyncio.gather(*(patient(n, one) for n, one in enumerate(openings))) if one]
    won.sort(key=lambda one: one.start)
    assert len(won) > 5
    assert all(first.end <= second.start for first, second in zip(won, won[1:], strict=False))


async def test_the_same_key_gives_the_same_receipt(system: PracticeSystem) -> None:
    """Forty sends of one booking are one visit; each answer is the first one, marked as a replay."""
    hold = await held(system, await first_opening(system))
    answers = await asyncio.gather(*(system.submit(Book(hold, PAT), key="book:1", now=NOW) for _ in range(40)))
    assert {"Receipt"} == {type(answer).__name__ for answer in answers}
    receipts = [answer for answer in answers if isinstance(answer, Receipt)]
    assert 1 == len({receipt.ref for receipt in receipts})
    assert 39 == sum(receipt.replayed for receipt in receipts)
    found = await system.resolve("book:1")
    assert found is not None and found.ref == receipts[0].ref
    assert await system.resolve("never sent") is None


async def test_a_key_stands_for_one_command(system: PracticeSystem) -> None:
    """The same key with another body is an error, for holds and for commands."""
    one, two = (await system.openings("checkup", WEEK, now=NOW))[:2]
    hold = await held(system, one)
    with pytest.raises(KeyReused):
        await system.hold(two, key="hold:1", now=NOW, ttl=TTL)
    await system.submit(Book(hold, PAT), key="book:1", now=NOW)
    with pytest.raises(KeyReused):
        await system.submit(Book(hold, KIM), key="book:1", now=NOW)


async def test_a_hold_runs_out(system: PracticeSystem) -> None:
    """An expired hold is offered again; once somebody else has the time, the late confirmation is refused."""
    opening = await first_opening(system)
    hold = await held(system, opening)
    assert OpeningTaken() == await system.hold(opening, key="hold:2", now=later(9), ttl=TTL)
    assert await is_offered(system, opening, now=later(11))
    await held(system, opening, key="hold:2", now=later(11))
    assert HoldExpired() == await system.submit(Book(hold, PAT), key="book:1", now=later(12))


async def test_a_late_confirmation_counts_while_the_time_is_free(system: PracticeSystem) -> None:
    """Nobody took it meanwhile, so the patient who typed slowly still gets it."""
    hold = await held(system, await first_opening(system))
    assert isinstance(await system.submit(Book(hold, PAT), key="book:1", now=later(25)), Receipt)


async def test_the_same_hold_is_renewed_or_given_back(system: PracticeSystem) -> None:
    """Holding again under the same key keeps one hold, longer; releasing frees the time, twice is no harm."""
    opening = await first_opening(system)
    first = await held(system, opening)
    again = await held(system, opening, now=later(8))
    assert (first.ref, later(18)) == (again.ref, again.expires)
    assert OpeningTaken() == await system.hold(opening, key="hold:2", now=later(12), ttl=TTL)
    await system.release(again)
    await system.release(again)
    assert await is_offered(system, opening, now=later(12))
    assert HoldExpired() == await system.submit(Book(again, PAT), key="book:1", now=later(13))


async def test_a_released_hold_frees_nothing_of_others(system: PracticeSystem) -> None:
    """Releasing a hold that became a visit leaves the visit alone."""
    opening = await first_opening(system)
    hold = await held(system, opening)
    await system.submit(Book(hold, PAT), key="book:1", now=NOW)
    await system.release(hold)
    assert not await is_offered(system, opening)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda one: replace(one, start=one.start - timedelta(days=1), end=one.end - timedelta(days=1)), "lead_time"),
        (lambda one: replace(one, start=one.start + timedelta(minutes=3), end=one.end + timedelta(minutes=3)), "hours"),
        (lambda one: replace(one, end=one.end + timedelta(hours=2)), "hours"),
        (lambda one: replace(one, clinician="eve"), "not_offered"),
        (lambda one: replace(one, visit_type="procedure"), "staff_only"),
        (lambda one: replace(one, visit_type="unheard of"), "not_offered"),
    ],
)
async def test_a_made_up_opening_is_refused(
    system: PracticeSystem, change: Callable[[Opening], Opening], rule: str
) -> None:
    """An opening that the practice's rules do not give cannot be held, whatever a client sends."""
    opening = change(await first_opening(system))
    assert RuleRefused(rule) == await system.hold(opening, key="hold:1", now=NOW, ttl=TTL)


async def test_the_daily_cap_holds(system: PracticeSystem) -> None:
    """Two physicals a day, holds counted: the third is refused although its time is free."""
    window = Window(date(2026, 11, 24), date(2026, 11, 25))
    openings = await system.openings("physical", window, now=NOW, limit=50)
    one = openings[0]
    two, three = [other for other in openings if other.start >= one.end][::3][:2]
    await booked(system, one)
    await held(system, two, key="hold:2")
    assert RuleRefused("daily_cap") == await system.hold(three, key="hold:3", now=NOW, ttl=TTL)
    assert [] == list(await system.openings("physical", window, now=NOW))
    await held(system, two, key="hold:2", now=later(2))


async def test_moving_a_visit(system: PracticeSystem) -> None:
    """The new time is taken and the old one offered again, in one step; acting on the old reading is refused."""
    old, new, third = (await system.openings("checkup", WEEK, now=NOW, clinician="ada", limit=12))[:3]
    visit = await booked(system, old)
    hold = await held(system, new, key="hold:2")
    receipt = await system.submit(Reschedule(visit, hold), key="move:1", now=NOW)
    assert isinstance(receipt, Receipt) and receipt.appointment is not None
    assert (visit.ref, new.start, 2) == (receipt.ref, receipt.appointment.start, receipt.appointment.version)
    assert await is_offered(system, old)
    assert not await is_offered(system, new)
    assert Stale() == await system.submit(Cancel(visit), key="cancel:1", now=NOW)
    late = await held(system, third, key="hold:3")
    assert Stale() == await system.submit(Reschedule(visit, late), key="move:2", now=NOW)
    assert receipt.ref == (await system.submit(Reschedule(visit, hold), key="move:1", now=NOW)).ref  # type: ignore[union-attr]


async def test_a_move_that_fails_keeps_the_old_time(system: PracticeSystem) -> None:
    """The hold was lost: the old visit stands as it was and its time is still taken."""
    old, new = (await system.openings("checkup", WEEK, now=NOW, clinician="ada", limit=12))[:2]
    visit = await booked(system, old)
    hold = await held(system, new, key="hold:2")
    await system.release(hold)
    assert HoldExpired() == await system.submit(Reschedule(visit, hold), key="move:1", now=NOW)
    assert visit == await system.appointment(visit.ref)
    assert not await is_offered(system, old)
    assert await system.resolve("move:1") is None


async def test_cancelling(system: PracticeSystem) -> None:
    """The time is offered again, the visit is no longer upcoming nor reminded of; a second cancel is stale."""
    opening = await first_opening(system)
    visit = await booked(system, opening)
    receipt = await system.submit(Cancel(visit), key="cancel:1", now=NOW)
    assert isinstance(receipt, Receipt) and receipt.standing is Standing.CANCELLED
    assert await is_offered(system, opening)
    assert [] == list(await system.upcoming(visit.patient, now=NOW))
    assert [] == list(await system.due_for_reminder(start=NOW, end=NOW + timedelta(days=9)))
    assert Stale() == await system.submit(Cancel(visit), key="cancel:2", now=NOW)
    assert Stale() == await system.submit(ConfirmVisit(visit.ref), key="confirm:1", now=NOW)


async def test_confirming_changes_the_status_only(system: PracticeSystem) -> None:
    """After C the visit is confirmed; its version stays, so that no second reminder follows."""
    visit = await booked(system, await first_opening(system))
    receipt = await system.submit(ConfirmVisit(visit.ref), key="confirm:1", now=NOW)
    assert isinstance(receipt, Receipt)
    assert replace(visit, status="confirmed") == receipt.appointment
    assert isinstance(await system.submit(Cancel(visit), key="cancel:1", now=NOW), Receipt)


async def test_who_is_matched(system: PracticeSystem) -> None:
    """Phone and birth date find exactly one patient; anything else is no match, and a second visit makes no second patient."""
    one, two = (await system.openings("checkup", WEEK, now=NOW))[:2]
    visit = await booked(system, one)
    assert visit.patient == (await booked(system, two, key="2")).patient

    async def match(phone: str, born: date) -> str | NoMatch:
        return await system.match(phone=Phi(phone), birth_date=Phi(born))

    assert visit.patient == await match("+15555550144", date(1990, 5, 17))
    assert NoMatch() == await match("+15555550144", date(1990, 5, 18))
    assert NoMatch() == await match("+15555550145", date(1990, 5, 17))
    assert Phi("+15555550144") == await system.phone_of(visit.patient)
    assert await system.phone_of("nobody") is None


async def test_first_visits_at_once_make_one_patient(system: PracticeSystem) -> None:
    """The same new person books twice in the same moment: one patient record."""
    openings = (await system.openings("checkup", WEEK, now=NOW, limit=8))[:8]
    visits = await asyncio.gather(*(booked(system, one, key=str(n)) for n, one in enumerate(openings)))
    assert 1 == len({visit.patient for visit in visits})


async def test_due_for_reminder_is_half_open(system: PracticeSystem) -> None:
    """Visits that start at the beginning of the interval are in, those at its end are not."""
    visit = await booked(system, await first_opening(system))
    assert [visit] == list(await system.due_for_reminder(start=visit.start, end=visit.end))
    assert [] == list(await system.due_for_reminder(start=NOW, end=visit.start))


async def test_a_refill_is_received_and_no_more(system: PracticeSystem, requests_only: PracticeSystem) -> None:
    """Routing only, in both modes."""
    command = RouteRefill(PAT, Phi("a made-up medicine"), Phi("a made-up pharmacy"))
    for number, one in enumerate((system, requests_only)):
        receipt = await one.submit(command, key=f"refill:{number}", now=NOW)
        assert isinstance(receipt, Receipt)
        assert (Standing.RECEIVED, None) == (receipt.standing, receipt.appointment)


async def test_in_request_mode_nothing_is_booked_by_the_bot(
    system: PracticeSystem, requests_only: PracticeSystem
) -> None:
    """No openings and no holds; a wish and a cancellation go to staff; the visit stays until they act."""
    opening = await first_opening(system)
    hold = await held(system, opening)
    assert Can.BOOK not in requests_only.can and Can.REQUEST in requests_only.can
    assert [] == list(await requests_only.openings("checkup", WEEK, now=NOW))
    assert isinstance(await requests_only.hold(opening, key="hold:9", now=NOW, ttl=TTL), RuleRefused)
    assert isinstance(await requests_only.submit(Book(hold, PAT), key="book:9", now=NOW), RuleRefused)
    wish = RequestVisit("checkup", PAT, Phi("a morning next week"))
    asked = await requests_only.submit(wish, key="wish:1", now=NOW)
    assert isinstance(asked, Receipt) and asked.standing is Standing.WITH_STAFF
    visit = await booked(system, (await system.openings("checkup", WEEK, now=NOW))[1], key="2")
    cancel = await requests_only.submit(Cancel(visit), key="cancel:1", now=NOW)
    assert isinstance(cancel, Receipt) and cancel.standing is Standing.WITH_STAFF
    assert visit == await requests_only.appointment(visit.ref)
    done = await requests_only.submit(Cancel(visit, staff="staff-1"), key="cancel:2", now=NOW)
    assert isinstance(done, Receipt) and done.standing is Standing.CANCELLED


async def test_what_staff_entered_stands(system: PracticeSystem, requests_only: PracticeSystem) -> None:
    """A visit entered by staff is booked even where it collides; entering its move replaces it."""
    opening = await first_opening(system)
    visit = await booked(system, opening)
    start = opening.start
    enter = EnterVisit(KIM, "checkup", visit.clinician, visit.location, start, staff="staff-1")
    first = await requests_only.submit(enter, key="enter:1", now=NOW)
    assert isinstance(first, Receipt) and first.appointment is not None and first.patient is not None
    assert (Standing.BOOKED, start) == (first.standing, first.appointment.start)
    moved = replace(enter, start=start + timedelta(days=1), replaces=first.appointment.ref)
    second = await requests_only.submit(moved, key="enter:2", now=NOW)
    assert isinstance(second, Receipt) and second.appointment is not None
    assert [second.appointment] == list(await requests_only.upcoming(first.patient, now=NOW))
    assert start + timedelta(days=1) == second.appointment.start
    assert not await is_offered(system, opening)


async def test_practices_do_not_see_each_other(store: SqlStore, system: PracticeSystem) -> None:
    """The same database serves another practice: its hours are its own, and no patient or visit is found there."""
    other = store.practice_system(replace(CLINIC, id="other"), lambda: PmsMode.BOOK)
    opening = await first_opening(system)
    visit = await booked(system, opening)
    assert await is_offered(other, opening)
    assert await other.appointment(visit.ref) is None
    assert NoMatch() == await other.match(phone=Phi("+15555550144"), birth_date=Phi(date(1990, 5, 17)))
    assert Stale() == await other.submit(Cancel(visit), key="cancel:1", now=NOW)
    assert await other.resolve("book:1") is None


async def test_the_demo_seed_is_due_and_repeatable(store: SqlStore) -> None:
    """Three made-up patients with a visit each, the first within a day at any hour of the week; seeding again adds nothing."""
    for day in (23, 28):
        now = datetime(2026, 11, day, 21, 0, tzinfo=UTC)
        system = store.practice_system(replace(CLINIC, id=f"clinic{day}"), lambda: PmsMode.BOOK)
        seeded = await seed_demo(system, now=now)
        assert list(seeded) == list(await seed_demo(system, now=now))
        assert 3 == len({one.patient for one in seeded})
        due = await system.due_for_reminder(start=now, end=now + timedelta(days=1))
        assert [seeded[0].appointment] == [visit.ref for visit in due]
        assert all(one.person.phone.startswith("+1555555") for one in seeded)
