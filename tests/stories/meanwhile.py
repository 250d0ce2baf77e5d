"""What happens beside the patient: staff at the desk, other patients, time, and things that break. One sentence each."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from bot.desk import Refusal, TakenBy
from bot.domain.appointments import Book, EnterVisit, Hold, Person, Receipt, Window
from bot.domain.conversation import Channel
from bot.ports import Staff
from bot.privacy.phi import Handle, Phi, Purpose
from tests.stories.story import StoryUnreadable

if TYPE_CHECKING:
    from tests.stories.playing import Player

UNITS: Final = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
ACTS: Final = {"accepts": "accept", "declines": "decline", "finishes": "done"}


@dataclass(frozen=True, slots=True)
class Sentence:
    pattern: re.Pattern[str]
    act: Callable[[Player, re.Match[str]], Awaitable[None]]


async def happen(player: Player, sentence: str) -> None:
    for known in SENTENCES:
        match = known.pattern.fullmatch(sentence)
        if match is not None:
            await known.act(player, match)
            return
    listed = "\n  ".join(known.pattern.pattern for known in SENTENCES)
    raise StoryUnreadable(f"`meanwhile: {sentence}` is not known. Known sentences:\n  {listed}")


def staff(name: str) -> Staff:
    return Staff(id=f"staff-{name.lower()}", practice="riverside", name=f"{name} Example",
                 email=f"{name.lower()}@example.test", roles=("front_desk",))  # fmt: skip


# ---- staff ----------------------------------------------------------------------------------------------------------


async def _desk(player: Player, match: re.Match[str]) -> None:
    name, act = match["name"], match["act"]
    desk, who = player.house.desk, staff(name)
    conversation = (await player.snapshot()).conversation
    moves = {"claims": desk.claim, "releases": desk.release, "returns it to the bot": desk.return_to_bot,
             "resolves": desk.resolve}  # fmt: skip
    outcome = await moves[act](conversation.id, staff=who, fence=conversation.fence)
    if isinstance(outcome, TakenBy):
        raise AssertionError(f"{name} could not do that: {outcome.owner or 'nobody'} has the conversation")


async def _replies(player: Player, match: re.Match[str]) -> None:
    conversation = (await player.snapshot()).conversation
    act = player.house.desk.reply if match["act"] == "replies" else player.house.desk.note
    done = await act(conversation.id, staff=staff(match["name"]), fence=conversation.fence, text=Phi(match["words"]),
                     key=player.new_id())  # fmt: skip
    if isinstance(done, TakenBy):
        raise AssertionError(f"{match['name']} could not write: the conversation belongs to {done.owner or 'nobody'}")


async def _cannot_reply(player: Player, match: re.Match[str]) -> None:
    conversation = (await player.snapshot()).conversation
    done = await player.house.desk.reply(conversation.id, staff=staff(match["name"]), fence=conversation.fence,
                                         text=Phi("Hello"), key=player.new_id())  # fmt: skip
    assert isinstance(done, TakenBy), f"{match['name']} could write although somebody else has the conversation"


async def _acts(player: Player, match: re.Match[str]) -> None:
    start = match.groupdict().get("start")
    act = "entered" if start else ACTS[match["act"]]
    request = (await player.snapshot()).requests[-1]
    done = await player.house.desk.act(request.id, act, staff=staff(match["name"]), start=start,
                                       clinician=match.groupdict().get("clinician"))  # fmt: skip
    if isinstance(done, Refusal):
        raise AssertionError(f"The desk refused: {done.message}")


async def _acknowledges(player: Player, match: re.Match[str]) -> None:
    rows = await player.house.store.conversations.queue("riverside")
    alert = next(row.alert for row in rows if row.alert is not None)
    done = await player.house.store.conversations.acknowledge(
        alert, staff=staff(match["name"]).id, at=player.house.clock.now()
    )
    assert done, "the alert was acknowledged already"


# ---- other patients and the practice system ------------------------------------------------------------------------


async def _other_books(player: Player, match: re.Match[str]) -> None:
    """Takes an opening of the kind this patient is looking at."""
    house, system = player.house, player.house.system.inner
    start = datetime.fromisoformat(match["start"]).replace(tzinfo=house.zone)
    kind = match["kind"] or (await player.snapshot()).tracker.slots["visit_type"]
    day = Window(first=start.date(), until=start.date() + timedelta(days=1))
    now = house.clock.now()
    openings = await system.openings(kind, day, now=now, clinician=match["clinician"], limit=500)
    found = next((opening for opening in openings if opening.start == start), None)
    if found is None:
        raise AssertionError(f"nothing is open on {match['start']} for {kind}")
    held = await system.hold(found, key=f"other:{found.ref}", now=now, ttl=timedelta(minutes=5))
    assert isinstance(held, Hold), held
    other = Phi(Person("Chris Other", date(1970, 1, 1), "+17405550199"))
    assert isinstance(await system.submit(Book(held, other), key=f"book:{found.ref}", now=now), Receipt)


async def _moved(player: Player, match: re.Match[str]) -> None:
    """Staff moved the one visit of the one known patient, in the practice's own system."""
    house, known = player.house, player.story.patients[0]
    row = (await house.rows("select id from appointment"))[0]
    visit = await house.system.inner.appointment(row.id)
    assert visit is not None
    person = Person(known["name"], date.fromisoformat(str(known["birth_date"])), known["phone"])
    start = datetime.fromisoformat(match["at"]).replace(tzinfo=house.zone)
    command = EnterVisit(Phi(person), visit.visit_type, visit.clinician, visit.location, start, "before", visit.ref)
    assert isinstance(await house.system.inner.submit(command, key=f"moved:{row.id}", now=house.clock.now()), Receipt)


