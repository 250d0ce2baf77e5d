"""Which published sections answer a question, with a calibrated score and the right to say: none."""

from bot.understanding.retrieval.index import ABSTAIN, Index

__all__ = ["ABSTAIN", "Index"]
