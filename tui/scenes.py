"""The demo's scenarios and the tape's time, driven from the keys: what to begin, where to go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.controls import TapeSpan
from tui.format import clock, duration
from tui.language import label
from tui.marks import heaviest_minute, mark_from
from tui.switching import begin_scenario
from tui.views.seek import sought

if TYPE_CHECKING:
    from tui.app import LiqtopApp

LEAD_MS = 10_000
"""How far before a cascade one arrives, so that it is seen to come."""
_SLACK_SECONDS = 2.0
"""How long after an arrival the key back still means the mark before that one."""


def next_scenario(app: LiqtopApp) -> None:
    """Begin the demo's next scenario."""
    names = scenario_names(app)
    current = app.switch.scenario if app.switch is not None else ""
    at = names.index(current) if current in names else -1
    begin_scenario(names[(at + 1) % len(names)] if names else "", app)


def scenario_names(app: LiqtopApp) -> tuple[str, ...]:
    """The scenarios that can be begun; none where this is no demo."""
    return app.switch.scenarios if app.switch is not None else ()


def choose_scenario(name: str, app: LiqtopApp) -> None:
    """Begin this scenario."""
    begin_scenario(name, app)


def seek_at(app: LiqtopApp, x: int) -> None:
    """Go to where the seek bar was clicked."""
    to_ms = sought(app.controls, app.main.pane("seek").size.width, x)
    if to_ms is not None and app.session.drive is not None:
        app.session.drive.seek(to_ms)
        app.tick()


def seek_by(by_ms: int, app: LiqtopApp) -> None:
    """Go so far ahead in a tape, or back."""
    if app.session.drive is None:
        only_a_tape(app)
    else:
        app.session.drive.seek(app.session.drive.place_ms + by_ms)


def seek_mark(by: int, app: LiqtopApp) -> None:
    """Go to just before the next cascade of the tape, or the one before; else to before its heaviest minute."""
    drive = app.session.drive
    span = None if drive is None else drive.span
    if drive is None or span is None:
        only_a_tape(app)
        return
    speed, scan = drive.speed, drive.scan
    slack_ms = round(_SLACK_SECONDS * 1000 * min(speed or 1.0, 100.0)) if by < 0 and not span.ended else 0
    here_ms = span.at_ms + LEAD_MS - slack_ms
    found = mark_from(span, here_ms, by, app.controls.coin)
    if found is None and not span.marks:
        found = heaviest_minute(span, here_ms, by)
    if scan is not None and span.scan == "resting" and (found is None or by > 0):
        scan.go_on()
    if found is None:
        app.say(_nothing(span, by, app))
        return
    at_ms, words, others = found
    drive.seek(at_ms - LEAD_MS)
    time, words = clock(at_ms, app.controls.local_time), label(words, app.controls)
    said = label("{lead} before {time}: {words}", app.controls, lead=duration(LEAD_MS), time=time, words=words)
    app.say(said + (f" +{others}" if others else ""))


def _nothing(span: TapeSpan, by: int, app: LiqtopApp) -> str:
    if span.scan in ("none", "failed"):
        return label("the tape is not scanned, so no cascades are known", app.controls)
    if span.scan != "done" and by > 0:
        return label("none up to where the tape is scanned: {share} %", app.controls, share=int(span.scanned * 100))
    words = "no further cascade or liquidation on the tape" if by > 0 else "no cascade or liquidation before this one"
    return label(words, app.controls)


def only_a_tape(app: LiqtopApp) -> None:
    """Say that there is no time to drive."""
    app.say(label("only a replay can do that; this is {mode}", app.controls, mode=app.session.mode))
