"""Answers about insurance plans from the published list: taken, not taken, or ask."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.says import Option, Say
from bot.lanes.information.context import PERSON, Asking
from bot.understanding.heard import Asked
from knowledge.published import Plan, PlanStatus

MOST_LISTED = 30
MOST_LISTED_SMS = 12
_UTTERS = {
    PlanStatus.ACCEPTED: "utter_plan_accepted",
    PlanStatus.NOT_ACCEPTED: "utter_plan_not_accepted",
    PlanStatus.CALL: "utter_plan_call",
}


def plans_named(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    """One answer per plan named; a question back when it was only nearly named. Empty: no plan was."""
    named = [asking.practice.plan(id) for id in asked.facets.plans]
    if named:
        return tuple(_plan(plan, asking) for plan in named)
    maybe = asked.facets.unsure.get("plan", ())
    if maybe:
        options = tuple(Option(id=f"plan={id}", label=asking.practice.plan(id).name) for id in maybe)
        return (Say("utter_plan_maybe", options=(*options, PERSON)),)
    if asked.aspect == "unlisted":
        return (replace(asking.say("utter_plan_unlisted", phone=asking.practice.phones.billing), options=(PERSON,)),)
    return ()


def plans_list(asking: Asking) -> Say:
    taken = [plan.name for plan in asking.practice.plans if plan.status is PlanStatus.ACCEPTED]
    most = MOST_LISTED_SMS if asking.sms else MOST_LISTED
    return asking.say("utter_plans_list", plans=", ".join(taken[:most]), phone=asking.practice.phones.billing)


def _plan(plan: Plan, asking: Asking) -> Say:
    values = {"plan": plan.name, "note": asking.text(plan.note)}
    if plan.status is not PlanStatus.ACCEPTED:
        values["phone"] = asking.practice.phones.billing
    return Say(_UTTERS[plan.status], values=values)
