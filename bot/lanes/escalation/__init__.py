"""The escalation lane: decides and words a hand-off. Never promises what is not recorded; never leaves a void."""

from bot.lanes.escalation.handing_over import Handover, hand_over, new_resume_code

__all__ = ["Handover", "hand_over", "new_resume_code"]
