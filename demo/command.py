"""`calendra demo`: runs the whole product on this machine, without any set-up."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click
import msgspec
from rich.console import Console

from adapters.postgres.operations.migrate import upgrade
from demo.embedded_postgres import EmbeddedPostgres, EmbeddedPostgresError
from demo.practice import PASSWORD, PEOPLE, seed
from demo.sandbox.config import SandboxConfig
from demo.sandbox.run import SandboxProcess
from demo.state import DemoState, demo_environment, start_over, stored_state
from entrypoints.cli.checked_settings import settings_or_exit
from entrypoints.cli.serve import run_server
from entrypoints.container import Container
from entrypoints.lifecycle import opened
from entrypoints.logs import configure_logs
from entrypoints.settings import Settings

_console = Console(highlight=False)


@click.command()
@click.option("--fresh", is_flag=True, help="Start over with new data.")
@click.option("--port", default=8000, show_default=True, help="For Calendra.")
@click.option("--sandbox-port", default=8001, show_default=True, help="For the Zoom sandbox.")
@click.option("--state", type=click.Path(path_type=Path), default=Path(".calendra"), show_default=True)
def demo(fresh: bool, port: int, sandbox_port: int, state: Path) -> None:
    """Run Calendra with its own PostgreSQL, a Zoom sandbox and a practice to try it with.

    The data stay until --fresh. Stop with Ctrl-C.
    """
    configure_logs("warning")
    _must_be_free(port, "--port")
    _must_be_free(sandbox_port, "--sandbox-port")
    if fresh:
        start_over(state)
    with ExitStack() as parts:
        stored = stored_state(state, port, sandbox_port)
        stored.save(state)  # before anything is encrypted with its keys
        postgres = _postgres(parts, state)
        sandbox = parts.enter_context(SandboxProcess(sandbox_config(stored), state / "sandbox.json", sandbox_port))
        os.environ.update(demo_environment(stored, postgres.address, sandbox.address))
        settings = settings_or_exit()
        _prepare(settings, sandbox.address, seeded=stored.seeded)
        msgspec.structs.replace(stored, seeded=True).save(state)
        with _announced(stored, state):
            _greet(settings, sandbox.address)
            run_server(settings)


def sandbox_config(stored: DemoState) -> SandboxConfig:
    own = stored.public_address
    webhook_events = f"http://127.0.0.1:{stored.port}/webhooks/zoom"
    return SandboxConfig(
        redirect_uris=(f"{own}/oauth/zoom/callback",), webhook_url=webhook_events, deauthorization_url=webhook_events
    )


def _postgres(parts: ExitStack, state: Path) -> EmbeddedPostgres:
    with _console.status("Starting Postgres …"):
        try:
            return parts.enter_context(EmbeddedPostgres(state / "postgres"))
        except EmbeddedPostgresError as error:
            raise click.ClickException(str(error)) from error


def _prepare(settings: Settings, sandbox_address: str, *, seeded: bool) -> None:
    with _console.status("Preparing the practice …"):
        upgrade(settings.database_url)
        if not seeded:
            asyncio.run(_seed(Container(settings=settings), sandbox_address))


async def _seed(container: Container, sandbox_address: str) -> None:
    async with opened(container):
        await seed(container, sandbox_address)


@contextmanager
def _announced(stored: DemoState, state: Path) -> Iterator[None]:
    """While the demo runs, other programs on this machine find it by this file."""
    running = state / "running.json"
    running.write_bytes(msgspec.json.encode({"port": stored.port, "sandbox_port": stored.sandbox_port}))
    try:
        yield
    finally:
        running.unlink(missing_ok=True)


def _greet(settings: Settings, sandbox_address: str) -> None:
    _console.print(f"\n[bold]Calendra[/bold]      {settings.public_address}   (the API: /schema/openapi.json)")
    _console.print(f"[bold]Zoom sandbox[/bold]  {sandbox_address}   (not the real Zoom)")
    _console.print(
        f"\nSign in at {settings.public_address}/sign-in by one click, or with the password [bold]{PASSWORD}[/bold]:"
    )
    for name, email, role in PEOPLE:
        connected = "  Zoom connected" if email.startswith("ana.") else ""
        _console.print(f"  {email:<28} {name}, {role.value}{connected}")
    _console.print("\nSee it work, step by step, from another terminal: [bold]make walk[/bold]")
    _console.print("Stop with Ctrl-C. The data stay; [bold]make demo ARGS=--fresh[/bold] starts over.\n")


def _must_be_free(port: int, option: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            said = f"Port {port} is in use. Is a demo running already? Otherwise choose another one with {option}."
            raise click.ClickException(said) from error
