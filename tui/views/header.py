"""The header: what is watched, from which feeds, how fresh, the price with its change and funding, and a cascade."""

import math

from scoring.view import Change, FundingReading, MarketView, Reading
from tui.controls import Controls
from tui.format import UNKNOWN, clean, clock, duration, percent, venue_code
from tui.format import price as price_text
from tui.views.cascade_state import alarm
from tui.views.gauges import crowd_gauge, flow_gauge, interest_gauge
from tui.views.layout import cell, finish, first_fit, pieces, row_width, spread
from tui.views.row import Row
from tui.views.seen import is_old, is_stale, waiting
from tui.views.standing import standings
from tui.views.tabs import tabs

_DAY_MS = 86_400_000
_MINUTE_MS = 60_000
_BADGES = {"LIVE": "live", "REPLAY": "replay", "DEMO": "demo"}
_TABS_WANTED = 40
"""Cells the tabs get before lag, list name and program name do."""


def header(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Two rows, and a rule where there is a third; all in one row where there is only one."""
    if height == 1:
        return finish([_single(view, controls, width)], width, 1, controls)
    rows = [_first(view, controls, width), _second(view, width), cell("─" * width, "rule")]
    return finish(rows, width, height, controls)


def _first(view: MarketView, controls: Controls, width: int) -> Row:
    badge, feeds = _badges(view, controls), standings(view)
    optional = [
        ("clock", cell(_clock(view, controls), "muted")),
        ("program", cell(" liqtop ", "accent")),
        ("list", cell(f"{clean(controls.list_name, 16)} " if controls.list_name else "", "muted")),
        ("lag", cell(_lag(view), "muted")),
    ]
    named = dict(optional)
    order = [name for name, row in optional if row_width(row)]
    wanted = min(row_width(tabs(view, controls, width * 9)), _TABS_WANTED)
    choices = [(shown, feeds[0]) for shown in range(len(order), -1, -1)] + [(0, narrow) for narrow in feeds[1:]]
    for shown, dots in choices:
        chosen = {name: named[name] for name in order[:shown]}
        left = pieces([(0, chosen.get("program", ())), (0, chosen.get("list", ()))], width, gap=1)
        right = pieces([(0, badge), (0, dots), (0, chosen.get("lag", ())), (0, chosen.get("clock", ()))], width)
        room = width - row_width(left) - row_width(right) - 2
        if room >= wanted or (shown, dots) == choices[-1]:
            return spread((*left, *tabs(view, controls, room)), right, width)
    return ()


def _single(view: MarketView, controls: Controls, width: int) -> Row:
    """Clock, names of healthy feeds, open interest, funding, then names of the others give way to coin and price."""
    price: Row = ((" ", "text"), (clean(view.coin or controls.coin, 10), "strong"), (" ", "text"), *_price(view))
    if loud := alarm(view):
        price = (*price, ("  ", "text"), *loud)
    change, funding, interest = _change(view.change), _funding(view, short=True), interest_gauge(view, short=True)
    feeds, badges, time = standings(view), _badges(view, controls), cell(_clock(view, controls), "muted")
    told = ((change, funding, interest), (change, funding), (change,), ())
    choices = [(price, *told[0], feeds[0], time), (price, *told[0], feeds[0])]
    choices += [(price, *parts, row) for parts in told for row in (feeds[1:] or feeds)]
    rows = [pieces(((0, part) for part in (*parts, badges)), width) for parts in (*choices, (price,))]
    return first_fit(rows, width)


def _badges(view: MarketView, controls: Controls) -> Row:
    mode = clean(controls.mode, 10)
    if mode == "REPLAY":
        speed = f"{controls.speed:g}x" if math.isfinite(controls.speed) else "max"
        mode = f"{mode} {speed}"
    name: Row = ((f" {mode} ", _BADGES.get(controls.mode, "warn")),)
    if controls.paused_at_ms is None:
        return name
    if controls.mode == "REPLAY":  # a tape waits, so nothing is missed
        return (*name, (" PAUSED ", "paused"))
    seconds = max(view.at_ms - controls.paused_at_ms, 0) // 1000
    paused = (f" PAUSED +{seconds} s " if seconds else " PAUSED ", "paused")
    return (paused,) if mode == "LIVE" else (*name, paused)


def _lag(view: MarketView) -> str:
    lags = [feed.lag_ms for feed in view.feeds if feed.state == "live" and feed.lag_ms is not None]
    if not lags:
        return "? ms"
    slowest = max(max(lags), 0)
    return f"{slowest} ms" if slowest < 10_000 else duration(slowest)


def _clock(view: MarketView, controls: Controls) -> str:
    return f"{clock(view.at_ms, controls.local_time)} {'local' if controls.local_time else 'UTC'}"


def _second(view: MarketView, width: int) -> Row:
    price: Row = ((" ", "text"), *_price(view))
    change, funding, brief = _change(view.change), _funding(view), _funding(view, short=True)
    full, short = interest_gauge(view), interest_gauge(view, short=True)
    crowd, flow = crowd_gauge(view), flow_gauge(view)
    choices = (
        (change, funding, full, crowd, flow, _by_venue(view)),
        (change, funding, full, crowd, flow),
        (change, brief, full, crowd, flow),
        (change, brief, short, crowd, flow),
        (change, brief, short, crowd),
        *(((change, brief, short),) if short else ()),
        (change, funding),
        (change, brief),
        (change,),
        (),
    )
    loud = alarm(view)
    rows = [pieces(((0, part) for part in (price, loud, *parts)), width, gap=3) for parts in choices]
    return first_fit(rows, width)


def _price(view: MarketView) -> Row:
    reading = view.price
    if reading.value is None:
        return ((UNKNOWN, "unknown"), (f"  {clean(waiting(view))}", "muted"))
    if is_stale(reading, view.at_ms):
        return ((price_text(reading.value), "stale"), (f" {_doubt(reading, view.at_ms)}", "warn"))
    return ((price_text(reading.value), "strong"),)


def _doubt(reading: Reading, at_ms: int) -> str:
    if is_old(reading, at_ms) and reading.at_ms is not None:
        return f"{duration(at_ms - reading.at_ms)} old"
    return clean(reading.reason)


def _change(change: Change | None) -> Row:
    if change is None:
        return ()
    glyph, style = ("▼", "fail") if change.fraction < 0 else ("▲", "pass")
    text = f"{glyph} {percent(abs(change.fraction), signed=False)}"
    short = change.span_ms < _DAY_MS - _MINUTE_MS
    return ((text, style), (f" in {duration(change.span_ms)}" if short else "", "muted"))


def _funding(view: MarketView, short: bool = False) -> Row:
    known = view.funding_median
    if known is None:
        return (("fund ", "muted"), (UNKNOWN, "unknown"))
    style = "stale" if known.stale else "text"
    head: Row = (("fund ", "muted"), (percent(known.per_8h, 4), style))
    if short:
        return (*head, (" stale" if known.stale else "", "warn"))
    yearly = percent(known.per_year, 0, signed=False)
    left_ms = known.next_at_ms - view.at_ms if known.next_at_ms is not None else -1
    wait = f" in {duration(left_ms)}" if left_ms >= 0 else ""
    return (*head, (f" 8h {yearly}/y{wait}", "muted"), (" stale" if known.stale else "", "warn"))


def _by_venue(view: MarketView) -> Row:
    if len(view.funding) < 2:
        return ()
    spans = [span for reading in view.funding for span in _venue_funding(reading)]
    return tuple(spans[1:])


def _venue_funding(reading: FundingReading) -> Row:
    style = "stale" if reading.stale else "text"
    rate = percent(reading.per_8h, 4, gap="")
    return ((" ", "text"), (f"{venue_code(reading.venue)} ", "muted"), (rate, style))
