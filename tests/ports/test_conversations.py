"""The `Conversations` port: accept once, save whole or not at all, one turn at a time."""

import asyncio
import secrets
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.blocks import Paragraph
from bot.domain.conversation import Channel, Handoff, HandoffState, Reason, Status
from bot.domain.errors import KeyReused, TurnSuperseded
from bot.domain.requests import Kind, Request, Standing, Step, stepped
from bot.domain.tracker import LaneTaken, Missed, SlotSet, Tracker, applied
from bot.ports import Alert, ConsentChange, Job, NewJob, NewLink, NewMessage, Note, Outcome
from bot.privacy.phi import Phi, Purpose
from integrations.sql import SqlStore
from tests.ports.talk import (
    NOW,
    PHONE,
    PRACTICE,
    accepted,
    inbound,
    later,
    read,
    said,
    saved,
    started,
    text_of,
)


def handoff(conversation: str, *, reason: Reason = Reason.ASKED, **facts: Any) -> Handoff:
    return Handoff(secrets.token_hex(8), conversation, reason, HandoffState.WAITING, NOW, later(15), **facts)


def request(conversation: str, **facts: Any) -> Request:
    usual: dict[str, Any] = {
        "id": secrets.token_hex(8),
        "number": "B-0001",
        "conversation": conversation,
        "practice": PRACTICE,
        "kind": Kind.BOOK,
        "standing": Standing.WITH_STAFF,
        "language": "en",
        "created": NOW,
    }
    return Request(**{**usual, **facts})


async def shown(store: SqlStore, conversation: str) -> list[str]:
    return [
        message.body.reveal(Purpose.PATIENT_VIEW)[0]["text"]
        for message in await store.conversations.messages(conversation)
    ]


async def test_an_accepted_message_waits_for_its_turn(store: SqlStore) -> None:
    """Accepting stores the message, schedules its turn, and the snapshot shows it with what was typed."""
    talk = await started(store)
    first = await accepted(store, talk.id, "one")
    second = await accepted(store, talk.id, "two")
    now = await read(store, talk.id)
    assert (1, 2) == (first.seq, second.seq)
    assert ["one", "two"] == [waiting.body.reveal(Purpose.UNDERSTANDING).text for waiting in now.waiting]
    assert ["one", "two"] == await shown(store, talk.id)
    assert 1 == (await store.jobs.counts())["waiting"]


async def test_the_same_message_again_changes_nothing(store: SqlStore) -> None:
    """A repeated client id gives the first acceptance, marked as a duplicate; another body under it is refused."""
    talk = await started(store)
    first = await accepted(store, talk.id, "hello", id="client-1")
    again = await accepted(store, talk.id, "hello", id="client-1")
    assert (first.id, first.seq, True) == (again.id, again.seq, again.duplicate)
    with pytest.raises(KeyReused):
        await accepted(store, talk.id, "something else", id="client-1")
    assert 1 == len(await store.conversations.messages(talk.id))


async def test_a_hundred_repeats_at_once_are_one_message(store: SqlStore) -> None:
    """A retry storm of one message is stored once, and everybody hears the same acceptance."""
    talk = await started(store)
    storm = [accepted(store, talk.id, "hello", id="storm") for _ in range(100)]
    answers = await asyncio.gather(*storm)
    assert 1 == len({answer.id for answer in answers})
    assert 1 == sum(not answer.duplicate for answer in answers)
    assert 1 == len(await store.conversations.messages(talk.id))


async def test_many_messages_at_once_are_numbered_without_gaps(store: SqlStore) -> None:
    """Messages that arrive at the same moment get consecutive numbers, none twice."""
    talk = await started(store)
    answers = await asyncio.gather(*(accepted(store, talk.id, f"m{n}") for n in range(30)))
    assert list(range(1, 31)) == sorted(answer.seq for answer in answers)


