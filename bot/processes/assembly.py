"""Puts one practice's service together: store, shared state, understanding, lanes, desk, jobs. The one place that plugs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.desk import Desk
from bot.jobs import Reminders, Sending, handlers
from bot.lanes.intake import Intake, Tools, forms_of
from bot.orchestrator import Orchestrator, Plugs
from bot.ports import Clock, Handler, NotSent, PracticeSystem, Sent, Texts
from bot.privacy.phi import Phi
from bot.processes.clock import SystemClock
from bot.processes.settings import Settings, TwilioSettings
from bot.understanding.hear import Understanding
from integrations.rasa import RasaForms
from integrations.redis import Shared, connect
from integrations.sql import KeyRing, RowJobs, SqlStore, create_key_file, load_keys, open_store
from integrations.twilio import TwilioTexts
from knowledge.published import PmsMode, PublishedPractice


@dataclass(slots=True)
class Mode:
    """The practice's PMS mode. Only the demo changes it while running."""

    value: PmsMode

    def __call__(self) -> PmsMode:
        return self.value

    def change(self, value: PmsMode) -> None:
        self.value = value


@dataclass(frozen=True, slots=True)
class Frontdesk:
    """A running practice, ready for `web` and `worker`."""

    settings: Settings
    practice: PublishedPractice
    mode: Mode
    store: SqlStore
    shared: Shared
    system: PracticeSystem
    orchestrator: Orchestrator
    desk: Desk
    sending: Sending
    reminders: Reminders
    clock: Clock
    _stack: AsyncExitStack

    @property
    def handlers(self) -> Mapping[str, Handler]:
        return handlers(orchestrator=self.orchestrator, sending=self.sending, reminders=self.reminders)

    async def close(self) -> None:
        await self._stack.aclose()


class NoTexts:
    """Stands in where no SMS provider is set: nothing can be sent, and every attempt says so."""

    async def send(self, *, to: Phi[str], body: Phi[str], key: str) -> Sent | NotSent:
        return NotSent(code="no_provider", final=True)

    async def find(
        self, *, to: Phi[str], body: Phi[str], since: datetime, others: Collection[str] = ()
    ) -> Sent | None:
        return None


async def _store(settings: Settings, keys: KeyRing, clock: Clock) -> SqlStore:
    if not settings.scaled:
        return await open_store(settings.database_url, keys=keys, jobs=partial(RowJobs, now=clock.now))
    from integrations.procrastinate import ProcrastinateJobs  # half a second to load, for PostgreSQL only

    return await open_store(settings.database_url, keys=keys, jobs=ProcrastinateJobs)


def texts_of(settings: TwilioSettings | None, *, public_url: str, stack: AsyncExitStack) -> Texts:
    if settings is None:
        return NoTexts()
    texts = TwilioTexts(
        account=settings.account,
        token=settings.tokens[0],
        number=settings.number,
        base_url=settings.url,
        status_callback=f"{public_url}/webhooks/twilio/status",
    )
    stack.push_async_callback(texts.close)
    return texts


async def assemble(
    settings: Settings,
    practice: PublishedPractice,
    *,
    clock: Clock | None = None,
    texts: Texts | None = None,
    understanding: Understanding | None = None,
    wrap_system: Callable[[PracticeSystem], PracticeSystem] = lambda system: system,
) -> Frontdesk:
    """Open everything. Close with `Frontdesk.close()`."""
    if not settings.scaled and not settings.key_file.exists():
        create_key_file(settings.key_file)
    stack = AsyncExitStack()
    clock = clock or SystemClock()
    keys = load_keys(settings.key_file)
    store = await _store(settings, keys, clock)
    stack.push_async_callback(store.close)
    shared = await connect(settings.redis_url, secret=keys.derived("redis"))
    stack.push_async_callback(shared.close)
    mode = Mode(practice.pms_mode)
    system = wrap_system(store.practice_system(practice, mode))
    plugs = Plugs(practice, store.vault, settings.public_url)
    tools = Tools(practice, store.vault, system, shared.codes)
    intake = Intake(tools, RasaForms(list(forms_of(tools).values())))
    orchestrator = Orchestrator(
        plugs,
        understanding=understanding or Understanding(practice),
        intake=intake,
        system=system,
        conversations=store.conversations,
        signals=shared.signals,
        clock=clock,
    )
    desk = Desk(plugs, conversations=store.conversations, system=system, signals=shared.signals, clock=clock)
    sending = Sending(
        store.deliveries,
        texts or texts_of(settings.twilio, public_url=settings.public_url, stack=stack),
        signals=shared.signals,
        clock=clock,
    )
    reminders = Reminders(plugs, conversations=store.conversations, system=system, jobs=store.jobs, clock=clock)
    return Frontdesk(
        settings, practice, mode, store, shared, system, orchestrator, desk, sending, reminders, clock, stack
    )
