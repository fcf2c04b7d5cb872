"""`liqtop gather`: the tables that a decision about one coin needs, where each comes from, what is missing and why."""

from typing import Literal

from feeds.source import Source
from scoring.view import MarketView
from tui.config_problems import suggestion
from tui.controls import Controls
from tui.exits import FINE, NO_DATA
from tui.format import clean, venue_code
from tui.headless.fold import fold
from tui.headless.output import narrate, write_text
from tui.sections import Section
from tui.settings import Settings
from tui.text import tables_text
from tui.views.grid import Grid
from tui.views.notation import SHORT
from tui.views.seen import seen_span, waiting, window_total
from tui.views.venues import report_grids

Format = Literal["text", "tsv", "markdown"]
_ALL = ("all", "median")


def print_gather(source: Source, settings: Settings, coin: str, form: Format, seconds: float | None) -> int:
    """Fold the source and print what was gathered; the exit code tells whether anything of the coin was seen."""
    window_minutes = settings.display.window_minutes
    names = (coin,) if coin == "BTC" else (coin, "BTC")
    market = fold(source, settings, names, seconds, (coin,)).market
    view = market.view(coin, window_minutes, 0)
    controls = Controls(coin=coin, window_minutes=window_minutes, mode=source.mode)
    write_text(tables_text(view, controls, form, gathered(view), whole=False))
    if view.price.value is not None or view.tape:
        return FINE
    narrate(f"liqtop: no market event of {coin} was seen{suggestion(coin, set(market.coins) - {coin})}")
    return NO_DATA


def gathered(view: MarketView) -> list[Section]:
    """One table: a row for each kind of data that the coin needs."""
    rows = [_price(view), _liquidations(view)]
    rows += [_reported(grid) for grid in report_grids(view, SHORT) if grid.rows or grid.missing]
    if view.coin != "BTC":
        rows.append(_bitcoin(view))
    note = "what an entry decision needs, from whom it came, and what is missing"
    return [Section("Gathered", note, ("table", "from", "missing, and why"), tuple(rows))]


def _price(view: MarketView) -> tuple[str, str, str]:
    if view.price.value is None:
        return ("price", "", clean(waiting(view)))
    return ("price", clean(view.price.source), clean(view.price.reason))


def _liquidations(view: MarketView) -> tuple[str, str, str]:
    total = window_total(view, view.ladder.window_minutes)
    venues = total.venues if total is not None else ()
    there = [venue_code(venue.venue) for venue in venues if venue.coverage > 0]
    parts = [
        f"{venue_code(venue.venue)} seen {seen_span(venue.coverage, total.window_minutes)}"
        for venue in venues
        if total is not None and venue.coverage < 1
    ]
    return ("liquidations", " ".join(there), "; ".join(parts) or ("" if there else "no feed is watched"))


def _reported(grid: Grid) -> tuple[str, str, str]:
    by_venue = grid.headings[0].text == "venue"
    named = dict.fromkeys(row[0][0] for row in grid.rows if row[0][0] not in _ALL)
    there = " ".join(named) if by_venue else "from what the exchanges above tell"
    if not by_venue and all(text == "?" for row in grid.rows for text, _ in row[1:4]):
        return (grid.title.lower(), "", "not enough was seen yet")
    return (grid.title.lower(), there, "; ".join(f"{venue_code(venue)} {why}" for venue, why in grid.missing))


def _bitcoin(view: MarketView) -> tuple[str, str, str]:
    for item in view.checklist.items:
        if item.name == "BTC context":
            missing = item.reason if "unknown" in (item.long, item.short) else ""
            return ("BTC context", clean(item.value), clean(missing))
    return ("BTC context", "", "not graded yet")
