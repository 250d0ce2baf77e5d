"""Words that steer a conversation in every state: yes, back, forget it, change the time, a person, status."""

from bot.understanding.commands.reader import Steering, read

__all__ = ["Steering", "read"]
