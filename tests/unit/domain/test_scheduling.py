"""Availability: hours to openings, right across midnight, holidays and clock changes."""

import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.appointments import Opening, Window
from bot.domain.scheduling import find_openings, refusal, shifts_on, starts_in, ticks_of
from knowledge.published import DateRule, PublishedPractice
from tests.support.clinic import BOTH, clinic, clinician, shift, span, visit_type
from tests.support.paths import ROOT

ORACLE = ROOT.parent / "shared" / "samples" / "availability-oracle.json"
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 11, 2, 13, 0, tzinfo=UTC)  # a Monday, 8:00 in New York
WHOLE = Window(date(2026, 11, 2), date(2027, 11, 2))


def worked(practice: PublishedPractice, start: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """All intervals of the first clinician that touch a range, cut to it."""
    zone, doctor = ZoneInfo(practice.timezone), practice.clinicians[0]
    found = []
    day = start.astimezone(zone).date() - timedelta(days=1)
    while day <= end.astimezone(zone).date():
        for item in shifts_on(practice, doctor, day, zone=zone):
            if max(item.start, start) < min(item.end, end):
                found.append((max(item.start, start), min(item.end, end)))
        day += timedelta(days=1)
    return found


def offered(practice: PublishedPractice, **wish: object) -> list[Opening]:
    settings: dict[str, object] = {"now": NOW, "busy": {}, "booked": {}, "limit": 1000} | wish
    window = settings.pop("window", WHOLE)
    return find_openings(practice, practice.visit_types[0], window, **settings)  # type: ignore[arg-type]


def local(opening: Opening) -> str:
    return f"{opening.start.astimezone(NEW_YORK):%m-%d %H:%M}"


EXAMPLES = [
    # name, zone, shifts, range, the UTC intervals that must come out
    (
        "lunch closing splits the day",
        "America/New_York",
        ["mon 09:30-12:30", "mon 13:15-16:15"],
        ("2025-12-01T00:00-05:00", "2025-12-02T00:00-05:00"),
        [("2025-12-01T14:30Z", "2025-12-01T17:30Z"), ("2025-12-01T18:15Z", "2025-12-01T21:15Z")],
    ),
    (
        "clocks go back within the shift: an hour more is worked",
        "America/New_York",
        ["sun 00:30-06:30"],
        ("2026-11-01T00:00-04:00", "2026-11-01T12:00-05:00"),
        [("2026-11-01T04:30Z", "2026-11-01T11:30Z")],
    ),
    (
        "a start that does not exist moves forward",
        "America/New_York",
        ["sun 02:30-09:30"],
        ("2026-03-08T00:00-05:00", "2026-03-08T12:00-04:00"),
        [("2026-03-08T07:30Z", "2026-03-08T13:30Z")],
    ),
    (
        "a night shift ends on the next day",
        "America/New_York",
        ["fri 22:00-02:00"],
        ("2026-11-06T00:00-05:00", "2026-11-08T00:00-05:00"),
        [("2026-11-07T03:00Z", "2026-11-07T07:00Z")],
    ),
    (
        "British Columbia stays at UTC-7 from November 2026 on",
        "America/Vancouver",
        ["tue 09:00-10:00"],
        ("2026-12-01T00:00Z", "2026-12-02T12:00Z"),
        [("2026-12-01T16:00Z", "2026-12-01T17:00Z")],
    ),
]


@pytest.mark.parametrize(("name", "zone", "shifts", "between", "expected"), EXAMPLES, ids=lambda value: str(value)[:40])
def test_hours_become_utc(
    name: str, zone: str, shifts: list[str], between: tuple[str, str], expected: list[tuple[str, str]]
) -> None:
    """Wall-clock shifts become exactly these UTC intervals."""
    practice = clinic(clinicians=[clinician("ada", *map(shift, shifts))], timezone=zone)
    start, end = map(datetime.fromisoformat, between)
    wanted = [(datetime.fromisoformat(first), datetime.fromisoformat(last)) for first, last in expected]
    assert wanted == worked(practice, start, end), name


def test_the_oracle_agrees() -> None:
    """Every case of the published availability facts comes out the same, where that file is at hand."""
    cases = json.loads(ORACLE.read_text())["cases"] if ORACLE.exists() else []
    for case in cases:
        shifts = [shift(f"{day} {opens}-{closes}") for days, opens, closes in case["hours"] for day in days.split(",")]
        practice = clinic(clinicians=[clinician("ada", *shifts)], timezone=case["tz"])
        start, end = map(datetime.fromisoformat, case["range"])
        expected = [(datetime.fromisoformat(first), datetime.fromisoformat(last)) for first, last in case["expect"]]
        assert expected == worked(practice, start, end), case["name"]


def test_a_holiday_takes_away_and_never_adds() -> None:
    """A closure removes the day; special hours keep only what they share with the shift; another office is untouched."""
    ada = clinician("ada", shift("mon 09:00-17:00"))
    closed = DateRule(date(2026, 11, 9), BOTH)
    short = DateRule(date(2026, 11, 16), BOTH, spans=(span("08:00-12:00"),))
    elsewhere = DateRule(date(2026, 11, 23), BOTH, locations=("hill",))
    practice = clinic(clinicians=[ada], date_rules=[closed, short, elsewhere])

    def hours(day: date) -> list[tuple[str, str]]:
        found = shifts_on(practice, ada, day, zone=NEW_YORK)
        return [(f"{one.start.astimezone(NEW_YORK):%H:%M}", f"{one.end.astimezone(NEW_YORK):%H:%M}") for one in found]

    assert [] == hours(date(2026, 11, 9))
    assert [("09:00", "12:00")] == hours(date(2026, 11, 16))
    assert [("09:00", "17:00")] == hours(date(2026, 11, 23))


def test_a_rule_that_names_the_office_outweighs_one_for_all() -> None:
    """Main is open on the day after a holiday although everything else is closed."""
    ada = clinician("ada", shift("fri 09:00-17:00"), shift("fri 09:00-17:00", location="hill"))
    day = date(2026, 11, 27)
    rules = [DateRule(day, BOTH), DateRule(day, BOTH, spans=(span("09:00-12:00"),), locations=("main",))]
    found = shifts_on(clinic(clinicians=[ada], date_rules=rules), ada, day, zone=NEW_YORK)
    assert ["main"] == [one.location for one in found]


def test_starts_keep_to_the_wall_clock_when_it_changes() -> None:
    """On the long night the hour that happens twice is offered twice; on the short one the missing hour is not offered."""
    forty = timedelta(minutes=40)

    def starts(first: str, last: str) -> list[str]:
        between = (datetime.fromisoformat(first), datetime.fromisoformat(last))
        found = starts_in(between, duration=timedelta(minutes=20), grid=forty, zone=NEW_YORK)
        return [f"{start.astimezone(NEW_YORK):%H:%M}" for start in found]

    back = starts("2026-11-01T04:00Z", "2026-11-01T08:00Z")  # 00:00 EDT to 03:00 EST
    assert ["00:00", "00:40", "01:20", "01:20", "02:00", "02:40"] == back
    ahead = starts("2026-03-08T05:00Z", "2026-03-08T08:30Z")  # 00:00 EST to 04:30 EDT
    assert ["00:00", "00:40", "01:20", "03:20", "04:00"] == ahead


def test_a_visit_ends_within_the_shift() -> None:
    """The last start leaves room for the whole visit."""
    practice = clinic(
        clinicians=[clinician("ada", shift("tue 09:00-10:00"))], visit_types=[visit_type(duration=40, grid=20)]
    )
    found = offered(practice, window=Window(date(2026, 11, 3), date(2026, 11, 4)))
    assert ["11-03 09:00", "11-03 09:20"] == [local(one) for one in found]


def test_buffers_of_both_sides_keep_visits_apart() -> None:
    """What is taken blocks every start whose own buffers would touch it."""
    kind = visit_type(duration=20, buffer_before=5, buffer_after=10, grid=10)
    practice = clinic(clinicians=[clinician("ada", shift("tue 09:00-11:00"))], visit_types=[kind])
    start = datetime(2026, 11, 3, 15, 0, tzinfo=UTC)  # 10:00 local
    busy = {"ada": set(ticks_of(kind, start, start + timedelta(minutes=20)))}
    found = offered(practice, busy=busy, window=Window(date(2026, 11, 3), date(2026, 11, 4)))
    assert ["11-03 09:00", "11-03 09:10", "11-03 09:20", "11-03 10:40"] == [local(one) for one in found]


def test_lead_and_horizon_bound_what_is_offered() -> None:
    """Nothing sooner than the lead time, nothing after the horizon."""
    kind = visit_type(lead_hours=26, horizon_days=8, grid=60)
    practice = clinic(
        clinicians=[clinician("ada", shift("mon 08:00-12:00"), shift("tue 08:00-12:00"))], visit_types=[kind]
    )
    days = [local(one) for one in offered(practice)]
    assert ("11-03 10:00", "11-10 11:00") == (days[0], days[-1])


def test_a_daily_cap_counts_what_is_booked() -> None:
    """A day that has reached the cap offers nothing more of this visit type."""
    practice = clinic(clinicians=[clinician("ada", shift("tue 09:00-12:00"))], visit_types=[visit_type(daily_cap=2)])
    days = {one.start.astimezone(NEW_YORK).date() for one in offered(practice, booked={date(2026, 11, 3): 2})}
    assert date(2026, 11, 3) not in days
    assert date(2026, 11, 10) in days


def test_new_patients_are_offered_to_those_who_take_them() -> None:
    """A clinician who takes no new patients is left out of new-patient visits."""
    shifts = shift("tue 09:00-12:00")
    practice = clinic(
        clinicians=[clinician("ada", shifts, accepting_new=False), clinician("ben", shifts)],
        visit_types=[visit_type(patients="new")],
    )
    assert {"ben"} == {one.clinician for one in offered(practice)}


def test_a_wish_narrows_and_a_wide_one_shows_several_days() -> None:
    """Time of day, weekday and place are kept; six openings out of many are three each on two days, well apart."""
    both = [shift("tue 09:00-17:00"), shift("wed 09:00-17:00", location="hill")]
    practice = clinic(clinicians=[clinician("ada", *both)])
    narrow = offered(practice, window=Window(date(2026, 11, 2), date(2026, 11, 9), 13 * 60, 14 * 60, frozenset({2})))
    assert ["11-04 13:00", "11-04 13:20", "11-04 13:40"] == [local(one) for one in narrow]
    six = [local(one) for one in offered(practice, limit=6)]
    assert ["11-03 09:00", "11-03 12:00", "11-03 15:00", "11-04 09:00", "11-04 12:00", "11-04 15:00"] == six
    assert {"hill"} == {one.location for one in offered(practice, location="hill")}
    assert [] == offered(practice, clinician="ben")


def test_one_opening_per_time() -> None:
    """Two free clinicians at the same time are one choice, with the one who has more room that day."""
    practice = clinic(
        clinicians=[clinician("ada", shift("tue 09:00-10:00")), clinician("ben", shift("tue 09:00-12:00"))]
    )
    found = offered(practice, window=Window(date(2026, 11, 3), date(2026, 11, 4)))
    assert len({one.start for one in found}) == len(found)
    assert {"ben"} == {one.clinician for one in found}


def test_every_opening_offered_is_allowed_and_others_are_not() -> None:
    """`refusal` accepts what `find_openings` gives, and names the rule that anything else breaks."""
    kind = visit_type(lead_hours=2, horizon_days=30, daily_cap=5)
    practice = clinic(clinicians=[clinician("ada", shift("tue 09:00-12:00"))], visit_types=[kind])
    first = offered(practice)[0]

    def rule(opening: Opening, *, booked: int = 0) -> str | None:
        return refusal(practice, kind, opening, now=NOW, booked=booked)

    def moved(by: timedelta) -> Opening:
        start, end = first.start + by, first.end + by
        return Opening(first.ref, start, end, first.clinician, first.location, first.visit_type)

    assert {None} == {rule(opening) for opening in offered(practice)}
    assert "hours" == rule(moved(timedelta(minutes=5)))
    assert "hours" == rule(moved(timedelta(hours=5)))
    assert "lead_time" == rule(moved(-timedelta(days=1)))
    assert "horizon" == rule(moved(timedelta(days=35)))
    assert "daily_cap" == rule(first, booked=5)
    longer = Opening(first.ref, first.start, first.end + timedelta(hours=1), "ada", "main", "checkup")
    assert "hours" == rule(longer)
    assert "not_offered" == rule(Opening(first.ref, first.start, first.end, "eve", "main", "checkup"))
