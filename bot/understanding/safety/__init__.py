"""The safety check: red flags, crises and clinical questions, found locally in any message before anything answers."""

from bot.understanding.safety.assessor import assess
from bot.understanding.safety.errors import SafetyTableBroken
from bot.understanding.safety.verdict import Label, Tier, Verdict

__all__ = ["Label", "SafetyTableBroken", "Tier", "Verdict", "assess"]
