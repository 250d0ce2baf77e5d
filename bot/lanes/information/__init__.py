"""The information lane: questions about the practice, answered from facts and approved text."""

from bot.lanes.information.answering import Answer, answer
from bot.lanes.information.preparation import preparation
from bot.lanes.information.question import public_question

__all__ = ["Answer", "answer", "preparation", "public_question"]
