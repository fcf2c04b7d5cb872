"""Taker flow as tables: CVD by exchange and window on spot and on perpetuals, and the large trades."""

from feeds.events import Market
from scoring.view import FlowReading, MarketView
from tui import format as write
from tui.views.grid import Grid, Heading
from tui.views.missing import missing
from tui.views.notation import Notation
from tui.views.reports import value
from tui.views.row import Span
from tui.views.seen import WHOLE, seen_span

_RANKS = {15: 2, 60: 0, 240: 1, 1440: 0}
"""The windows that are shown, in minutes, and which give way first."""
_Z_WINDOW = 60
_DAY = 1440


def spot_cvd(view: MarketView, notation: Notation) -> Grid:
    """Taker buys less sells on spot markets."""
    return _cvd(view, notation, "Spot CVD", "spot")


def futures_cvd(view: MarketView, notation: Notation) -> Grid:
    """Taker buys less sells on perpetuals."""
    return _cvd(view, notation, "Futures CVD", "perp")


def _cvd(view: MarketView, notation: Notation, title: str, market: Market) -> Grid:
    flows: dict[str, dict[int, FlowReading]] = {}
    for row in view.flow:
        if row.market == market:
            flows.setdefault(row.venue, {})[row.window_minutes] = row
    named = sorted((venue for venue in flows if venue), key=lambda venue: -_size(flows[venue]))
    order = [*named, *([""] if "" in flows and len(named) > 1 else [])]
    spans = [Heading(write.span(window), rank) for window, rank in _RANKS.items()]
    heads = (Heading("venue", right=False), *spans, Heading("z 1h", 3), Heading("seen", 4, right=False))
    rows = tuple(_row(venue, flows[venue], notation) for venue in order)
    what = "spot CVD" if market == "spot" else "futures CVD"
    return Grid(title, "USD bought less sold, ~ seen in part", heads, rows, missing(view, what, flows, "no trade yet"))


def _size(row: dict[int, FlowReading]) -> float:
    return abs(row[_DAY].usd) if _DAY in row else 0.0


def _row(venue: str, row: dict[int, FlowReading], notation: Notation) -> tuple[Span, ...]:
    day, hour = row.get(_DAY), row.get(_Z_WINDOW)
    return (
        (write.venue_code(venue) if venue else "all", "text" if venue else "strong"),
        *(_net(row.get(window), notation) for window in _RANKS),
        value(sigmas(hour.z if hour else None)),
        (seen_span(day.coverage, day.window_minutes) if day else write.UNKNOWN, "muted"),
    )


def _net(row: FlowReading | None, notation: Notation) -> Span:
    if row is None:
        return (write.UNKNOWN, "unknown")
    text = notation.net(row.usd, row.coverage < WHOLE, row.coverage > 0)
    style = "unknown" if text == write.UNKNOWN else "short" if row.usd > 0 else "long" if row.usd < 0 else "muted"
    return (text, style)


def sigmas(z: float | None) -> str:
    """How unusual, in standard deviations: +1.1σ."""
    return f"{z:+.1f}σ".replace("-", "−") if z is not None else write.UNKNOWN


def large(view: MarketView, notation: Notation) -> Grid:
    """Large trades of the last minutes, both sides."""
    known = view.large
    partly = known.coverage < WHOLE
    threshold = f"at least {notation.usd(known.threshold_usd)}" if known.threshold_usd is not None else "size not known"
    heads = (
        Heading("window", right=False), Heading("bought"), Heading("sold"), Heading("net"), Heading("trades", 1),
        Heading("z", 2), Heading("seen", 3, right=False),
    )  # fmt: skip
    watched = known.coverage > 0 or known.count > 0
    row = (
        (write.span(known.window_minutes), "text"),
        value(notation.amount(known.buy_usd, partly, watched)),
        value(notation.amount(known.sell_usd, partly, watched)),
        value(notation.net(known.buy_usd - known.sell_usd, partly, watched)),
        value(write.UNKNOWN if not watched else str(known.count) if known.count else write.NONE_SEEN),
        value(sigmas(known.z)),
        (seen_span(known.coverage, known.window_minutes), "muted"),
    )
    return Grid("Large trades", f"{threshold} USD", heads, (row,))
