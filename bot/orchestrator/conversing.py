"""The bot's own turn once it may speak: steers between intake, information, escalation and small talk."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.domain.appointments import ConfirmVisit, Receipt
from bot.domain.conversation import Channel, Reason
from bot.domain.errors import IntegrationError, OutcomeUnknown, Refused, Unavailable
from bot.domain.says import Option, Say
from bot.domain.tracker import (
    FormEnded,
    Missed,
    Nudged,
    PatientConfirmed,
    SlotMissed,
    TopicsSet,
    Understood,
    WaitingNotified,
    applied,
)
from bot.lanes import information
from bot.lanes.escalation import hand_over, new_resume_code
from bot.lanes.intake import MAX_REASKS, NotForMe, Step
from bot.orchestrator import confirmed, statuses
from bot.orchestrator.draft import Draft
from bot.orchestrator.merging import Merged
from bot.orchestrator.routing import Lane, Rule, Situation, nudge_answer, wanted_form
from bot.ports import FormContext, Typed
from bot.privacy.phi import Phi, Purpose
from bot.understanding.heard import Command, Intent

if TYPE_CHECKING:
    from bot.orchestrator.turn import Orchestrator

MAX_MISSES = 2
STARTERS = (Option("book", "choice_book"), Option("refill", "choice_refill"), Option("person", "choice_person"))
KEEP_BOT = (Option("keep_bot", "choice_keep_bot"),)
BOOK_OR_PERSON = (Option("book", "choice_book"), Option("person", "choice_person"))

# small talk that needs no knowledge: command or intent → response, and whether starters are offered
SMALL_TALK: dict[Command | Intent, str] = {
    Command.ARE_YOU_HUMAN: "utter_are_you_human",
    Command.THANKS: "utter_thanks",
    Intent.GREETING: "utter_greeting",
    Intent.GOODBYE: "utter_goodbye",
}


def opened(typed: Phi[Typed]) -> Typed:
    return typed.reveal(Purpose.UNDERSTANDING)


def context_of(draft: Draft) -> FormContext:
    return FormContext(
        practice=draft.conversation.practice,
        conversation=draft.conversation.id,
        language=draft.language,
        now=draft.now,
    )


async def speak(bot: Orchestrator, draft: Draft, message: Merged, situation: Situation, rule: Rule) -> None:
    """A practice system that does not answer becomes a hand-off: the patient never waits for our next try in silence."""
    try:
        await _speak(bot, draft, message, situation, rule)
    except (Unavailable, OutcomeUnknown, Refused):
        draft.says.clear()
        draft.say(Say("utter_system_down"))
        await escalate(bot, draft, Reason.SYSTEM_DOWN)


async def _speak(bot: Orchestrator, draft: Draft, message: Merged, situation: Situation, rule: Rule) -> None:
    match rule.lane:
        case Lane.NUDGE:
            await _answer_nudge(bot, draft, situation)
        case Lane.ESCALATION:
            await _escalation(bot, draft, situation, rule)
        case Lane.INTAKE if draft.tracker.form is not None:
            await _in_form(bot, draft, message, situation)
        case Lane.INTAKE:
            await _start_form(bot, draft, situation)
        case _:
            await _inform(bot, draft, message, situation)


# ---- escalation -----------------------------------------------------------------------------------------------------


async def _escalation(bot: Orchestrator, draft: Draft, situation: Situation, rule: Rule) -> None:
    if rule.reason == "goes_on_with_bot":
        if draft.withdraw_handoff():
            draft.apply(WaitingNotified(done=False))
            draft.say(Say("utter_handoff_withdrawn", options=STARTERS))
        return
    if rule.reason == "asks_about_results":
        draft.say(Say("utter_handoff_results", options=BOOK_OR_PERSON))
        return
    await escalate(bot, draft, Reason.ASKED)


async def escalate(bot: Orchestrator, draft: Draft, reason: Reason) -> None:
    """Hand over to a person: the queue, the honest words, the way back."""
    if draft.tracker.form is not None:
        await bot.intake.leave(draft.tracker, context_of(draft))
        draft.apply(FormEnded("handed_off"))
        draft.say(Say("utter_not_sent_yet"))
    code = new_resume_code() if draft.channel is Channel.WEB and draft.handoff is None else None
    told = hand_over(
        reason, practice=draft.plugs.practice, now=draft.now, language=draft.language, channel=draft.channel, code=code
    )
    new = draft.open_handoff(reason, due=told.due)
    if not new:
        draft.say(Say("utter_handoff_waiting", options=KEEP_BOT))
        return
    draft.apply(WaitingNotified(done=False))
    draft.say(*told.says)
    if code is not None and draft.handoff is not None:
        practice, conversation = draft.conversation.practice, draft.conversation.id
        handle = await draft.plugs.vault.put(code, practice=practice, conversation=conversation, kind="resume_code")
        blind = draft.plugs.vault.blind(code.map(spelled), practice=practice, kind="resume_code")
        draft.change_handoff(replace(draft.handoff, resume_code=handle, resume_blind=blind))


def spelled(code: str) -> str:
    """A resume code as it is hashed: upper case, no dashes or spaces."""
    return "".join(character for character in code.upper() if character.isalnum())


# ---- intake ---------------------------------------------------------------------------------------------------------


async def _start_form(bot: Orchestrator, draft: Draft, situation: Situation) -> None:
    name = wanted_form(situation.typed, situation.heard)
    assert name is not None
    if name == "callback" and draft.handoff is None:  # a number is of use only to staff who were asked
        await escalate(bot, draft, Reason.CALLBACK)
        return
    if situation.heard.asked and situation.typed.choice is None:
        await _answer(bot, draft, situation, missed_too=False)
    step = await bot.intake.start(
        name,
        heard=situation.heard,
        text=situation.typed.text,
        tracker=draft.tracker,
        context=context_of(draft),
        channel=draft.channel,
    )
    draft.apply(Understood())
    await _take_step(bot, draft, step)


async def _in_form(bot: Orchestrator, draft: Draft, message: Merged, situation: Situation) -> None:
    typed, heard = situation.typed, situation.heard
    if typed.choice == "link_opened":
        draft.say(Say("utter_link_opened"))
        await ask_again(bot, draft)
        return
    if heard.safety.label == "clinical_advice" and not typed.slot and not typed.choice:
        _refer(draft)
        draft.flush()
        await ask_again(bot, draft)
        return
    step = await bot.intake.advance(
        typed, heard=heard, tracker=draft.tracker, context=context_of(draft), channel=draft.channel
    )
    if isinstance(step, NotForMe):
        await _aside(bot, draft, message, situation)
        return
    await _take_step(bot, draft, step)


async def _aside(bot: Orchestrator, draft: Draft, message: Merged, situation: Situation) -> None:
    """A side question is answered first; then the same question again, with nothing lost. Another wish takes over."""
    assert draft.tracker.form is not None
    if draft.tracker.form.name == "callback":  # words for the staff who were asked, not for the bot
        draft.apply(FormEnded("left"), WaitingNotified(done=True))
        draft.say(Say("utter_handoff_waiting", options=KEEP_BOT))
        return
    small = _small_talk(situation)
    wanted = wanted_form(situation.typed, situation.heard)
    if wanted is not None and wanted != draft.tracker.form.name:
        left = await bot.intake.leave(draft.tracker, context_of(draft))
        await _take_step(bot, draft, left)
        await _start_form(bot, draft, situation)
        return
    if situation.heard.asked:
        await _answer(bot, draft, situation, missed_too=True)
    elif small is not None:
        draft.say(Say(small))
    else:
        if draft.tracker.form.misses >= MAX_REASKS:
            draft.say(Say("utter_handoff_stuck"))
            await escalate(bot, draft, Reason.STUCK)
            return
        draft.apply(SlotMissed())
        draft.say(Say("utter_say_again"))
        await ask_again(bot, draft)
        return
    draft.flush()
    draft.say(Say("utter_side_done"))
    await ask_again(bot, draft)


async def ask_again(bot: Orchestrator, draft: Draft) -> None:
    step = await bot.intake.ask_again(tracker=draft.tracker, context=context_of(draft), channel=draft.channel)
    await _take_step(bot, draft, step)


async def resume(bot: Orchestrator, draft: Draft) -> None:
    """After an interruption: back to the form's question, or an open one."""
    if draft.tracker.form is None:
        draft.say(Say("utter_how_can_i_help", options=STARTERS))
        return
    draft.say(Say("utter_side_done"))
    await ask_again(bot, draft)


