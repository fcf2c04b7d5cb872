"""Starts the monitor on a source: the only way from the command line to the screen."""

import os
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from feeds.source import Source
from tui.controls import Controls
from tui.exits import BadUsage
from tui.governor import bytes_a_second
from tui.headless.output import narrate
from tui.language import language_of
from tui.recording import Recording
from tui.settings import Settings
from tui.sources import Choice, open_source, tape_path
from tui.watchlists import Watchlists

if TYPE_CHECKING:
    from tui.app import LiqtopApp
    from tui.desk import Desk
    from tui.scanning.scan import Scan
    from tui.session import Session
    from tui.storing import Storing
    from tui.switching import Switch

SWITCH_SECONDS = 0.001
"""How soon a busy feeds' thread gives way to the screen's; Python's own 5 ms are felt in the first paint."""


def show(choice: Choice, lists: Watchlists, tape: Path | None, instead: str) -> int:
    """Show the source until the reader quits; `instead`: what to run where there is no terminal.

    Only live exchanges are stored.
    """
    if problem := _terminal_problem():
        raise BadUsage(f"the monitor needs a terminal, and {problem}; without one: {instead}")
    from tui.session import Session
    from tui.switching import Switch

    settings, coins = lists.settings, lists.watched.coins
    lost: list[str] = []
    with ExitStack() as stack:
        recording = stack.enter_context(Recording(tape)) if tape else None
        recorder = recording.write if recording else None
        storing = _storing(settings) if choice.live and settings.store.enabled else None
        if storing is not None:
            stack.callback(lambda: lost.append(storing.close()))

        def successor(wanted: Settings, coins: Sequence[str], last: Source) -> Source | None:
            chosen = replace(choice, scenario=switch.scenario) if choice.demo else choice
            return None if choice.tape else open_source(chosen, wanted, coins, recorder, last, storing)

        source = open_source(choice, settings, coins, recorder, memory=storing)
        switch = Switch(lists, settings, successor, *_scenarios(choice))
        session = Session(source, settings, settings, coins, storing=storing, scan=_scan(choice, lists, source))
        desk = _desk(session, lists)
        app = _app(session, desk, switch, lists)
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            app.run(mouse=settings.display.mouse)
        finally:
            session.stop()
            lost.append(desk.close())
    _tell(lost, recording)
    return app.return_code or 0


def _app(session: "Session", desk: "Desk", switch: "Switch", lists: Watchlists) -> "LiqtopApp":
    """The screen, as the settings want it."""
    from tui.app import LiqtopApp
    from tui.hints import open_hints

    display = lists.settings.display
    return LiqtopApp(
        session,
        theme=display.theme,
        rising=display.rising,
        frames_per_second=display.frames_per_second,
        bandwidth=bytes_a_second(display.bandwidth),
        controls=replace(_controls(lists), scenario=switch.scenario),
        switch=switch,
        desk=desk,
        hints=open_hints(display.hints),
        when_painted=session.start,  # so that the first screen has the core for itself
    )


def _tell(lost: Sequence[str], recording: Recording | None) -> None:
    """Say what was lost, "" for nothing, and what became of the recording."""
    for line in filter(None, lost):
        narrate(f"liqtop: {line}")
    if recording and recording.failed:
        narrate(f"liqtop: the recording stopped after {recording.records:,} records: {recording.failed}")
    elif recording:
        narrate(f"liqtop: {recording.records:,} records in {recording.path}")


def _controls(lists: Watchlists) -> Controls:
    settings, display = lists.settings, lists.settings.display
    return Controls(
        coin=lists.watched.coins[0],
        window_minutes=display.window_minutes,
        lens=settings.map.lens,
        preset=settings.map.preset,
        ascii=display.ascii,
        layout=display.layout,
        language="en" if display.ascii else language_of(display.language),
        local_time=display.local_time,
        list_name=lists.watched.list_name,
    )


def _desk(session: "Session", lists: Watchlists) -> "Desk":
    """What goes on beside the picture."""
    from tui.alerting import Alerting, alert_rules
    from tui.desk import Desk
    from tui.journal_file import JournalFile
    from tui.journal_store import JournalStore
    from tui.journaling import Journaling

    settings, mode = lists.settings, session.mode
    alerting = Alerting(alert_rules(lists.loaded), settings.alerting, settings.notify, mode, os.environ)
    journal_file = JournalFile(JournalStore(settings.journal.file(mode)))
    return Desk(session, alerting, Journaling(journal_file, settings.journal, mode))


def _storing(settings: Settings) -> "Storing":
    from tui.storing import Storing

    return Storing(settings.store, settings.map)


def _scenarios(choice: Choice) -> tuple[str, tuple[str, ...]]:
    """What the demo plays, and all it can; nothing where this is no demo."""
    if not choice.demo:
        return "", ()
    from feeds.demo.script import SCENARIOS

    return choice.scenario, SCENARIOS


def _scan(choice: Choice, lists: Watchlists, source: Source) -> "Scan | None":
    """What looks through a tape ahead of its play."""
    from tui.driving import Timeline

    if choice.tape is None or not isinstance(source, Timeline):
        return None
    from tui.scanning.order import Order
    from tui.scanning.scan import BUDGET_SECONDS, Scan

    path = str(tape_path(choice.tape).resolve())
    settings = lists.settings.model_dump_json()
    return Scan(Order(path, source.first_ms, source.end_ms, lists.watched.coins, settings, BUDGET_SECONDS))


def _terminal_problem() -> str:
    for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout)):
        if stream is None or not stream.isatty():
            return f"{name} is none"
    kind = os.environ.get("TERM", "")
    return f"TERM={kind} can't place the cursor" if kind in ("dumb", "unknown") else ""
