"""The header's words for open interest, the crowd and the flow, each left out where nothing is known of it."""

from statistics import median

from feeds.events import Market
from scoring.view import FlowReading, MarketView
from tui.format import usd
from tui.views.notation import SHORT
from tui.views.reports import summed_change
from tui.views.row import Row, Span
from tui.views.seen import WHOLE

_HOUR = 60
_MARKETS: tuple[Market, ...] = ("spot", "perp")


def interest_gauge(view: MarketView, short: bool = False) -> Row:
    """The sum of the exchanges and its change in USD; the last known one where none is fresh."""
    rows = [row for row in view.interest if row.usd is not None]
    fresh = [row for row in rows if not row.stale]
    shown = fresh or rows
    if not shown:
        return ()
    head: Row = (("OI ", "muted"), (usd(sum(row.usd or 0.0 for row in shown)), "text" if fresh else "stale"))
    if not fresh:
        return (*head, (" stale", "warn"))
    spans: list[Span] = []
    if not short:
        spans += [(" ", "text"), summed_change([(row.usd, row.usd_1h) for row in fresh]), (" 1h", "muted")]
    day = summed_change([(row.usd, row.usd_24h) for row in fresh])
    return (*head, *spans, (" ", "text"), day, (" 24h", "muted"))


def crowd_gauge(view: MarketView) -> Row:
    """Long and short accounts, the median of the fresh exchanges."""
    shares = [row.long_share for row in view.crowd if row.basis == "accounts" and not row.stale]
    if not shares:
        return ()
    long = round(100 * median(shares))
    return (("L/S ", "muted"), (f"{long}", "long"), ("/", "muted"), (f"{100 - long}", "short"))


def flow_gauge(view: MarketView) -> Row:
    """Taker buys less sells of the last hour on spot and on perpetuals."""
    spans: list[Span] = []
    for market in _MARKETS:
        row = _hour(view, market)
        if row is not None and row.coverage > 0:
            spans += [(" ", "text"), (SHORT.net(row.usd, row.coverage < WHOLE, True), "text"), (f" {market}", "muted")]
    return (("CVD 1h", "muted"), *spans) if spans else ()


def _hour(view: MarketView, market: Market) -> FlowReading | None:
    for row in view.flow:
        if row.market == market and row.window_minutes == _HOUR and not row.venue:
            return row
    return None
