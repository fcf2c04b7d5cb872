"""`liqtop snapshot`: all that is known of one coin, as text or JSON to paste anywhere."""

from typing import Literal

import msgspec

from feeds.source import Source
from tui.config_problems import suggestion
from tui.controls import Controls
from tui.exits import FINE, NO_DATA
from tui.headless.fold import fold
from tui.headless.output import narrate, write_lines, write_text
from tui.settings import Settings
from tui.text import snapshot_json, snapshot_schema, snapshot_text

Format = Literal["text", "tsv", "markdown", "json"]


def print_schema() -> int:
    """Print the JSON schema of `--format json`."""
    write_lines([msgspec.json.format(msgspec.json.encode(snapshot_schema()), indent=2)])
    return FINE


def print_snapshot(source: Source, settings: Settings, coin: str, form: Format, seconds: float | None) -> int:
    """Fold the source and print the coin's tables; the exit code tells whether there was a market event of the coin."""
    window_minutes = settings.display.window_minutes
    market = fold(source, settings, tuple(dict.fromkeys((coin, "BTC"))), seconds, (coin,)).market
    view = market.view(coin, window_minutes, 0)
    if form == "json":
        write_lines([msgspec.json.encode(snapshot_json(view, source.mode))])
    else:
        controls = Controls(coin=coin, window_minutes=window_minutes, mode=source.mode)
        write_text(snapshot_text(view, controls, form))
    if view.price.value is not None or view.tape:
        return FINE
    narrate(f"liqtop: no market event of {coin} was seen{suggestion(coin, set(market.coins) - {coin})}")
    return NO_DATA
