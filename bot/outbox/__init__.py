"""The one door out: what may be sent to a patient, when, and in which words (R-010)."""

from bot.outbox.deliver import Blocked, Dispatch, Ruling, deliver
from bot.outbox.segments import Segments, segments
from bot.outbox.texting import as_text

__all__ = ["Blocked", "Dispatch", "Ruling", "Segments", "as_text", "deliver", "segments"]
