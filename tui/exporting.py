"""The screen and the tables as files: a screenshot, and the tables of the coin."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from tui.export_settings import ExportSettings
from tui.exported import Exported, stem, write
from tui.format import clean
from tui.picture import picture
from tui.text import snapshot_json, snapshot_text
from tui.theme import page

if TYPE_CHECKING:
    from pathlib import Path

    from scoring.view import MarketView
    from tui.app import LiqtopApp
    from tui.controls import Controls


def screenshot(app: LiqtopApp) -> None:
    """Write the screen to an SVG file and say where it is."""
    folder, name, draw = _folder(app), stem(app.controls.coin, app.view.at_ms), drawing(app)
    _beside(app, lambda: write(folder, name, {".svg": draw().encode()}))


def export(app: LiqtopApp) -> None:
    """Write all tables of the coin to files and say where they are."""
    folder, view, controls, mode = _folder(app), app.view, app.controls, app.session.mode
    _beside(app, lambda: write_tables(folder, view, controls, mode))


def drawing(app: LiqtopApp) -> Callable[[], str]:
    """Takes the screen as it is shown, with whatever is on top; any thread may then make an SVG document of it."""
    strips = app.screen._compositor.render_strips()
    title = f"liqtop {clean(app.controls.coin)} {app.controls.mode}"
    return partial(picture, strips, app.size.width, page(app.style_palette, app.current_theme.dark), title)


def write_tables(folder: Path, view: MarketView, controls: Controls, mode: str) -> Exported:
    """Write the tables as text, TSV and JSON, as `liqtop snapshot` prints them."""
    contents = {
        ".txt": snapshot_text(view, controls, "text").encode(),
        ".tsv": snapshot_text(view, controls, "tsv").encode(),
        ".json": msgspec.json.encode(snapshot_json(view, mode)) + b"\n",
    }
    return write(folder, stem(controls.coin, view.at_ms), contents)


def _folder(app: LiqtopApp) -> Path:
    settings = app.switch.running.export if app.switch is not None else ExportSettings()
    return settings.path


def _beside(app: LiqtopApp, work: Callable[[], Exported]) -> None:
    """Do the work in a thread, so that neither tables nor a slow disk hold the screen up; then tell what came of it."""

    async def job() -> None:
        done = await asyncio.to_thread(work)
        app.say(done.sentence(app.controls))
        app.call_later(app.tick)  # what it raises is no failure of the writing

    app.run_worker(job(), name="export")
