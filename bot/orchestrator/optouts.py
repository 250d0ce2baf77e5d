"""STOP, START, HELP, wrong number: recorded at once, answered once (R-404 to R-413)."""

from __future__ import annotations

from bot.domain.conversation import Channel, Reason
from bot.domain.says import Say
from bot.lanes.escalation import hand_over
from bot.orchestrator.draft import Draft
from bot.understanding.optout import OptOut, OptOutKind


def apply_opt_out(draft: Draft, said: OptOut) -> bool:
    """True when the message was about texting itself, so that nothing else answers it."""
    if draft.channel is not Channel.SMS:
        return False
    match said.kind:
        case OptOutKind.STOP:
            return _stop(draft, said)
        case OptOutKind.START if said.keyword:
            draft.consent(texts=True, proof="sms:START")
            draft.say(Say("utter_opted_in"))
            draft.flush(purpose="optin")
            return True
        case OptOutKind.HELP if said.keyword:
            draft.say(Say("utter_help"))
            draft.flush(purpose="help")
            return True
        case OptOutKind.WRONG_NUMBER:
            _to_staff(draft, Reason.WRONG_NUMBER)
            draft.say(Say("utter_wrong_number"))
            draft.flush(purpose="optout")
            draft.consent(texts=False, proof="sms:wrong_number")
            return True
    return False


def _stop(draft: Draft, said: OptOut) -> bool:
    already = draft.opted_out
    draft.consent(texts=False, proof="sms:STOP" if said.keyword else "sms:words")
    if said.bare_cancel:
        _to_staff(draft, Reason.MAYBE_VISIT)
    if not already:  # exactly one confirmation, then silence
        draft.say(Say("utter_opted_out"))
        draft.flush(purpose="optout")
    return True


def _to_staff(draft: Draft, reason: Reason) -> None:
    told = hand_over(
        reason, practice=draft.plugs.practice, now=draft.now, language=draft.language, channel=draft.channel, code=None
    )
    draft.open_handoff(reason, due=told.due)