async def _system(player: Player, match: re.Match[str]) -> None:
    faults = {"goes down": "down", "loses its answers": "lost_answer", "stops answering": "unsure", "comes back": ""}
    player.house.system.fault = faults[match["what"]]


# ---- time and the patient's screen ---------------------------------------------------------------------------------


async def _passes(player: Player, match: re.Match[str]) -> None:
    player.house.clock.forward(int(match["count"]) * UNITS[match["unit"]])
    await player.house.work()


async def _clock(player: Player, match: re.Match[str]) -> None:
    player.house.clock.at = datetime.fromisoformat(match["at"]).replace(tzinfo=player.house.zone)
    await player.house.work()


async def _sweep(player: Player, match: re.Match[str]) -> None:
    await player.house.sweep()


async def _opens_link(player: Player, match: re.Match[str]) -> None:
    """The secure link of the last text opens the same conversation on a page."""
    link = next((found for body in reversed(player.texts_to_me())
                 if (found := re.search(r"/link#(\S+)", body))), None)  # fmt: skip
    assert link is not None, "no secure link was texted"
    redeemed = await player.house.store.sessions.redeem(Phi(link[1]), at=player.house.clock.now())
    if match["fails"]:
        assert redeemed is None, "the link opened, although it must not"
        return
    assert redeemed is not None, "the link did not open"
    assert redeemed[0] == player.conversation
    player.channel = Channel.WEB
    await player.send(choice="link_opened")


async def _back_to_texting(player: Player, match: re.Match[str]) -> None:
    player.channel = Channel.SMS


async def _leaves(player: Player, match: re.Match[str]) -> None:
    assert player.conversation is not None
    left = match["what"] == "leaves the page"
    await player.house.store.conversations.set_left(player.conversation, left=left)


async def _resumes(player: Player, match: re.Match[str]) -> None:
    """The resume code that was shown finds the conversation again."""
    handoff = (await player.snapshot()).handoff
    assert handoff is not None
    assert handoff.resume_code is not None, "no resume code was given"
    assert player.conversation is not None
    code = await player.house.store.vault.open(
        Handle(handoff.resume_code), practice="riverside", conversation=player.conversation, purpose=Purpose.IDENTITY
    )
    spelled = code.map(lambda shown: shown.replace("-", ""))
    assert player.conversation == await player.house.store.conversations.by_resume_code("riverside", spelled)


def _sentence(pattern: str, act: Callable[[Player, re.Match[str]], Awaitable[None]]) -> Sentence:
    return Sentence(re.compile(pattern), act)


NAME: Final = r"staff (?P<name>\w+)"
TIME: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d"
SENTENCES: Final = (
    _sentence(rf"{NAME} (?P<act>claims|releases|returns it to the bot|resolves)", _desk),
    _sentence(rf'{NAME} (?P<act>replies|notes) "(?P<words>.+)"', _replies),
    _sentence(rf"{NAME} cannot reply", _cannot_reply),
    _sentence(rf"{NAME} enters the visit at (?P<start>{TIME})(?: with (?P<clinician>\w+))?", _acts),
    _sentence(rf"{NAME} (?P<act>accepts|declines|finishes) the request", _acts),
    _sentence(rf"{NAME} acknowledges the alert", _acknowledges),
    _sentence(
        rf"another patient books (?P<start>{TIME})(?: with (?P<clinician>\w+))?(?: for (?P<kind>\w+))?", _other_books
    ),
    _sentence(rf"the visit is moved to (?P<at>{TIME})", _moved),
    _sentence(r"the practice system (?P<what>goes down|loses its answers|stops answering|comes back)", _system),
    _sentence(r"(?P<count>\d+) (?P<unit>minute|hour|day)s? pass(?:es)?", _passes),
    _sentence(rf"the clock goes to (?P<at>{TIME})", _clock),
    _sentence(r"reminders are due", _sweep),
    _sentence(r"the patient opens the secure link(?P<fails> in vain)?", _opens_link),
    _sentence(r"the patient is back on the phone", _back_to_texting),
    _sentence(r"the patient (?P<what>leaves the page|comes back)", _leaves),
    _sentence(r"the resume code leads back here(?P<what>)", _resumes),
)