async def test_texts_of_one_number_are_one_conversation(store: SqlStore) -> None:
    """Texts from a number land in its conversation, made with the first one; the number is found again, sealed."""
    first = await accepted(store, None, mailbox=PHONE)
    second = await accepted(store, None, mailbox=PHONE)
    other = await accepted(store, None, mailbox=Phi("+15555550155"))
    assert first.conversation == second.conversation != other.conversation
    assert PHONE == await store.conversations.phone(first.conversation)
    assert first.conversation == (await store.conversations.for_mailbox(PRACTICE, PHONE, at=NOW)).id


async def test_the_first_texts_of_a_number_at_once_are_one_conversation(store: SqlStore) -> None:
    """Two first texts in the same moment do not split a patient in two."""
    both = await asyncio.gather(*(accepted(store, None, f"m{n}", mailbox=PHONE) for n in range(10)))
    assert 1 == len({one.conversation for one in both})


async def test_a_turn_is_saved_whole(store: SqlStore) -> None:
    """Messages, tracker, hand-off, requests, notes, alarms and consent of one outcome can all be read back."""
    talk = await started(store, channel=Channel.SMS)
    asked = await accepted(store, None, mailbox=PHONE)
    assert talk.mailbox is not None
    events = (SlotSet("visit_type", "checkup"), Missed(), LaneTaken("intake", "asked"))
    wanted, wish = handoff(talk.id, reason=Reason.EMERGENCY), request(talk.id)
    note = Note("note-1", talk.id, "staff-1", NOW, Phi("made-up note"))
    tracker = applied(Tracker(), events)
    await saved(
        store,
        talk.id,
        conversation=replace(talk, status=Status.OPEN, fence=1, language="es"),
        events=events,
        tracker=tracker,
        handled=(asked.id,),
        said=(said("answer"),),
        handoff=wanted,
        requests=(wish,),
        notes=(note,),
        alerts=(Alert("alert-1", talk.id, "emergency", NOW),),
        consents=(ConsentChange(talk.mailbox, PRACTICE, texts=False, proof="sms:STOP", at=NOW),),
    )
    now = await read(store, talk.id)
    assert (Status.OPEN, 1, "es", 1) == (
        now.conversation.status,
        now.conversation.fence,
        now.conversation.language,
        now.conversation.version,
    )
    assert tracker == now.tracker
    assert () == now.waiting
    assert (wanted, (wish,), True) == (now.handoff, now.requests, now.opted_out)
    assert [note] == list(await store.conversations.notes(talk.id))
    assert ["hello", "answer"] == await shown(store, talk.id)
    (row,) = await store.conversations.queue(PRACTICE)
    assert (talk.id, wanted.id, "alert-1") == (row.conversation.id, row.handoff.id, row.alert)
    assert await store.conversations.acknowledge("alert-1", staff="staff-1", at=NOW)
    assert not await store.conversations.acknowledge("alert-1", staff="staff-2", at=NOW)


async def test_only_one_of_many_turns_is_saved(store: SqlStore) -> None:
    """Forty turns decided from the same state: one is saved, the others are told so and leave nothing behind."""
    talk = await started(store)
    before = await read(store, talk.id)
    barrier = asyncio.Barrier(40)

    async def turn(number: int) -> bool:
        outcome = Outcome(
            conversation=before.conversation,
            at=NOW,
            said=(said(f"answer {number}"),),
            jobs=(NewJob("x", f"x:{number}", NOW),),
        )
        await barrier.wait()
        try:
            await store.conversations.commit(outcome)
        except TurnSuperseded:
            return False
        return True

    won = await asyncio.gather(*map(turn, range(40)))
    assert 1 == sum(won)
    assert [f"answer {won.index(True)}"] == await shown(store, talk.id)
    assert 1 == (await store.jobs.counts())["waiting"]


async def test_a_failed_save_leaves_nothing(store: SqlStore) -> None:
    """An outcome that cannot be stored as a whole is not stored in part."""
    talk = await started(store)
    twice = said("answer")
    with pytest.raises(Exception):  # noqa: B017 - whatever the database calls it
        await saved(store, talk.id, said=(said("first"), twice, twice), jobs=(NewJob("x", "x:1", NOW),))
    assert [] == await shown(store, talk.id)
    assert 0 == (await read(store, talk.id)).conversation.version
    assert 0 == (await store.jobs.counts())["waiting"]


