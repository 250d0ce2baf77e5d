"""`DirectForms`: a `FormRunner` that asks the form itself, without rasa-sdk in between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.ports import FormContext, FormSpec


class DirectForms:
    def __init__(self, forms: Sequence[FormSpec]) -> None:
        self._forms = {form.name: form for form in forms}

    async def validate(
        self, form: str, *, slots: Mapping[str, str], candidates: Mapping[str, str], context: FormContext
    ) -> Mapping[str, str | None]:
        """One candidate after another; each sees the slots that the ones before it changed."""
        seen = dict(slots)
        changes: dict[str, str | None] = {}
        for slot, value in candidates.items():
            changed = await self._forms[form].validate(slot, value, slots=dict(seen), context=context)
            changes |= changed
            seen |= {name: new for name, new in changed.items() if new is not None}
            for name in (name for name, new in changed.items() if new is None):
                seen.pop(name, None)
        return changes
