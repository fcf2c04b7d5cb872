"""`liqtop doctor`: what works here and what doesn't, from the config to each exchange's first real event."""

import asyncio
import locale
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from feeds.narrator import now_ms
from tui import VERSION
from tui.doctor.check import Check, counts, failed
from tui.doctor.clock import clock_checks
from tui.doctor.config import GROUP as CONFIG
from tui.doctor.config import config_checks
from tui.doctor.folders import folder_checks
from tui.doctor.glyphs import Measure, measured
from tui.doctor.libraries import library_checks
from tui.doctor.network import GROUP as NETWORK
from tui.doctor.network import network_checks, way_out_checks
from tui.doctor.store import store_checks
from tui.doctor.surroundings import Surroundings, ancestors, tmux_options
from tui.doctor.terminal import terminal_checks
from tui.doctor.venues import look_at_venues
from tui.exits import FINE, NO, USAGE
from tui.headless.output import narrate, printable, write_lines, write_text
from tui.settings import Loaded, Settings


def print_doctor(
    config: str | None, read: Callable[[], Loaded], venues: Sequence[str], seconds: float, json: bool
) -> int:
    """Print each check as it is made, or all of them as one JSON object at the end.

    `config`: the file of `--config`. `read` reads the settings. `venues`: which exchanges to look at; none: all that
    are configured. Exit code 0: nothing failed, 1: something did, 2: the config can't be obeyed.
    """
    report = _Report(quiet=json)
    loaded, checks = config_checks(config, read)
    report.tell(checks)
    settings = loaded.settings if loaded is not None else Settings()
    report.tell(library_checks())
    report.tell(_files(settings))
    report.tell(terminal_checks(_surroundings(os.environ), _measure()))
    if loaded is None:
        report.tell([Check(NETWORK, "exchanges", "not tried", f"the {CONFIG} is wrong")])
    else:
        _ask_exchanges(settings.on(venues), seconds, report)
    report.end()
    return USAGE if loaded is None else NO if failed(report.checks) else FINE


class _Report:
    """Takes the checks and prints them line by line, or at the end as JSON where it is `quiet`."""

    def __init__(self, quiet: bool) -> None:
        self.checks: list[Check] = []
        self._quiet = quiet

    def tell(self, checks: Sequence[Check]) -> None:
        self.checks += checks
        if not self._quiet and checks:
            write_text("\n".join(printable(check.line()) for check in checks))

    def end(self) -> None:
        """The counts; with JSON everything."""
        many = counts(self.checks)
        if not self._quiet:
            write_text(", ".join(f"{count} {status}" for status, count in many.items()))
            return
        document = {
            "liqtop": VERSION,
            "at_ms": now_ms(),
            "failed": failed(self.checks),
            "counts": many,
            "checks": [check.document() for check in self.checks],
        }
        write_lines([msgspec.json.encode(document)])


def _ask_exchanges(settings: Settings, seconds: float, report: _Report) -> None:
    report.tell(network_checks(settings.network, os.environ))
    names = settings.network.venues
    narrate(f"liqtop: asking {len(names)} exchange{'s' if len(names) > 1 else ''} for up to {seconds:g} s")
    report.tell(asyncio.run(_exchanges(settings, seconds, report.tell)))


async def _exchanges(settings: Settings, seconds: float, tell: Callable[[Sequence[Check]], None]) -> list[Check]:
    """The way to the exchanges and all of them, told as they are complete; returns what they say of the clock."""

    async def look_at_way_out() -> None:
        tell(await way_out_checks(settings.network, seconds))

    async with asyncio.TaskGroup() as group:
        group.create_task(look_at_way_out(), name="way out")
        lags = group.create_task(look_at_venues(settings, seconds, tell), name="exchanges")
    return clock_checks(lags.result(), settings.intake)


def _files(settings: Settings) -> list[Check]:
    return [*folder_checks(settings.journal, settings.store), *store_checks(settings.store)]


def _surroundings(environment: Mapping[str, str]) -> Surroundings:
    size = None
    if sys.stdout is not None and sys.stdout.isatty():
        size = tuple(os.get_terminal_size(sys.stdout.fileno()))
    return Surroundings(
        environment=environment,
        size=(size[0], size[1]) if size else None,
        encoding=locale.getpreferredencoding(False),
        tmux=tmux_options(environment),
        ancestors=ancestors(),
    )


def _measure() -> Measure | None:
    """Asks the terminal, where stdin and stdout are one."""
    if any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stdout)) or sys.platform == "win32":
        return None
    sys.stdout.flush()
    return partial(measured, source=sys.stdin.fileno(), sink=sys.stdout.fileno())
