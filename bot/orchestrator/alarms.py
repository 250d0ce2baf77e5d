"""What a safety verdict makes the bot say and do. Outranks consent, opt-out, forms and staff ownership (R-501, R-505)."""

from __future__ import annotations

from bot.domain.blocks import Emergency, Link
from bot.domain.conversation import Reason
from bot.domain.says import Option, Say
from bot.domain.tracker import LaneTaken, Pinned
from bot.lanes.escalation import hand_over
from bot.orchestrator.draft import Draft
from bot.responses import label, say_until, template
from bot.understanding.facts.hours import next_opening
from bot.understanding.heard import Heard
from bot.understanding.safety import Verdict, for_kind


def text_of(verdict: Verdict) -> str:
    """The fixed text's name: an attempt under way, the verdict's kind, or its label."""
    return "attempt" if verdict.attempt else verdict.kind or verdict.label


def links_of(verdict: Verdict, language: str) -> tuple[Link, ...]:
    """What can be called or texted with one tap, from the reviewed numbers and nowhere else (R-504)."""
    links: list[Link] = []
    for service in for_kind(verdict.kind or verdict.label, attempt=verdict.attempt):
        digits = service.call.replace("-", "")
        links.append(Link(f"{label('link_call', language)} {service.call}", f"tel:{'+' if len(digits) > 3 else ''}{digits}"))
        if language in service.text_to:
            number, _ = service.text_to[language]
            links.append(Link(f"{label('link_text', language)} {number}", f"sms:{number}"))
    return tuple(links)


def raise_alarm(draft: Draft, verdict: Verdict) -> None:
    """Hard tier: the fixed text first and alone, the pin, the urgent hand-off, the alert."""
    kind, language = text_of(verdict), draft.language
    reason = Reason.EMERGENCY if verdict.label == "emergency" else Reason.CRISIS
    draft.apply(LaneTaken("safety", kind), Pinned(verdict.label))
    text = template(f"utter_{kind}", language).text
    card = Emergency(kind, label(f"title_{kind}", language), text, links_of(verdict, language))
    draft.say(Say(f"utter_{kind}_card", blocks=(card,)))
    draft.flush(purpose="safety")
    told = hand_over(
        reason, practice=draft.plugs.practice, now=draft.now, language=language, channel=draft.channel, code=None
    )
    draft.open_handoff(reason, due=told.due)
    draft.alert(kind)
    if told.open_now:
        draft.say(Say("utter_alerted", options=(go_on(draft),)))
    else:
        start = next_opening(draft.plugs.practice, draft.now) or draft.now
        draft.say(Say("utter_not_watched", {"when": say_until(start, language, now=draft.now)}, options=(go_on(draft),)))
    draft.flush(purpose="safety_after")


def stay_pinned(draft: Draft) -> None:
    """After a hard alarm every message gets the line again, until an explicit continue (R-507)."""
    key = "utter_pinned" if draft.tracker.pinned == "emergency" else "utter_pinned_crisis"
    draft.say(Say(key, options=(go_on(draft),)))


def soft_line(draft: Draft, heard: Heard) -> None:
    """Unclear or past: one line, then on with the task."""
    draft.say(Say("utter_soft_emergency" if heard.safety.label == "emergency" else "utter_soft_crisis"))


def go_on(draft: Draft) -> Option:
    """The explicit way on; a person in a crisis is not asked to call it a false alarm."""
    return Option("continue", "choice_not_emergency" if draft.tracker.pinned == "emergency" else "choice_ready")
