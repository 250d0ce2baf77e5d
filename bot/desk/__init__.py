"""What staff do: claim, reply, note, give back, resolve, act on requests. Ownership rules live in `bot.domain.ownership`."""

from bot.desk.desk import Desk
from bot.desk.outcomes import DetailRow, Done, Refusal, TakenBy

__all__ = ["Desk", "DetailRow", "Done", "Refusal", "TakenBy"]
