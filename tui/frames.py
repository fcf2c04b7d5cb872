"""One frame of the monitor: what came is taken in, what it says beside the picture is told, the picture is painted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui.commands import BY_NAME, shown
from tui.keeping import attend
from tui.language import label
from tui.screens.over import OverScreen
from tui.steering import paired

if TYPE_CHECKING:
    from tui.app import LiqtopApp


def take(app: LiqtopApp, *, eased: bool) -> None:
    """Take events in, and tell what is new beside the picture. `eased`: as for `Session.frame`."""
    app.controls = paired(app.controls, app.session.coins)
    app.view = app.session.frame(app.controls, eased=eased)
    held_ms = app.controls.paused_at_ms
    if held_ms is not None and is_held(app) and app.view.at_ms > held_ms:  # it had to be taken anew
        app.controls = replace(app.controls, paused_at_ms=app.view.at_ms)
    attend(app)
    _tell_the_end(app)
    if app.session.unlisted is not app.unlisted:
        app.unlisted = app.session.unlisted
        if app.unlisted:
            app.say("   ".join(app.unlisted.values()))
    _carry_on(app)


def is_held(app: LiqtopApp) -> bool:
    """Whether the picture is of a moment that is over. A paused tape itself stands still."""
    return app.controls.paused_at_ms is not None and not app.session.is_tape


def paint(app: LiqtopApp) -> None:
    """Paint the frame, unless the terminal lags behind, or shows something else."""
    if getattr(app.driver, "backed_up", False):
        app.painting.skipped()
        return
    second = app.session.beside_view(app.controls, eased=True)
    over = app.screen if isinstance(app.screen, OverScreen) else None
    if app.screen is not app.main and over is None:
        return
    if getattr(app.driver, "bytes_written", None) is None:
        app.main.paint(app.view, app.controls, second)
        if over is not None:
            over.follow(second)
    else:
        colours = app.console._color_system
        with app.painting.direct(colours, app.write if over is None else lambda _: None):
            app.main.paint(app.view, app.controls, second)
        if over is not None:
            with app.painting.direct(colours, app.write):
                over.follow(second)
    app.controls = replace(app.controls, shown=app.main.shown)
    app.painting.done(app.controls)


def _tell_the_end(app: LiqtopApp) -> None:
    session, controls = app.session, app.controls
    if not session.ended or session.mode == "LIVE" or controls.paused_at_ms is not None or controls.notice:
        return
    key = shown(BY_NAME["back"].keys[0])
    back = f"; {label('{key} goes back', controls, key=key)}" if session.is_tape else ""
    app.say(f"{label('end of the data', controls)}{back}")


def _carry_on(app: LiqtopApp) -> None:
    """Bring the controls up to this moment: speed, tape, the last message, a hint, what the terminal is sent."""
    now, drive = app.clock(), app.session.drive
    speed = 1.0 if drive is None else drive.speed
    notice = app.controls.notice if now < app.notice_until else ""
    controls = replace(app.controls, notice=notice, speed=float("inf") if speed is None else speed)
    controls = replace(controls, tape=None if drive is None else drive.span)
    controls = app.hints.carried(app.view, controls, now, app.screen is app.main)
    app.controls = app.painting.measured(controls, getattr(app.driver, "bytes_written", None))
