"""Ownership: any order of moves by any number of people leaves one owner at most, and no late act counts."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.domain import ownership
from bot.domain.conversation import Channel, Conversation, Status
from bot.domain.ownership import Taken

STAFF = ("kim", "lee", "pat")
START = Conversation("talk-1", "clinic", Channel.WEB, "en")

moves = st.tuples(
    st.sampled_from(["hand_off", "withdraw", "claim", "release", "return_to_bot", "resolve"]),
    st.sampled_from(STAFF),
    st.integers(0, 2),  # how old the fence is that the person saw
)


def made(conversation: Conversation, move: tuple[str, str, int]) -> Conversation | Taken:
    name, staff, age = move
    if name == "hand_off":
        return ownership.hand_off(conversation)
    if name == "withdraw":
        return ownership.withdraw(conversation)
    act = getattr(ownership, name)
    found: Conversation | Taken = act(conversation, staff=staff, fence=conversation.fence - age)
    return found


def histories(
    history: list[tuple[str, str, int]],
) -> list[tuple[Conversation, tuple[str, str, int], Conversation | Taken]]:
    """Each state, the move tried in it, and what came of it."""
    seen = []
    now = START
    for move in history:
        after = made(now, move)
        seen.append((now, move, after))
        now = after if isinstance(after, Conversation) else now
    return seen


@given(st.lists(moves, max_size=40))
def test_only_an_open_conversation_has_an_owner(history: list[tuple[str, str, int]]) -> None:
    """The bot and a person never have it together; a pending or resolved conversation has no owner."""
    for _, _, after in histories(history):
        if isinstance(after, Conversation):
            assert after.owner is None or after.status is Status.OPEN
            assert not (after.owner and ownership.bot_may_speak(after))
            assert 1 >= sum(ownership.may_write(after, staff=staff, fence=after.fence) for staff in STAFF)


@given(st.lists(moves, max_size=40))
def test_every_change_of_hands_raises_the_fence(history: list[tuple[str, str, int]]) -> None:
    """Who speaks changed: the fence is higher by one. Nothing changed: it is the same. It never falls."""
    for before, _, after in histories(history):
        if isinstance(after, Conversation):
            changed = (before.owner, before.status) != (after.owner, after.status)
            assert after.fence == before.fence + (1 if changed else 0)


@given(st.lists(moves, max_size=40))
def test_an_old_fence_moves_nothing(history: list[tuple[str, str, int]]) -> None:
    """A person who acts on what they saw before a change of hands is refused, and told who has it."""
    for before, (name, staff, age), after in histories(history):
        if age and name not in ("hand_off", "withdraw") and not (name == "claim" and before.owner == staff):
            assert Taken(before.owner) == after


@given(st.lists(moves, max_size=40))
def test_nobody_loses_a_conversation_to_another(history: list[tuple[str, str, int]]) -> None:
    """While one person has it, only that person gives it away."""
    for before, (name, staff, _), after in histories(history):
        if before.owner is not None and isinstance(after, Conversation) and after.owner != before.owner:
            assert staff == before.owner
            assert name in ("release", "return_to_bot", "resolve")


@given(st.lists(moves, max_size=40), st.sampled_from(STAFF))
def test_a_reply_needs_the_newest_fence(history: list[tuple[str, str, int]], staff: str) -> None:
    """After any change of hands a reply that was being typed is refused."""
    seen = histories(history)
    now = seen[-1][2] if seen and isinstance(seen[-1][2], Conversation) else START
    assert isinstance(now, Conversation)
    for age in (1, 2):
        assert not ownership.may_write(now, staff=staff, fence=now.fence - age)


def test_asking_twice_is_asking_once() -> None:
    """Hand-off and claim are idempotent for whoever has it already."""
    queued = ownership.hand_off(START)
    assert queued == ownership.hand_off(queued)
    mine = ownership.claim(queued, staff="kim", fence=queued.fence)
    assert isinstance(mine, Conversation)
    assert mine == ownership.claim(mine, staff="kim", fence=0)
    assert Taken("kim") == ownership.claim(mine, staff="lee", fence=mine.fence)
    assert Taken("kim") == ownership.withdraw(mine)
    assert replace(mine, status=Status.RESOLVED, owner=None, fence=mine.fence + 1) == ownership.resolve(
        mine, staff="kim", fence=mine.fence
    )
