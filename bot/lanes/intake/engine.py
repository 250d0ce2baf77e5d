"""The form engine: one message in, events and words out. Decides what was answered, what to ask next, when to submit.

Slots decide what their answers are; the runner validates; the engine steers (Rasa's repair patterns: interruption,
correction, going back, leaving). It sends nothing and saves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from bot.domain.blocks import Field
from bot.domain.conversation import Channel, Reason
from bot.domain.requests import Request
from bot.domain.says import Option, Say
from bot.domain.tracker import Event, FormEnded, FormStarted, SlotMissed, SlotRequested, SlotSet, Tracker, applied
from bot.lanes.intake.context import Tools, Visit
from bot.lanes.intake.forms import FOLLOWS, SKIPPED, VISIT, Form, forms_of
from bot.lanes.intake.leaving import let_go
from bot.lanes.intake.person import TypedSlot
from bot.lanes.intake.slot import Asking, CodeText, Filled, Slot
from bot.lanes.intake.submitting import Again, Failed, submit
from bot.ports import FormContext, FormRunner, Typed
from bot.privacy.phi import Phi
from bot.understanding.heard import Command, Heard, Intent

ASKS_FOR_A_FORM: Final = frozenset({Intent.BOOK, Intent.RESCHEDULE, Intent.CANCEL, Intent.REFILL})
SURE: Final = 0.6  # below it, words after a question are taken as its answer
MAX_REASKS: Final = 2  # the third miss goes to staff; people do not forgive a third "sorry?"
LATE: Final = ("opening", "confirm")


@dataclass(frozen=True, slots=True)
class Step:
    """What the intake lane wants: events in order, words in order, and what leaves the form."""

    events: tuple[Event, ...] = ()
    says: tuple[Say, ...] = ()
    requests: tuple[Request, ...] = ()
    texts: tuple[CodeText, ...] = ()
    handoff: Reason | None = None
    needs_page: bool = False
    """The next question may not be asked by text message: send the secure link (R-457)."""
    confirmed_patient: str | None = None


@dataclass(frozen=True, slots=True)
class NotForMe:
    """The message did not answer the question: a side question, perhaps. `again` asks the same slot once more."""


class Intake:
    """The intake lane of one practice."""

    def __init__(self, tools: Tools, runner: FormRunner) -> None:
        self._tools = tools
        self._runner = runner
        self.forms: Mapping[str, Form] = forms_of(tools)

    async def start(
        self, name: str, *, heard: Heard, text: str, tracker: Tracker, context: FormContext, channel: Channel
    ) -> Step:
        """Begin a form, taking over what the first message told already."""
        events: list[Event] = [FormStarted(name)]
        if tracker.patient is not None and "code" in self.forms[name].slot_names:
            events.append(SlotSet("patient", tracker.patient))
        after = applied(tracker, events)
        form = self.forms[name]
        candidates = await self._in_passing(form, heard, text, after, context, skip=())
        changes = await self._runner.validate(name, slots=after.slots, candidates=candidates, context=context)
        events += [SlotSet(slot, value) for slot, value in changes.items() if slot != "problem" and value is not None]
        step = await self._next(form, applied(tracker, events), context, channel)
        known = tracker.patient is not None and "code" in form.slot_names
        opening = (Say(f"utter_start_{name}"),) if name != "callback" and not known else ()
        return replace(step, events=(*events, *step.events), says=(*opening, *step.says))

    async def advance(
        self, typed: Typed, *, heard: Heard, tracker: Tracker, context: FormContext, channel: Channel
    ) -> Step | NotForMe:
        """One message inside an active form."""
        assert tracker.form is not None
        form = self.forms[tracker.form.name]
        requested = tracker.form.requested
        steer = self._steering(typed, heard, requested)
        if steer == "forget_it":
            return await self.leave(tracker, context)
        if steer == "back":
            return await self._back(form, tracker, context, channel)
        if steer == "repeat":
            return await self._next(form, tracker, context, channel)
        if steer is not None and steer.startswith("change="):
            return await self._change(form, steer.removeprefix("change="), tracker, context, channel)
        candidates = await self._candidates(form, typed, heard, tracker, context)
        if not candidates:
            return NotForMe()
        changes = dict(
            await self._runner.validate(form.name, slots=tracker.slots, candidates=candidates, context=context)
        )
        problem = changes.pop("problem", None)
        events: list[Event] = [
            SlotSet(slot, value) for slot, value in changes.items() if tracker.slots.get(slot) != value
        ]
        if tracker.slots.get("opening") and changes.get("opening", "") is None:
            await let_go(Visit(tools=self._tools, slots=tracker.slots, context=context))
        if problem is None:
            step = await self._next(form, applied(tracker, events), context, channel)
            noted = (Say("utter_noted"),) if requested is not None and requested not in candidates else ()
            return replace(step, events=(*events, *step.events), says=(*noted, *step.says))
        if changes.get("locked") or tracker.form.misses >= MAX_REASKS:
            proving = requested == "code"
            said = (Say("utter_identity_locked"),) if proving else ()
            reason = Reason.IDENTITY if proving else Reason.STUCK
            return Step(events=(*events, FormEnded("handed_off")), says=said, handoff=reason)
        events.append(SlotMissed())
        step = await self._next(form, applied(tracker, events), context, channel, problem=problem)
        return replace(step, events=(*events, *step.events))

    async def ask_again(self, *, tracker: Tracker, context: FormContext, channel: Channel) -> Step:
        """After a side question: the same question at the same place, state unchanged."""
        assert tracker.form is not None
        return await self._next(self.forms[tracker.form.name], tracker, context, channel)

    async def leave(self, tracker: Tracker, context: FormContext) -> Step:
        """Leave the form: a hold is given back, and the patient hears that nothing was sent."""
        visit = Visit(tools=self._tools, slots=tracker.slots, context=context)
        await let_go(visit)
        return Step(events=(FormEnded("left"),), says=(Say("utter_not_sent"),))

    # ---- what was answered ------------------------------------------------------------------------------------------

    @staticmethod
    def _steering(typed: Typed, heard: Heard, requested: str | None) -> str | None:
        if typed.choice in ("forget_it", "back") or (typed.choice or "").startswith("change="):
            return typed.choice
        if typed.choice or typed.slot:
            return None
        if heard.commands & {Command.FORGET_IT, Command.START_OVER}:
            return "forget_it"
        if Command.BACK in heard.commands:
            return "back"
        if Command.REPEAT in heard.commands:
            return "repeat"
        if Command.CHANGE in heard.commands and heard.change_of:
            return f"change={heard.change_of}"
        if requested == "confirm" and Command.NO in heard.commands:
            return "forget_it"
        return None

    async def _candidates(
        self, form: Form, typed: Typed, heard: Heard, tracker: Tracker, context: FormContext
    ) -> dict[str, str]:
        visit = Visit(tools=self._tools, slots=tracker.slots, context=context)
        requested = tracker.form.requested if tracker.form else None
        if typed.choice and "=" in typed.choice:
            name, value = typed.choice.split("=", 1)
            if name in form.slots:
                return {name: await self._handled(form, name, value, visit)}
            return {}
        if typed.slot is not None and typed.slot in form.slots and typed.text.strip():
            return {typed.slot: await self._handled(form, typed.slot, typed.text, visit)}
        if requested is None:
            return {}
        slot = form.slots[requested]
        skip = typed.choice == "skip" or Command.SKIP in heard.commands
        if skip and isinstance(slot, TypedSlot) and slot.can_skip:
            return {requested: SKIPPED}
        answer = await slot.hear_asked(heard, typed.text, visit)
        if answer is not None and slot.takes_any_text and _about_something_else(form, slot, typed.text, heard):
            answer = None
        found = {requested: await self._handled(form, requested, answer, visit)} if answer is not None else {}
        if answer is not None and requested in LATE:
            return found  # "the 1:20 one" picks an opening; it is no new wish
        found |= await self._in_passing(form, heard, typed.text, tracker, context, skip=(requested,))
        return found

    async def _in_passing(
        self, form: Form, heard: Heard, text: str, tracker: Tracker, context: FormContext, *, skip: tuple[str, ...]
    ) -> dict[str, str]:
        """Values named besides the asked one; when only picking or confirming is left, a new wish replaces the old."""
        visit = Visit(tools=self._tools, slots=tracker.slots, context=context)
        late = bool(skip) and skip[0] in LATE
        found = {}
        for name, slot in form.slots.items():
            if name in skip or (name in tracker.slots and not (late and name in VISIT)):
                continue
            value = slot.hear(heard, text)
            if value is not None:
                found[name] = await self._handled(form, name, value, visit)
        return found

    @staticmethod
    async def _handled(form: Form, name: str, value: str, visit: Visit) -> str:
        """Words become a handle before anything else looks at them; a picked id stays as it is."""
        if form.slots[name].takes_any_text:
            return await visit.put(Phi(value), kind=f"typed_{name}")
        return value

    # ---- what to ask next -------------------------------------------------------------------------------------------

    async def _next(
        self, form: Form, tracker: Tracker, context: FormContext, channel: Channel, *, problem: str | None = None
    ) -> Step:
        events: list[Event] = []
        says: list[Say] = [Say(problem)] if problem else []
        texts: list[CodeText] = []
        while True:
            now = applied(tracker, events)
            visit = Visit(tools=self._tools, slots=now.slots, context=context, channel=channel, patient=now.patient)
            missing = next((name for name in form.required(now.slots) if name not in now.slots), None)
            if missing is None:
                return await self._done(form, visit, tuple(events), tuple(says), channel)
            if channel is Channel.SMS and form.slots[missing].phi:
                events.append(SlotRequested(missing))
                return Step(events=tuple(events), says=tuple(says), needs_page=True)
            asked = await form.slots[missing].ask(visit)
            if isinstance(asked, Filled):
                events.append(SlotSet(missing, asked.value))
                if missing == "appointment":
                    changes = await form.validate(missing, asked.value, slots=now.slots, context=context)
                    events += [SlotSet(slot, value) for slot, value in changes.items() if slot != "problem"]
                continue
            if isinstance(asked, Asking):
                events += [SlotSet(slot, value) for slot, value in asked.also]
                texts += [asked.text] if asked.text else []
                if ("nothing", "yes") in asked.also:
                    return Step(tuple(events) + (FormEnded("sent"),), (*says, asked.say), texts=tuple(texts))
            events.append(SlotRequested(missing))
            say = asked.say if isinstance(asked, Asking) else asked
            says.append(_numbered(say, form, missing, now.slots))
            return Step(tuple(events), tuple(says), texts=tuple(texts), confirmed_patient=now.slots.get("patient"))

    async def _done(
        self, form: Form, visit: Visit, events: tuple[Event, ...], says: tuple[Say, ...], channel: Channel
    ) -> Step:
        outcome = await submit(form, visit)
        if isinstance(outcome, Again):
            cleared: tuple[Event, ...] = tuple(SlotSet(name, None) for name in outcome.clear)
            slots = {name: value for name, value in visit.slots.items() if name not in outcome.clear}
            tracker = applied(
                Tracker(), (FormStarted(form.name), *(SlotSet(name, value) for name, value in slots.items()))
            )
            step = await self._next(form, tracker, visit.context, channel, problem=outcome.problem)
            return replace(step, events=(*events, *cleared, *step.events), says=(*says, *step.says))
        ended = (*events, FormEnded("handed_off" if isinstance(outcome, Failed) else "sent"))
        handoff = outcome.handoff if isinstance(outcome, Failed) else None
        return Step(
            events=ended,
            says=(*says, *outcome.says),
            requests=outcome.requests,
            handoff=handoff,
            confirmed_patient=visit.slots.get("patient"),
        )

    # ---- steering ---------------------------------------------------------------------------------------------------

    async def _back(self, form: Form, tracker: Tracker, context: FormContext, channel: Channel) -> Step:
        assert tracker.form is not None
        order = [name for name in form.required(tracker.slots) if name in tracker.form.asked]
        here = order.index(tracker.form.requested) if tracker.form.requested in order else len(order)
        if here == 0:
            step = await self._next(form, tracker, context, channel)
            return replace(step, says=(Say("utter_first_question"), *step.says))
        return await self._change(form, order[here - 1], tracker, context, channel)

    async def _change(self, form: Form, name: str, tracker: Tracker, context: FormContext, channel: Channel) -> Step:
        name = (
            "opening"
            if name == "time" and "opening" in tracker.slots
            else {"time": "when", "dob": "birth_date"}.get(name, name)
        )
        if name not in form.slots:
            return await self.ask_again(tracker=tracker, context=context, channel=channel)
        if name in ("opening", "when", "clinician", "location", "visit_type"):
            await let_go(Visit(tools=self._tools, slots=tracker.slots, context=context))
        gone = [slot for slot in (name, *FOLLOWS.get(name, ())) if slot in tracker.slots]
        events: tuple[Event, ...] = tuple(SlotSet(slot, None) for slot in gone)
        step = await self._next(form, applied(tracker, events), context, channel)
        return replace(step, events=(*events, *step.events))


def _about_something_else(form: Form, slot: Slot, text: str, heard: Heard) -> bool:
    """A side question or another wish, not a name or a medicine. A wish for a time is always an answer to `when`."""
    if slot.name == "when" and not heard.wish.empty:
        return False
    another = heard.intent in ASKS_FOR_A_FORM and heard.intent.value != form.name and heard.score >= SURE
    return another or bool(heard.asked and text.rstrip().endswith("?"))


def _numbered(say: Say, form: Form, slot: str, slots: Mapping[str, str]) -> Say:
    """`Question 3 of 8` on form fields, and the ways out that every question has."""
    needed = form.required(slots)
    step, steps = needed.index(slot) + 1, len(needed)
    blocks = tuple(
        replace(block, step=step, steps=steps) if isinstance(block, Field) else block for block in say.blocks
    )
    extra = (Option(id="skip", key="choice_skip"),) if getattr(form.slots[slot], "can_skip", False) else ()
    return replace(say, blocks=blocks, options=(*say.options, *extra))
