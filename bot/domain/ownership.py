"""Who may speak: bot or one staff member. Pure moves of a conversation between owners (Chatwoot's pending and open).

Invariants (tests/properties/test_ownership.py): at most one owner; only an open conversation has one; every change of owner
raises the fence; a move made with an old fence is refused; safety text is outside of this table, it may always be said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.conversation import Conversation, Status


@dataclass(frozen=True, slots=True)
class Taken:
    """The move was not made: somebody else has the conversation, or the fence was old."""

    owner: str | None


Move = Conversation | Taken


def bot_may_speak(conversation: Conversation) -> bool:
    """The bot is silent from the hand-off on, until staff give the conversation back or resolve it."""
    return conversation.status in (Status.PENDING, Status.RESOLVED)


def hand_off(conversation: Conversation) -> Conversation:
    """Bot → queue. Asking twice changes nothing."""
    if conversation.status is Status.OPEN:
        return conversation
    return replace(conversation, status=Status.OPEN, owner=None, fence=conversation.fence + 1)


def withdraw(conversation: Conversation) -> Move:
    """The patient goes on with the bot while nobody has claimed yet."""
    if conversation.owner is not None:
        return Taken(conversation.owner)
    if conversation.status is not Status.OPEN:
        return conversation
    return replace(conversation, status=Status.PENDING, fence=conversation.fence + 1)


def claim(conversation: Conversation, *, staff: str, fence: int) -> Move:
    """Queue (or bot) → one staff member."""
    if conversation.owner == staff:
        return conversation
    if conversation.owner is not None or conversation.fence != fence:
        return Taken(conversation.owner)
    return replace(conversation, status=Status.OPEN, owner=staff, fence=conversation.fence + 1)


def release(conversation: Conversation, *, staff: str, fence: int) -> Move:
    """Staff member → queue."""
    if conversation.owner != staff or conversation.fence != fence:
        return Taken(conversation.owner)
    return replace(conversation, status=Status.OPEN, owner=None, fence=conversation.fence + 1)


def return_to_bot(conversation: Conversation, *, staff: str, fence: int) -> Move:
    """Staff member → bot. The end of the human stretch is recorded by the raised fence."""
    if conversation.owner != staff or conversation.fence != fence:
        return Taken(conversation.owner)
    return replace(conversation, status=Status.PENDING, owner=None, fence=conversation.fence + 1)


def resolve(conversation: Conversation, *, staff: str, fence: int) -> Move:
    """Staff member closes it. A later message of the patient starts with the bot again."""
    if conversation.owner != staff or conversation.fence != fence:
        return Taken(conversation.owner)
    return replace(conversation, status=Status.RESOLVED, owner=None, fence=conversation.fence + 1)


def may_write(conversation: Conversation, *, staff: str, fence: int) -> bool:
    """A reply is allowed to the owner who has seen the latest change of owner."""
    return conversation.owner == staff and conversation.fence == fence
