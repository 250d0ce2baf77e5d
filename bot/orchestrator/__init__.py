"""The turn: one inbound message and all it caused. Decides which lane speaks; saves everything at once."""

from bot.orchestrator.draft import Draft, Plugs
from bot.orchestrator.turn import Orchestrator

__all__ = ["Draft", "Orchestrator", "Plugs"]
