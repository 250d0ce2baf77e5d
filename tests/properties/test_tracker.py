"""The tracker: its state is its events applied in order, and both survive JSON."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.says import Offered
from bot.domain.tracker import (
    ChoicesOffered,
    Event,
    FormEnded,
    FormStarted,
    SlotMissed,
    SlotRequested,
    SlotSet,
    Topic,
    Tracker,
    applied,
    disclosed_at,
    event_from_json,
    event_to_json,
    from_json,
    to_json,
)

events = st.lists(st.one_of([st.from_type(kind) for kind in Event.__args__]), max_size=30)


@given(events)
def test_every_event_survives_json(history: list[Event]) -> None:
    """What is written to the event log reads back equal."""
    assert history == [event_from_json(json.loads(json.dumps(event_to_json(event)))) for event in history]


@given(events)
def test_the_state_survives_json_at_every_step(history: list[Event]) -> None:
    """A tracker that is stored and read between any two events ends as one that never left memory."""
    kept = stored = Tracker()
    for event in history:
        kept = applied(kept, [event])
        stored = applied(from_json(json.loads(json.dumps(to_json(stored)))), [event])
    assert kept == stored


@given(events, events)
def test_replay_gives_the_state(first: list[Event], second: list[Event]) -> None:
    """Applying a history in two parts is applying it whole: the log alone rebuilds the state."""
    assert applied(Tracker(), [*first, *second]) == applied(applied(Tracker(), first), second)


@given(events)
def test_a_form_leaves_nothing_behind(history: list[Event]) -> None:
    """After the end of a form no slot, no offer and no question of it is left (R-128)."""
    ended = applied(Tracker(), [*history, FormEnded("left")])
    assert (None, {}, ()) == (ended.form, dict(ended.slots), ended.offered)


@given(events, st.lists(st.text(min_size=1), min_size=1, max_size=6))
def test_going_back_knows_each_question_once(history: list[Event], names: list[str]) -> None:
    """The questions asked so far are listed once each, the current one last."""
    asked = applied(Tracker(), [*history, FormStarted("book"), *map(SlotRequested, names)])
    assert asked.form is not None
    assert names[-1] == asked.form.requested == asked.form.asked[-1]
    assert len(set(names)) == len(asked.form.asked)


@given(st.integers(0, 5), st.booleans())
def test_misses_belong_to_one_question(misses: int, again: bool) -> None:
    """Misses add up while the same slot is asked, and start anew with another one (R-503)."""
    last = SlotRequested("name" if again else "phone")
    history: list[Event] = [FormStarted("book"), SlotRequested("name"), *[SlotMissed()] * misses, last]
    tracker = applied(Tracker(), history)
    assert tracker.form is not None
    assert (misses if again else 0) == tracker.form.misses


@given(st.dictionaries(st.text(min_size=1), st.text()))
def test_slots_are_set_and_forgotten(slots: dict[str, str]) -> None:
    """Setting to None forgets; the last value counts."""
    tracker = applied(Tracker(), [SlotSet(name, value) for name, value in slots.items()])
    assert slots == dict(tracker.slots)
    assert {} == dict(applied(tracker, [SlotSet(name, None) for name in slots]).slots)


def test_an_unknown_event_is_refused() -> None:
    """A log of a newer version is not half understood."""
    with pytest.raises(KeyError):
        event_from_json({"event": "from_the_future"})


def test_offers_and_topics_keep_their_types() -> None:
    """Nested values come back as what they were, not as dictionaries."""
    tracker = replace(
        Tracker(),
        offered=(Offered("yes", "Yes"),),
        topics=(Topic("hours", locations=("main",)),),
        disclosed={"web": ""},
    )
    again = from_json(json.loads(json.dumps(to_json(tracker))))
    assert tracker == again
    assert ("Topic", "Offered") == (type(again.topics[0]).__name__, type(again.offered[0]).__name__)
    assert disclosed_at(again, "web") is None
    assert (Offered("no", "No"),) == applied(again, [ChoicesOffered((Offered("no", "No"),))]).offered