async def test_a_message_that_came_meanwhile_gets_its_turn(store: SqlStore) -> None:
    """While a turn is at work another message arrives: the turn is saved, and the next one is due."""
    talk = await started(store)
    await accepted(store, talk.id, "one")
    turns: list[tuple[str, ...]] = []

    async def turn(job: Job) -> None:
        now = await read(store, job.args["conversation"])
        if not turns:
            await accepted(store, talk.id, "two")
        turns.append(tuple(waiting.id for waiting in now.waiting))
        await store.conversations.commit(
            Outcome(conversation=now.conversation, at=NOW, tracker=now.tracker, handled=turns[-1])
        )

    await store.jobs.drain({"turn": turn}, until=later(1))
    assert [1, 1] == [len(handled) for handled in turns]
    assert () == (await read(store, talk.id)).waiting
    assert 0 == (await store.jobs.counts())["waiting"]


async def test_requests_keep_their_steps(store: SqlStore) -> None:
    """A request is found by id, standing and appointment, with every step and its proof."""
    talk = await started(store)
    asked = request(talk.id, urgent=True, details={"visit_type": "checkup"}, due=later(60))
    await saved(store, talk.id, requests=(asked, request(talk.id, kind=Kind.REFILL, standing=Standing.RECEIVED)))
    done = replace(stepped(asked, standing=Standing.BOOKED, at=NOW, proof="staff:1"), appointment="visit-1")
    await saved(store, talk.id, requests=(done,))
    assert done == await store.conversations.request(asked.id)
    assert (Step(Standing.BOOKED, NOW, "staff:1"),) == done.steps
    assert done == await store.conversations.by_appointment(PRACTICE, "visit-1")
    refills = await store.conversations.requests(PRACTICE, kinds=(Kind.REFILL,), standings=(Standing.RECEIVED,))
    assert [Kind.REFILL] == [found.kind for found in refills]
    assert [] == list(await store.conversations.requests("another practice"))


async def test_the_queue_puts_emergencies_first(store: SqlStore) -> None:
    """Urgent hand-offs stand above older ones; done ones are gone."""
    calm, urgent, over = [await started(store) for _ in range(3)]
    await saved(store, calm.id, handoff=handoff(calm.id))
    await saved(store, urgent.id, handoff=handoff(urgent.id, reason=Reason.CRISIS))
    closed = handoff(over.id)
    await saved(store, over.id, handoff=closed)
    await saved(store, over.id, handoff=replace(closed, state=HandoffState.DONE))
    assert [urgent.id, calm.id] == [row.conversation.id for row in await store.conversations.queue(PRACTICE)]


async def test_a_resume_code_finds_its_conversation(store: SqlStore) -> None:
    """The keyed hash of the code is compared; another code or practice finds nothing."""
    talk = await started(store)
    blind = store.vault.blind(Phi("RIVER7QK"), practice=PRACTICE, kind="resume_code")
    await saved(store, talk.id, handoff=handoff(talk.id, resume_blind=blind))
    assert talk.id == await store.conversations.by_resume_code(PRACTICE, Phi("RIVER7QK"))
    assert await store.conversations.by_resume_code(PRACTICE, Phi("RIVER7QX")) is None
    assert await store.conversations.by_resume_code("another", Phi("RIVER7QK")) is None


async def test_leaving_is_told_once(store: SqlStore) -> None:
    """Only a change counts."""
    talk = await started(store)
    told = [await store.conversations.set_left(talk.id, left=left) for left in (True, True, False)]
    assert [True, False, True] == told


async def test_a_delivery_key_is_used_once_ever(store: SqlStore) -> None:
    """The second delivery under one business key is silently the first: one reminder, however often it is asked for."""
    talk = await started(store, channel=Channel.SMS)
    await saved(store, talk.id, deliveries=(text_of("reminder:visit-1:1"),))
    await saved(store, talk.id, deliveries=(text_of("reminder:visit-1:1"), text_of("reminder:visit-1:2")))
    assert 2 == len(await store.deliveries.for_conversation(talk.id))
    assert 2 == (await store.jobs.counts())["waiting"]


