"""The one normal form of text, used by safety, opt-out, gate and retrieval alike."""

from bot.text.aligned import fold_aligned
from bot.text.fuzzy import errors_allowed, nearest, nearest_all, same_word
from bot.text.normal import MAX_CHARACTERS, Normal, fold, normal, typed
from bot.text.repair import segment

__all__ = [
    "MAX_CHARACTERS",
    "Normal",
    "errors_allowed",
    "fold",
    "fold_aligned",
    "nearest",
    "nearest_all",
    "normal",
    "same_word",
    "segment",
    "typed",
]