async def _take_step(bot: Orchestrator, draft: Draft, step: Step) -> None:
    before = applied(draft.tracker, [event for event in step.events if not isinstance(event, FormEnded)])
    ended = next((event for event in step.events if isinstance(event, FormEnded)), None)
    draft.apply(*step.events)
    if step.confirmed_patient is not None:
        draft.apply(PatientConfirmed(step.confirmed_patient))
    if ended is not None and before.form is not None and before.form.name == "callback" and draft.handoff is not None:
        draft.change_handoff(replace(draft.handoff, callback=before.slots.get("callback")))
    draft.say(*step.says)
    for request in step.requests:
        draft.keep(request)
    for index, text in enumerate(step.texts):
        draft.text(
            Say("utter_code_text", {"code": text.code}),
            to=text.to,
            purpose="code",
            key=f"code:{draft.now.isoformat()}:{index}:{draft.conversation.id}",
        )
    if step.needs_page:
        draft.say(Say("utter_needs_page", {"link": draft.secure_link()}))
    if step.handoff is not None:
        if step.handoff is Reason.STUCK:
            draft.say(Say("utter_handoff_stuck"))
        await escalate(bot, draft, step.handoff)


# ---- reminders ------------------------------------------------------------------------------------------------------


async def _answer_nudge(bot: Orchestrator, draft: Draft, situation: Situation) -> None:
    """C or R after our reminder. The answer counts only for the appointment as it is now."""
    assert draft.tracker.nudge is not None
    ref, version = draft.tracker.nudge.split(" ")
    if nudge_answer(situation.typed, situation.heard) == "change":
        draft.apply(Nudged(None))
        reschedule = replace(situation, typed=replace(situation.typed, choice="reschedule"))
        await _start_form(bot, draft, reschedule)
        return
    try:
        visit = await bot.system.appointment(ref)
        moved = visit is None or str(visit.version) != version
        key = f"confirm:{draft.conversation.id}:{ref}:{version}"
        outcome = None if moved else await bot.system.submit(ConfirmVisit(ref), key=key, now=draft.now)
    except IntegrationError:
        draft.say(Say("utter_system_down"))
        return
    if not isinstance(outcome, Receipt) or visit is None:
        draft.apply(Nudged(None))
        draft.say(Say("utter_reminder_gone"))
        return
    await confirmed.noted(draft, visit, conversations=bot.conversations, system=bot.system)
    draft.say(Say("utter_reminder_confirmed"))  # a second C is answered the same; R still changes the visit


