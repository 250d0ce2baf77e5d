"""What a patient typed stays in its box: it is not text, and opens only with a purpose."""

from bot.privacy.phi import Phi, Purpose


def say(text: str) -> None:
    """Anything that takes plain text."""


def examples(typed: Phi[str]) -> str:
    say(typed)  # refused: arg-type
    say(", ".join([typed]))  # refused: list-item
    say(typed.reveal())  # refused: call-arg
    say(typed.reveal("because"))  # refused: arg-type
    say(typed.lower())  # refused: attr-defined
    say(typed.reveal(Purpose.UNDERSTANDING))
    return typed  # refused: return-value
