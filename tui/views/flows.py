"""Taker flow as tables: CVD by exchange and window on spot and on perpetuals, and the large trades."""

from feeds.events import Market
from scoring.view import FlowReading, MarketView
from tui import format as write
from tui.controls import Controls
from tui.language import ENGLISH, label
from tui.views.grid import Grid, Heading
from tui.views.missing import missing
from tui.views.notation import Notation
from tui.views.report_cells import in_one_unit, marked, value
from tui.views.row import Span
from tui.views.seen import WHOLE, seen_span

_RANKS = {15: 2, 60: 0, 240: 1, 1440: 0}
"""The windows that are shown, in minutes, and which give way first."""
_Z_WINDOW = 60
_DAY = 1440


def spot_cvd(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """Taker buys less sells on spot markets."""
    return _cvd(view, notation, "spot", controls)


def futures_cvd(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """Taker buys less sells on perpetuals."""
    return _cvd(view, notation, "perp", controls)


def _cvd(view: MarketView, notation: Notation, market: Market, controls: Controls) -> Grid:
    flows: dict[str, dict[int, FlowReading]] = {}
    for row in view.flow:
        if row.market == market:
            flows.setdefault(row.venue, {})[row.window_minutes] = row
    named = sorted((venue for venue in flows if venue), key=lambda venue: -_size(flows[venue]))
    order = [*named, *([""] if "" in flows and len(named) > 1 else [])]
    units = {
        window: in_one_unit((flows[venue][window].usd for venue in order if window in flows[venue]), notation)
        for window in _RANKS
    }
    spans = [Heading(write.span(window), rank) for window, rank in _RANKS.items()]
    heads = (Heading("venue", right=False), *spans, Heading("z 1h", 3), Heading("seen", 4))
    rows = tuple(_row(market, venue, flows[venue], units, controls) for venue in order)
    what = "spot CVD" if market == "spot" else "futures CVD"
    absent = missing(view, what, flows, "no trade yet", controls)
    return Grid(
        "Spot CVD" if market == "spot" else "Futures CVD", "USD bought less sold, ~ in part", heads, rows, absent
    )


def _size(row: dict[int, FlowReading]) -> float:
    return abs(row[_DAY].usd) if _DAY in row else 0.0


def _row(
    market: Market, venue: str, row: dict[int, FlowReading], units: dict[int, Notation], controls: Controls
) -> tuple[Span, ...]:
    day, hour = row.get(_DAY), row.get(_Z_WINDOW)
    seen = seen_span(day.coverage, day.window_minutes, controls) if day else write.UNKNOWN
    nets = [
        marked((_net(row.get(window), units[window]),), ("flow",), f"{market}/{window}/{venue}")[0] for window in _RANKS
    ]
    cells = (
        (write.venue_code(venue), "text") if venue else (label("all", controls), "strong"),
        *nets,
        *marked((value(sigmas(hour.z if hour else None)),), ("flow_z",), f"{market}/{_Z_WINDOW}/{venue}"),
        (seen, "muted"),
    )
    return marked(cells, ("", *("flow",) * len(nets), "flow_z", "flow"), f"{market}/{_DAY}/{venue}")


def _net(row: FlowReading | None, notation: Notation) -> Span:
    if row is None:
        return (write.UNKNOWN, "unknown")
    text = notation.net(row.usd, row.coverage < WHOLE, row.coverage > 0)
    style = "unknown" if text == write.UNKNOWN else "short" if row.usd > 0 else "long" if row.usd < 0 else "muted"
    return (text, style)


def sigmas(z: float | None) -> str:
    """How unusual, in standard deviations: +1.1σ."""
    return f"{z:+.1f}σ".replace("-", "−") if z is not None else write.UNKNOWN


def large(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> Grid:
    """Large trades of the last minutes, both sides."""
    known = view.large
    partly = known.coverage < WHOLE
    note = label("size not known", controls)
    if known.threshold_usd is not None:
        note = label("at least {usd} USD", controls, usd=notation.usd(known.threshold_usd))
    heads = (
        Heading("window", right=False), Heading("bought"), Heading("sold"), Heading("net"), Heading("trades", 1),
        Heading("z", 2), Heading("seen", 3),
    )  # fmt: skip
    watched = known.coverage > 0 or known.count > 0
    cells = (
        (write.span(known.window_minutes), "text"),
        value(notation.amount(known.buy_usd, partly, watched)),
        value(notation.amount(known.sell_usd, partly, watched)),
        value(notation.net(known.buy_usd - known.sell_usd, partly, watched)),
        value(write.UNKNOWN if not watched else str(known.count) if known.count else write.NONE_SEEN),
        value(sigmas(known.z)),
        (seen_span(known.coverage, known.window_minutes, controls), "muted"),
    )
    row = marked(cells, ("large", "large", "large", "large", "large_count", "large_z", "large"), "")
    return Grid("Large trades", note, heads, (row,), topic="reports.large_from")