# ---- information ----------------------------------------------------------------------------------------------------


def _small_talk(situation: Situation) -> str | None:
    for command in situation.heard.commands:
        if command in SMALL_TALK:
            return SMALL_TALK[command]
    return SMALL_TALK.get(situation.heard.intent)


def _refer(draft: Draft) -> None:
    draft.say(Say("utter_clinical", options=BOOK_OR_PERSON))


async def _inform(bot: Orchestrator, draft: Draft, message: Merged, situation: Situation) -> None:
    heard, typed = situation.heard, situation.typed
    if heard.language not in draft.plugs.practice.languages:
        draft.say(Say("utter_interpreter"))
        await escalate(bot, draft, Reason.LANGUAGE)
    elif heard.safety.label == "clinical_advice":
        _refer(draft)
    elif typed.choice == "status" or Command.STATUS in heard.commands:
        draft.say(*statuses.told(draft.snapshot.requests, draft.language))
    elif typed.choice == "preparation":
        _preparation(draft)
    elif heard.asked:
        await _answer(bot, draft, situation, missed_too=True)
        if not draft.tracker.misses:
            return
        draft.missed(message.ids)
    elif Command.FORGET_IT in heard.commands:
        draft.say(Say("utter_nothing_open", options=STARTERS))
    elif (small := _small_talk(situation)) is not None:
        draft.apply(Understood())
        greeting = small == "utter_greeting"
        draft.say(Say(small, options=STARTERS if greeting else ()))
    elif heard.intent is Intent.EMERGENCY:  # soft: its line was said, and what was told is nothing to be misunderstood
        draft.say(Say("utter_how_can_i_help", options=BOOK_OR_PERSON))
    elif heard.empty:
        draft.say(Say("utter_empty", options=STARTERS))
    elif heard.intent is Intent.OUT_OF_SCOPE and draft.tracker.misses == 0:
        draft.apply(Missed())
        draft.missed(message.ids)
        draft.say(Say("utter_out_of_scope", options=BOOK_OR_PERSON))
    else:
        draft.apply(Missed())
        draft.missed(message.ids)
        draft.say(Say("utter_say_again", options=BOOK_OR_PERSON))
    if draft.tracker.misses > MAX_MISSES and draft.handoff is None:
        draft.say(Say("utter_offer_person", options=(Option("person", "choice_person"),)))


async def _answer(bot: Orchestrator, draft: Draft, situation: Situation, *, missed_too: bool) -> None:
    answer = information.answer(
        situation.heard,
        practice=draft.plugs.practice,
        now=draft.now,
        language=draft.language,
        channel=draft.channel,
    )
    if not answer.answered and not missed_too:
        return
    draft.say(*answer.says)
    draft.apply(TopicsSet(answer.topics), Understood() if answer.answered else Missed())


def _preparation(draft: Draft) -> None:
    """The instructions of the visit that was just booked, word for word (R-524)."""
    booked = [request for request in draft.snapshot.requests if "visit_type" in request.details]
    kinds = {item.id: item for item in draft.plugs.practice.visit_types}
    kind = kinds.get(booked[-1].details["visit_type"]) if booked else None
    if kind is None or kind.preparation is None:
        draft.say(Say("utter_say_again", options=BOOK_OR_PERSON))
        return
    said = information.preparation(
        kind.preparation, practice=draft.plugs.practice, now=draft.now, language=draft.language, channel=draft.channel
    )
    draft.say(*said or (Say("utter_not_current", options=BOOK_OR_PERSON),))
