"""The safety check: red flags, crises and clinical questions, found locally in any message before anything answers."""

from bot.understanding.safety.assessor import assess
from bot.understanding.safety.errors import SafetyTableBroken
from bot.understanding.safety.resources import Resource, for_kind, resources, stale
from bot.understanding.safety.verdict import Label, Tier, Verdict

__all__ = ["Label", "Resource", "SafetyTableBroken", "Tier", "Verdict", "assess", "for_kind", "resources", "stale"]