async def test_consent_follows_the_newest_word(store: SqlStore) -> None:
    """STOP, then START: texts may be sent again. Another number is never affected."""
    talk = await started(store, channel=Channel.SMS)
    assert talk.mailbox is not None
    for texts, expected in ((False, True), (True, False)):
        await saved(store, talk.id, consents=(ConsentChange(talk.mailbox, PRACTICE, texts=texts, proof="sms", at=NOW),))
        assert expected == await store.deliveries.opted_out(PRACTICE, talk.mailbox)
    assert not await store.deliveries.opted_out(PRACTICE, "another mailbox")


async def test_a_link_opens_once_and_not_late(store: SqlStore) -> None:
    """A secure link gives its conversation to the first who opens it in time."""
    talk = await started(store)
    good, old = Phi(secrets.token_urlsafe(32)), Phi(secrets.token_urlsafe(32))
    await saved(store, talk.id, links=(NewLink(good, talk.id, later(30)), NewLink(old, talk.id, later(1))))
    answers = await asyncio.gather(*(store.sessions.redeem(good, at=later(5)) for _ in range(5)))
    assert [(talk.id, PRACTICE)] == [answer for answer in answers if answer]
    assert await store.sessions.redeem(old, at=later(5)) is None
    assert await store.sessions.redeem(Phi("unknown"), at=NOW) is None


async def test_unknown_ids_are_nothing(store: SqlStore) -> None:
    """What does not exist is None or empty, never an error."""
    assert await store.conversations.snapshot("nobody") is None
    assert await store.conversations.phone("nobody") is None
    assert await store.conversations.request("nobody") is None
    assert [] == list(await store.conversations.messages("nobody"))


async def test_nothing_a_patient_typed_is_readable_in_the_database(store: SqlStore) -> None:
    """Words, numbers and notes are in no column in the clear (R-101)."""
    from sqlalchemy import text

    from integrations.sql.tables import metadata

    secret = "Zanzibar-marmalade"
    talk = await accepted(store, None, secret, mailbox=Phi("+15555550199"))
    note = Note("note-1", talk.conversation, "staff-1", NOW, Phi(secret))
    answer = replace(said(secret), body=Phi((Paragraph(secret),)))
    body = replace(text_of("text:1"), body=Phi(secret))
    await saved(store, talk.conversation, notes=(note,), said=(answer,), deliveries=(body,))
    await store.vault.put(Phi(secret), practice=PRACTICE, conversation=talk.conversation, kind="name")
    found = []
    async with store.database.read() as connection:
        for table in metadata.sorted_tables:
            for row in (await connection.execute(text(f'SELECT * FROM "{table.name}"'))).all():
                if any(word in str(value) for value in row for word in ("Zanzibar", "5550199")):
                    found.append(table.name)
    assert [] == found


async def test_inbound_without_words_is_kept(store: SqlStore) -> None:
    """An empty text is still a message: nothing that was acknowledged is dropped."""
    talk = await started(store)
    await store.conversations.accept(inbound(talk.id, ""), due=NOW)
    assert 1 == len((await read(store, talk.id)).waiting)


async def test_a_repeated_click_is_one_reply_and_one_note(store: SqlStore) -> None:
    """Staff press twice when the line is slow; the patient and the file see it once."""
    talk = await started(store)
    reply = NewMessage("click-1", "staff:dana", Channel.WEB, "en", Phi((Paragraph("On our way."),)))
    note = Note("click-2", talk.id, by="dana", at=NOW, text=Phi("Called back."))
    await saved(store, talk.id, said=(reply,), notes=(note,))
    await saved(store, talk.id, said=(reply,), notes=(note,))
    assert 1 == len(await store.conversations.messages(talk.id))
    assert 1 == len(await store.conversations.notes(talk.id))
