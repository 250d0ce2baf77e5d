"""The expectations of a story, one method a word."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.domain.conversation import Channel
from bot.domain.requests import Kind, Standing

if TYPE_CHECKING:
    from tests.stories.playing import Player


@dataclass(frozen=True, slots=True)
class Expectations:
    player: Player
    words: Mapping[str, Any]

    async def check(self) -> None:
        for word, value in self.words.items():
            await getattr(self, f"_{word}")(value)

    async def _spoken(self) -> tuple[list[str], str]:
        """Keys said since the last action, and the words that reached the patient."""
        said = await self.player.said()
        keys = [key for message in said for key in message.utters]
        shown = [message.words for message in said if message.message.channel is Channel.WEB]
        return keys, "\n".join([*shown, *self.player.texts_since()])

    async def _bot(self, value: str | list[str]) -> None:
        keys, _ = await self._spoken()
        wanted = _listed(value)
        rest = iter(keys)
        for key in wanted:
            assert key in rest, f"the bot did not say {key} (in this order: {wanted}); it said {keys}"

    async def _exactly(self, value: str | list[str]) -> None:
        keys, _ = await self._spoken()
        assert keys == _listed(value), f"the bot said {keys}, not exactly {_listed(value)}"

    async def _silent(self, value: bool) -> None:
        keys, _ = await self._spoken()
        assert value is True, "silent is true or left out"
        assert not keys, f"the bot was to be silent; it said {keys}"
        assert not self.player.texts_since(), f"a text went out: {self.player.texts_since()}"

    async def _labels(self) -> list[str]:
        return [item.label for item in (await self.player.snapshot()).tracker.offered]

    async def _choices(self, value: list[str]) -> None:
        labels = await self._labels()
        for wanted in value:
            fits = any(label == wanted or label.startswith(f"{wanted},") for label in labels)
            assert fits, f"the choice {wanted!r} was not offered; these were: {labels}"

    async def _no_choice(self, value: str) -> None:
        labels = await self._labels()
        assert value not in labels, f"the choice {value!r} was offered"

    async def _says(self, value: str | list[str]) -> None:
        _, words = await self._spoken()
        for fragment in _listed(value):
            assert fragment in words, f"the patient did not read {fragment!r}, but:\n{words}"

    async def _never_says(self, value: str | list[str]) -> None:
        _, words = await self._spoken()
        for fragment in _listed(value):
            assert fragment.casefold() not in words.casefold(), f"the patient read {fragment!r} in:\n{words}"

    async def _slot_was_set(self, value: Mapping[str, Any]) -> None:
        slots = (await self.player.snapshot()).tracker.slots
        for name, wanted in value.items():
            if wanted is None:
                assert name not in slots, f"the slot {name} is set"
                continue
            assert name in slots, f"the slot {name} is not set; these are: {sorted(slots)}"
            if wanted != "any":
                found = await self.player.opened(slots[name])
                assert str(wanted) == _plain(found, self.player), f"the slot {name} is {found!r}, not {wanted!r}"

    async def _text_sent(self, value: str | list[str]) -> None:
        bodies = self.player.texts_since()
        for fragment in _listed(value):
            assert any(fragment in body for body in bodies), f"no text with {fragment!r} was sent, but: {bodies}"

    async def _no_text(self, value: bool) -> None:
        assert value is True, "no_text is true or left out"
        assert not self.player.texts_since(), f"a text went out: {self.player.texts_since()}"

    async def _standing(self, value: Mapping[str, str]) -> None:
        await _standings(self.player, value)

    async def _status(self, value: str) -> None:
        conversation = (await self.player.snapshot()).conversation
        assert value == conversation.status.value, f"the conversation is {conversation.status.value}"

    async def _asked(self, value: str | list[str]) -> None:
        calls = self.player.house.system.asked[self.player.calls_seen :]
        for call in _listed(value):
            assert call in calls, f"the practice system was not asked {call!r}, but {calls}"

    async def _handoff(self, value: str | None) -> None:
        handoff = (await self.player.snapshot()).handoff
        found = f"{handoff.reason.value} {handoff.state.value}" if handoff else None
        assert value == found, f"the open hand-off is {found!r}"

    async def _alert(self, value: str) -> None:
        found = await _alerts(self.player)
        assert found[-1:] == [value], f"the alerts are {found}"

    async def _opted_out(self, value: bool) -> None:
        assert value is (await self.player.snapshot()).opted_out


async def check_ending(player: Player, ending: Mapping[str, Any]) -> None:
    """`finally`: the whole story looked at from behind."""
    assert ending["sent_to_model"] == player.sent_to_model
    unhandled = await player.house.rows("select count(*) as n from message where handled = 0")
    assert unhandled[0].n == 0, "a message was accepted and never handled"
    counts = await player.house.store.jobs.counts()
    assert counts["dead"] == 0, "a job died"
    for word, value in ending.items():
        if word != "sent_to_model":
            await _ENDINGS[word](player, value)


async def _ends_status(player: Player, value: str) -> None:
    await Expectations(player, {"status": value}).check()


async def _ends_owner(player: Player, value: str | None) -> None:
    owner = (await player.snapshot()).conversation.owner
    assert owner == (f"staff-{value.lower()}" if value else None), f"the owner is {owner}"


async def _ends_requests(player: Player, value: Mapping[str, str]) -> None:
    requests = (await player.snapshot()).requests
    assert len(value) == len(requests), f"there are {len(requests)} requests: {[r.kind.value for r in requests]}"
    await _standings(player, value)


async def _standings(player: Player, value: Mapping[str, str]) -> None:
    found = {request.kind: request for request in (await player.snapshot()).requests}
    for kind, standing in value.items():
        request = found.get(Kind(kind))
        assert request is not None, f"there is no {kind} request; there are {[kind.value for kind in found]}"
        assert request.standing is Standing(standing), f"the {kind} request is {request.standing.value}, not {standing}"
        proven = [step.proof for step in request.steps]
        assert proven, "a standing has no proof"
        if request.standing is Standing.BOOKED:
            assert proven[-1].startswith(("receipt:", "staff:")), f"booked on the word of {proven[-1]}"


async def _ends_handoffs(player: Player, value: list[str]) -> None:
    query = "select reason, state from handoff where conversation_id = :id order by created, id"
    found = [f"{row.reason} {row.state}" for row in await player.house.rows(query, id=player.conversation)]
    assert value == found, f"the hand-offs are {found}"


async def _alerts(player: Player) -> list[str]:
    query = "select kind from alert where conversation_id = :id order by created"
    return [row.kind for row in await player.house.rows(query, id=player.conversation)]


async def _ends_alerts(player: Player, value: list[str]) -> None:
    found = await _alerts(player)
    assert value == found, f"the alerts are {found}"


async def _ends_texts(player: Player, value: int) -> None:
    found = [text.body for text in player.house.texts.sent]
    assert value == len(found), f"{len(found)} texts went out: {found}"


async def _appointments(player: Player) -> list[Any]:
    rows = await player.house.rows(
        "select id from appointment where status in ('booked', 'confirmed') and "
        "(entered_by is null or entered_by != 'before' or version > 1) order by start"
    )
    found = [await player.house.system.inner.appointment(row.id) for row in rows]
    others = {row.id for row in await player.house.rows(
        "select id from appointment where patient_id in (select id from patient where phone_blind = :blind)",
        blind=player.house.store.keys.blind("+17405550199", practice="riverside", kind="phone"),
    )}  # fmt: skip
    return [visit for visit in found if visit is not None and visit.ref not in others]


async def _ends_booked(player: Player, value: list[str]) -> None:
    """Visits that this story made or moved; what other patients booked does not count."""
    found = [player.local(visit.start) for visit in await _appointments(player)]
    assert value == found, f"booked are {found}"


async def _ends_confirmed(player: Player, value: list[str]) -> None:
    rows = await player.house.rows("select id from appointment where status = 'confirmed' order by start")
    visits = [await player.house.system.inner.appointment(row.id) for row in rows]
    found = [player.local(visit.start) for visit in visits if visit is not None]
    assert value == found, f"confirmed are {found}"


async def _ends_opted_out(player: Player, value: bool) -> None:
    await Expectations(player, {"opted_out": value}).check()


_ENDINGS: Mapping[str, Callable[[Player, Any], Awaitable[None]]] = {
    "status": _ends_status,
    "owner": _ends_owner,
    "requests": _ends_requests,
    "handoffs": _ends_handoffs,
    "alerts": _ends_alerts,
    "texts": _ends_texts,
    "booked": _ends_booked,
    "confirmed": _ends_confirmed,
    "opted_out": _ends_opted_out,
}


def _listed(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _plain(value: str, player: Player) -> str:
    """JSON slots as a story writes them: a wish by its words, an opening by its local start."""
    if not value.startswith("{"):
        return value
    from datetime import datetime

    content: dict[str, Any] = json.loads(value)
    return content["words"] if "words" in content else player.local(datetime.fromisoformat(content["start"]))


def joined(parts: Iterable[str]) -> str:
    return "\n".join(part for part in parts if part)
