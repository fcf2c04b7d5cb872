"""The header's words for open interest, the crowd and the flow, each left out where nothing is known of it."""

from statistics import median

from feeds.events import Market
from scoring.view import FlowReading, MarketView
from tui.controls import Controls
from tui.format import usd
from tui.language import label
from tui.views.notation import SHORT
from tui.views.reports import summed_change
from tui.views.row import Row, about
from tui.views.seen import WHOLE

_HOUR = 60
_MARKETS: tuple[Market, ...] = ("spot", "perp")


def interest_gauge(view: MarketView, controls: Controls, short: bool = False) -> Row:
    """The sum of the exchanges and its change in USD; the last known one where none is fresh."""
    rows = [row for row in view.interest if row.usd is not None]
    fresh = [row for row in rows if not row.stale]
    shown = fresh or rows
    if not shown:
        return ()
    total = (usd(sum(row.usd or 0.0 for row in shown)), "text" if fresh else "stale")
    head: Row = about("header.interest", ((f"{label('OI', controls)} ", "muted"), total))
    if not fresh:
        return (*head, *about("header.interest", ((f" {label('stale', controls)}", "warn"),)))
    day = summed_change([(row.usd, row.usd_24h) for row in fresh])
    grown: Row = about("header.interest_24h", ((" ", "text"), day, (" 24h", "muted")))
    if short:
        return (*head, *grown)
    hour = summed_change([(row.usd, row.usd_1h) for row in fresh])
    return (*head, *about("header.interest_1h", ((" ", "text"), hour, (" 1h", "muted"))), *grown)


def crowd_gauge(view: MarketView, controls: Controls) -> Row:
    """Long and short accounts, the median of the fresh exchanges."""
    shares = [row.long_share for row in view.crowd if row.basis == "accounts" and not row.stale]
    if not shares:
        return ()
    long = round(100 * median(shares))
    sides: Row = ((f"{long}", "long"), ("/", "muted"), (f"{100 - long}", "short"))
    return about("header.crowd", ((f"{label('L/S', controls)} ", "muted"), *sides))


def flow_gauge(view: MarketView, controls: Controls) -> Row:
    """Taker buys less sells of the last hour on spot and on perpetuals."""
    parts: list[Row] = []
    for market in _MARKETS:
        row = _hour(view, market)
        if row is not None and row.coverage > 0:
            net = SHORT.net(row.usd, row.coverage < WHOLE, True)
            told: Row = ((" ", "text"), (net, "text"), (f" {label(market, controls)}", "muted"))
            parts.append(about("header.flow", told, f"{market}/{_HOUR}"))
    return ((f"{label('CVD', controls)} 1h", "muted"), *(span for part in parts for span in part)) if parts else ()


def _hour(view: MarketView, market: Market) -> FlowReading | None:
    for row in view.flow:
        if row.market == market and row.window_minutes == _HOUR and not row.venue:
            return row
    return None
