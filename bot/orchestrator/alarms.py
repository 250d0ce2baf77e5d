"""What a safety verdict makes the bot say and do. Outranks consent, opt-out, forms and staff ownership (R-501, R-505)."""

from __future__ import annotations

from typing import Final

from bot.domain.blocks import Emergency, Link
from bot.domain.conversation import Reason
from bot.domain.says import Option, Say
from bot.domain.tracker import LaneTaken, Pinned
from bot.lanes.escalation import hand_over
from bot.orchestrator.draft import Draft
from bot.responses import label, say_until, template
from bot.understanding.facts.hours import next_opening
from bot.understanding.heard import Heard
from bot.understanding.safety import Verdict

_CARD_LINKS: Final = {
    "emergency": (("link_911", "tel:911"),),
    "crisis": (("link_988", "tel:988"), ("link_988_text", "sms:988"), ("link_911", "tel:911")),
    "poison": (("link_poison", "tel:+18002221222"), ("link_911", "tel:911")),
    "harm_to_others": (("link_911", "tel:911"), ("link_988", "tel:988")),
    "domestic_violence": (("link_domestic_violence", "tel:+18007997233"), ("link_911", "tel:911")),
    "child_abuse": (("link_child_abuse", "tel:+18004224453"), ("link_911", "tel:911")),
    "elder_abuse": (("link_elder_abuse", "tel:+18006771116"), ("link_911", "tel:911")),
    "sexual_assault": (("link_sexual_assault", "tel:+18006564673"), ("link_911", "tel:911")),
    "perinatal": (("link_perinatal", "tel:+18338526262"), ("link_988", "tel:988"), ("link_911", "tel:911")),
}
CONTINUE: Final = Option("continue", "choice_not_emergency")


def kind_of(verdict: Verdict) -> str:
    """The fixed text's name: the verdict's kind, or its label."""
    return verdict.kind if verdict.kind in _CARD_LINKS else verdict.label


def raise_alarm(draft: Draft, verdict: Verdict) -> None:
    """Hard tier: the fixed text first and alone, the pin, the urgent hand-off, the alert."""
    kind, language = kind_of(verdict), draft.language
    reason = Reason.EMERGENCY if verdict.label == "emergency" else Reason.CRISIS
    draft.apply(LaneTaken("safety", kind), Pinned(verdict.label))
    links = tuple(Link(label(key, language), href) for key, href in _CARD_LINKS[kind])
    card = Emergency(kind, label(f"title_{kind}", language), template(f"utter_{kind}", language).text, links)
    draft.say(Say(f"utter_{kind}_card", blocks=(card,)))
    draft.flush(purpose="safety")
    told = hand_over(
        reason, practice=draft.plugs.practice, now=draft.now, language=language, channel=draft.channel, code=None
    )
    draft.open_handoff(reason, due=told.due)
    draft.alert(kind)
    if told.open_now:
        draft.say(Say("utter_alerted", options=(CONTINUE,)))
    else:
        start = next_opening(draft.plugs.practice, draft.now) or draft.now
        draft.say(Say("utter_not_watched", {"when": say_until(start, language, now=draft.now)}, options=(CONTINUE,)))
    draft.flush(purpose="safety_after")


def stay_pinned(draft: Draft) -> None:
    """After a hard alarm every message gets the line again, until an explicit continue (R-507)."""
    key = "utter_pinned" if draft.tracker.pinned == "emergency" else "utter_pinned_crisis"
    draft.say(Say(key, options=(CONTINUE,)))


def soft_line(draft: Draft, heard: Heard) -> None:
    """Unclear or past: one line, then on with the task."""
    draft.say(Say("utter_soft_emergency" if heard.safety.label == "emergency" else "utter_soft_crisis"))
