"""The `FormRunner` port: rasa-sdk and the direct runner answer the same for every order of candidates."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.ports import FormContext, FormRunner, FormSpec
from integrations.fakes import DirectForms
from integrations.rasa import RasaForms

CONTEXT = FormContext("clinic", "talk-1", "en", datetime(2026, 11, 23, 15, 0, tzinfo=UTC))


@dataclass
class Pizza:
    """A made-up form: size, then topping; a large one clears the topping; `bad` is refused."""

    name: str = "pizza"
    slot_names: tuple[str, ...] = ("size", "topping", "count")
    seen: list[tuple[str, Mapping[str, str], FormContext]] = field(default_factory=list)

    def required(self, slots: Mapping[str, str]) -> tuple[str, ...]:
        return self.slot_names

    async def validate(
        self, slot: str, value: str, *, slots: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        await asyncio.sleep(0)
        self.seen.append((slot, dict(slots), context))
        if value == "bad":
            return {slot: None, "problem": "utter_bad"}
        also: dict[str, str | None] = {"topping": None} if (slot, value) == ("size", "large") else {}
        return {**also, slot: value.upper(), "problem": None}


MAKERS: Sequence[Callable[[Sequence[FormSpec]], FormRunner]] = (RasaForms, DirectForms)


@pytest.fixture(params=MAKERS, ids=["rasa", "direct"])
def maker(request: pytest.FixtureRequest) -> Callable[[Sequence[FormSpec]], FormRunner]:
    found: Callable[[Sequence[FormSpec]], FormRunner] = request.param
    return found


async def run(
    maker: Callable[[Sequence[FormSpec]], FormRunner],
    candidates: Mapping[str, str],
    slots: Mapping[str, str] | None = None,
    form: Pizza | None = None,
) -> Mapping[str, str | None]:
    runner = maker([form or Pizza()])
    return await runner.validate("pizza", slots=slots or {}, candidates=candidates, context=CONTEXT)


Maker = Callable[[Sequence[FormSpec]], FormRunner]


async def test_an_accepted_value_comes_back_normalised(maker: Maker) -> None:
    """The slot is set to what the form made of it."""
    changes = await run(maker, {"size": "small"})
    assert ("SMALL", None) == (changes["size"], changes.get("problem"))


async def test_a_refused_value_is_none_with_its_problem(maker: Maker) -> None:
    """The slot is empty and the utter key says why."""
    changes = await run(maker, {"size": "bad"})
    assert {"size": None, "problem": "utter_bad"} == dict(changes)


async def test_changes_to_other_slots_come_along(maker: Maker) -> None:
    """A slot that the form cleared beside the asked one is cleared."""
    changes = await run(maker, {"size": "large"}, {"topping": "CORN"})
    assert ("LARGE", None) == (changes["size"], changes["topping"])
    assert "topping" in changes


async def test_several_candidates_are_validated_in_order(maker: Maker) -> None:
    """Each candidate is asked once; what was filled before is seen by the form."""
    form = Pizza()
    changes = await run(maker, {"size": "small", "count": "two"}, {"topping": "CORN"}, form)
    assert ("SMALL", "TWO") == (changes["size"], changes["count"])
    assert ["size", "count"] == [slot for slot, _, _ in form.seen]
    assert {"CORN"} == {slots.get("topping") for _, slots, _ in form.seen}
    assert {CONTEXT} == {context for _, _, context in form.seen}


async def test_nothing_to_validate_changes_nothing(maker: Maker) -> None:
    """No candidates, no changes."""
    assert {} == dict(await run(maker, {}, {"topping": "CORN"}))


async def test_what_was_given_is_not_changed(maker: Maker) -> None:
    """The caller's slots and candidates are as they were."""
    slots, candidates = {"topping": "CORN"}, {"size": "large"}
    await run(maker, candidates, slots)
    assert ({"topping": "CORN"}, {"size": "large"}) == (slots, candidates)


async def test_conversations_at_once_keep_apart(maker: Maker) -> None:
    """Two conversations that run the same form in the same moment each see their own context."""
    form = Pizza()
    runner = maker([form])

    async def one(number: int) -> None:
        context = FormContext("clinic", f"talk-{number}", "en", CONTEXT.now)
        await runner.validate("pizza", slots={"count": str(number)}, candidates={"size": "small"}, context=context)

    await asyncio.gather(*(one(number) for number in range(20)))
    assert all(context.conversation == f"talk-{slots['count']}" for _, slots, context in form.seen)
    assert 20 == len(form.seen)
