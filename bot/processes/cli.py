"""`frontdesk`: the command line. Each command says what it does and what to do next; nothing here decides anything.

Commands import what they run, so that `frontdesk probe` does not load a web server.
"""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from bot.domain.errors import FrontdeskError
from bot.processes.logs import set_up_logs
from bot.processes.publication import current, published, run_knowledge
from bot.processes.settings import Settings, from_environment
from bot.processes.zones import use_packaged_zones
from knowledge.published import PmsMode, PublishedPractice

if TYPE_CHECKING:
    from integrations.sql import SqlStore

app = typer.Typer(
    help="Frontdesk: a patient-facing assistant for a medical practice. Start with `frontdesk demo`.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
staff_app = typer.Typer(
    help="People who may sign in to the desk: named persons, never shared log-ins.", no_args_is_help=True
)
app.add_typer(staff_app, name="staff")

Result = TypeVar("Result")
HERE = Path(__file__).resolve().parents[2]
SAMPLE = HERE / "knowledge" / "practices" / "riverside"
PracticeDir = Annotated[Path, typer.Option("--practice", help="The practice folder, with practice.yaml in it.")]


@app.callback()
def prepare() -> None:
    use_packaged_zones()
    set_up_logs()


def _settings() -> Settings:
    return from_environment(os.environ, home=Path.cwd())


async def _with_store(act: Callable[[SqlStore, str], Awaitable[Result]]) -> Result:
    """Open the practice's store for one administrative act."""
    from integrations.sql import create_key_file, load_keys, open_store

    settings = _settings()
    practice = _practice(settings)
    if not settings.key_file.exists() and not settings.scaled:
        create_key_file(settings.key_file)
    store = await open_store(settings.database_url, keys=load_keys(settings.key_file))
    try:
        return await act(store, practice.id)
    finally:
        await store.close()


def _practice(settings: Settings) -> PublishedPractice:
    if settings.published is not None:
        return current(settings.published.parent)
    return published(settings.practice_dir, settings.data_dir / "published")


@app.command("demo")
def demo_command(
    practice: PracticeDir = SAMPLE,
    port: Annotated[int, typer.Option(help="Port of the service; the SMS simulator takes the next one.")] = 8000,
    pms: Annotated[PmsMode | None, typer.Option(help="Whether visits are booked, or wished for.")] = None,
    data: Annotated[Path, typer.Option(help="Where the demo keeps its throw-away files.")] = Path("var/demo"),
    at: Annotated[datetime | None, typer.Option(help="Local time to pretend at the start. Default: the real one.")] = None,
) -> None:
    """Run everything on this machine with a sample practice and made-up people. No keys, no servers."""
    from bot.processes import demo

    asyncio.run(demo.run(practice, data, port=port, mode=pms, at=at))


@app.command("serve")
def serve_command(
    host: Annotated[str, typer.Option(help="Address to listen on; a TLS proxy stands in front.")] = "127.0.0.1",
    port: Annotated[int, typer.Option()] = 8000,
    worker: Annotated[bool | None, typer.Option(help="Work jobs in this process too. Default: yes on SQLite.")] = None,
) -> None:
    """Run the web service for a practice: widget, desk, webhooks."""
    from bot.processes.assembly import assemble
    from bot.processes.serving import serve, web_app

    settings = _settings()

    async def run() -> None:
        desk = await assemble(settings, _practice(settings))
        with_worker = not settings.scaled if worker is None else worker
        await serve(web_app(desk, with_worker=with_worker), host=host, port=port)

    asyncio.run(run())


@app.command("worker")
def worker_command() -> None:
    """Run turns, texts and reminders for a practice on PostgreSQL. Start as many as you need."""
    from bot.processes.assembly import assemble
    from bot.processes.serving import run_worker

    settings = _settings()

    async def run() -> None:
        desk = await assemble(settings, _practice(settings))
        try:
            await run_worker(desk)
        finally:
            await desk.close()

    asyncio.run(run())


@app.command("lane")
def lane_command(
    host: Annotated[str, typer.Option()] = "127.0.0.1", port: Annotated[int, typer.Option()] = 8100
) -> None:
    """Run the model's process. It holds the model key and nothing else, and never knows a patient."""
    os.execv(sys.executable, [sys.executable, "-m", "knowledge.service", host, str(port)])


@app.command("chat")
def chat_command(
    practice: PracticeDir = SAMPLE,
    language: Annotated[str, typer.Option(help="en or es.")] = "en",
    data: Annotated[Path, typer.Option(help="Where the published practice is kept.")] = Path("var/chat"),
) -> None:
    """Talk to the bot in the terminal; /save FILE keeps the conversation as a story."""
    from bot.processes import chatting

    asyncio.run(chatting.chat(practice, language=language, data=data))


@app.command("kb", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def kb_command(context: typer.Context) -> None:
    """The practice's knowledge: check, publish, list, new. Try `frontdesk kb check DIR`."""
    raise typer.Exit(run_knowledge(*(context.args or ["--help"])).returncode)


@app.command("init")
def init_command(directory: Annotated[Path, typer.Argument(help="A new, empty folder.")]) -> None:
    """Make a new practice: asks for its facts and writes a valid folder with draft articles."""
    raise typer.Exit(run_knowledge("init", str(directory)).returncode)


@app.command("doctor")
def doctor_command(directory: Annotated[Path, typer.Argument(help="The practice folder.")] = Path("practice")) -> None:
    """List everything that keeps this practice from going live, each with its remedy."""
    from bot.processes import doctor

    found = doctor.of_settings(os.environ, Path.cwd())
    found += asyncio.run(doctor.of_staff(os.environ, Path.cwd(), directory=directory))
    text = "\n".join(
        [*(f"- {blocker.what}\n  {blocker.remedy}" for blocker in found), doctor.of_knowledge(directory)]
    ).strip()
    typer.echo(text or "Nothing blocks going live.")
    raise typer.Exit(1 if text else 0)


@app.command("keys")
def keys_command(path: Annotated[Path, typer.Argument(help="Where to write the new key file.")]) -> None:
    """Make a key file. Keep a copy of it apart from the backups: without it nothing stored can be read."""
    from integrations.sql import create_key_file

    create_key_file(path)
    typer.echo(f"Wrote {path}. Set FRONTDESK_KEY_FILE to it, and keep a copy in a safe place.")


@app.command("probe")
def probe_command(
    task: Annotated[str, typer.Argument(help="gate, safety, intent, when or answer.")], practice: PracticeDir = SAMPLE
) -> None:
    """Read JSON Lines on stdin, write one line per line: how the bot reads a practice's own phrases."""
    from bot.processes import probe

    if task not in probe.TASKS:
        raise typer.BadParameter(f"must be one of: {', '.join(probe.TASKS)}")
    chosen = probe.tasks(published(practice, Path("var") / "probe" / practice.resolve().name))[task]
    for line in probe.run(chosen, sys.stdin):
        sys.stdout.write(line + "\n")


@staff_app.command("add")
def staff_add(
    name: Annotated[str, typer.Argument(help="First and last name.")],
    email: Annotated[str, typer.Argument()],
    role: Annotated[list[str], typer.Option(help="May be given several times.")],
) -> None:
    """Give a person a log-in. Their password is shown once."""
    from bot.processes import staffing

    password = asyncio.run(
        _with_store(
            lambda store, practice: staffing.add(store, practice=practice, name=name, email=email, roles=tuple(role))
        )
    )
    typer.echo(f"{name} can sign in as {email}. One-time password: {password}")


@staff_app.command("disable")
def staff_disable(email: Annotated[str, typer.Argument()]) -> None:
    """Take a person's log-in away, at once, on every screen."""
    from bot.processes import staffing

    asyncio.run(_with_store(lambda store, practice: staffing.disable(store, practice=practice, email=email)))
    typer.echo(f"{email} can no longer sign in, and their open sessions have ended.")


@staff_app.command("list")
def staff_list() -> None:
    """Who has a log-in."""
    for person in asyncio.run(_with_store(lambda store, practice: store.staff.all(practice))):
        typer.echo(
            f"{person.name:24} {person.email:36} {','.join(person.roles)}{'' if person.active else '  (disabled)'}"
        )


def main() -> None:
    """Errors of ours are one clear sentence, never a stack trace."""
    try:
        app()
    except FrontdeskError as wrong:
        sys.stderr.write(f"{wrong}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(0)
