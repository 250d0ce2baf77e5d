"""`RasaForms`: our forms as rasa-sdk actions. No form logic is here; each `validate_<slot>` asks the form.

Facts about rasa-sdk 3.21 that shape this file: `ActionExecutor.run` mutates what it is given, so it gets fresh dicts; a
form validates the trailing run of slot events, so candidates come last; the domain is given with every call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from rasa_sdk import FormValidationAction, Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from bot.ports import FormContext, FormSpec

_context: ContextVar[FormContext] = ContextVar("form_context")


class RasaForms:
    """A `FormRunner` for the forms of one practice."""

    def __init__(self, forms: Sequence[FormSpec]) -> None:
        self._executor = ActionExecutor()
        self._domain = _domain(forms)
        for form in forms:
            self._executor.register_action(_action(form))

    async def validate(
        self, form: str, *, slots: Mapping[str, str], candidates: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        if not candidates:
            return {}
        token = _context.set(context)
        try:
            result: Any = await self._executor.run(_call(form, slots, candidates, context, self._domain))
        finally:
            _context.reset(token)
        changes: dict[str, str | None] = {}
        for event in result.events:
            if event.get("event") == "slot" and event["name"] != "requested_slot":
                changes[event["name"]] = event["value"]
        return changes


def _call(
    form: str, slots: Mapping[str, str], candidates: Mapping[str, str], context: FormContext, domain: dict[str, Any]
) -> dict[str, Any]:
    """One request in the shape of Rasa's action webhook. Slots hold handles and published ids only."""
    events = [{"event": "slot", "name": name, "value": value} for name, value in candidates.items()]
    return {
        "next_action": f"validate_{form}_form",
        "sender_id": context.conversation,
        "tracker": {
            "sender_id": context.conversation,
            "slots": dict(slots),  # without the candidates: a validator also sees what a slot held before
            "latest_message": {},
            "events": [{"event": "action", "name": "action_listen"}, *events],
            "paused": False,
            "followup_action": None,
            "active_loop": {"name": f"{form}_form"},
            "latest_action_name": "action_listen",
        },
        "domain": domain,
        "version": "3",
    }


def _domain(forms: Sequence[FormSpec]) -> dict[str, Any]:
    names = sorted({name for form in forms for name in form.slot_names})
    return {
        "slots": {name: {"type": "text", "mappings": [{"type": "custom"}]} for name in names},
        "forms": {f"{form.name}_form": {"required_slots": list(form.slot_names)} for form in forms},
    }


def _action(form: FormSpec) -> FormValidationAction:
    """A `FormValidationAction` class for one form, with one validator per slot."""

    def validator(slot: str) -> Any:
        async def validate(
            self: FormValidationAction,
            value: str,
            dispatcher: CollectingDispatcher,
            tracker: Tracker,
            domain: dict[str, Any],
        ) -> dict[str, str | None]:
            slots = {name: found for name, found in tracker.slots.items() if isinstance(found, str)}
            return dict(await form.validate(slot, value, slots=slots, context=_context.get()))

        return validate

    members: dict[str, Any] = {f"validate_{slot}": validator(slot) for slot in form.slot_names}
    members["name"] = lambda self: f"validate_{form.name}_form"
    kind = type(f"Validate{form.name.title()}Form", (FormValidationAction,), members)
    action: FormValidationAction = kind()
    return action
