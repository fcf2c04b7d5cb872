"""Starts the monitor on a source: the only way from the command line to the screen."""

import os
import sys
from contextlib import ExitStack
from pathlib import Path

from tui.controls import Controls
from tui.exits import BadUsage
from tui.headless.output import narrate
from tui.recording import Recording
from tui.settings import Settings
from tui.sources import Choice, open_source
from tui.words import Watched


def show(choice: Choice, settings: Settings, watched: Watched, tape: Path | None, instead: str) -> int:
    """Show the source until the reader quits; `instead`: what to run where there is no terminal."""
    if problem := _terminal_problem():
        raise BadUsage(f"the monitor needs a terminal, and {problem}; without one: {instead}")
    from tui.app import run_monitor
    from tui.session import Session

    display = settings.display
    controls = Controls(
        coin=watched.coins[0],
        window_minutes=display.window_minutes,
        local_time=display.local_time,
        list_name=watched.list_name,
    )
    with ExitStack() as stack:
        recording = stack.enter_context(Recording(tape)) if tape else None
        source = open_source(choice, settings, watched.coins, recording.write if recording else None)
        code = run_monitor(
            Session(source, settings, settings, watched.coins),
            theme=display.theme,
            frames_per_second=display.frames_per_second,
            mouse=display.mouse,
            ascii=display.ascii,
            controls=controls,
        )
    if recording and recording.failed:
        narrate(f"liqtop: the recording stopped after {recording.records:,} records: {recording.failed}")
    elif recording:
        narrate(f"liqtop: {recording.records:,} records in {recording.path}")
    return code


def _terminal_problem() -> str:
    for name, stream in (("stdin", sys.stdin), ("stdout", sys.stdout)):
        if stream is None or not stream.isatty():
            return f"{name} is none"
    kind = os.environ.get("TERM", "")
    return f"TERM={kind} can't place the cursor" if kind in ("dumb", "unknown") else ""
