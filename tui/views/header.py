"""The header: what is watched, from which feeds, how fresh, the price with its change and funding, and a cascade."""

import math

from scoring.view import Change, FundingReading, MarketView, Reading
from tui.controls import Controls
from tui.format import UNKNOWN, clean, clock, duration, minutes, percent, venue_code
from tui.format import price as price_text
from tui.language import label
from tui.views.cascade_state import alarm
from tui.views.gauges import crowd_gauge, flow_gauge, interest_gauge
from tui.views.layout import cell, finish, first_fit, pieces, row_width, spread
from tui.views.row import Row, about
from tui.views.seen import is_old, is_stale, waiting
from tui.views.standing import standings
from tui.views.tabs import tabs

_DAY_MS = 86_400_000
_MINUTE_MS = 60_000
_BADGES = {"LIVE": "live", "REPLAY": "replay", "DEMO": "demo"}
_TABS_WANTED = 40
"""Cells the tabs get before lag, list name and program name do."""
_ROOMY = 132
"""From this width on the parts of the second row stand three cells apart."""
_LAG_STEPS = (50, 100, 200, 500, 1000, 2000, 5000)
"""What a lag is rounded up to on a thin line, ms."""
_STANDSTILL = 0.00005
"""A change that is written as 0.00 %."""


def header(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Two rows, and a rule where there is a third; all in one row where there is only one."""
    if height == 1:
        return finish([_single(view, controls, width)], width, 1, controls)
    rows = [_first(view, controls, width), _second(view, controls, width), cell("─" * width, "rule")]
    return finish(rows, width, height, controls)


def _first(view: MarketView, controls: Controls, width: int) -> Row:
    badge, feeds = about("header.mode", _badges(view, controls)), standings(view, controls)
    optional = [
        ("clock", _time(view, controls)),
        ("program", cell(" liqtop ", "accent")),
        ("list", cell(f"{clean(controls.list_name, 16)} " if controls.list_name else "", "muted")),
        ("lag", about("header.lag", cell(label("lag {time}", controls, time=_lag(view, controls)), "muted"))),
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
    """Clock, healthy feeds, open interest, the change's span, funding, then the others give way to coin and price."""
    coin: Row = ((" ", "text"), (clean(view.coin or controls.coin, 10), "strong"), (" ", "text"))
    price: Row = (*coin, *_price(view, controls))
    if loud := alarm(view, controls):
        price = (*price, ("  ", "text"), *loud)
    change, funding = _change(view.change, controls), _funding(view, controls, short=True)
    based = _change(view.change, controls, based=True)
    interest, feeds = interest_gauge(view, controls, short=True), standings(view, controls)
    badges, time = about("header.mode", _badges(view, controls)), _time(view, controls)
    told: tuple[tuple[Row, ...], ...] = ((funding, interest), (funding,), ())
    choices = [(one, *told[0], feeds[0], *late) for late in ((time,), ()) for one in (based, change)]
    narrow = feeds[1:] or feeds
    for parts in told:
        choices += [(based, *parts, narrow[0]), *((change, *parts, row) for row in narrow)]
    choices += [((), row) for row in narrow]
    rows = [pieces(((0, part) for part in (price, *parts, badges)), width) for parts in (*choices, ())]
    return first_fit(rows, width)


def _badges(view: MarketView, controls: Controls) -> Row:
    mode = clean(controls.mode, 10)
    if mode == "REPLAY":
        speed = f"{controls.speed:g}x" if math.isfinite(controls.speed) else "max"
        mode = f"{mode} {speed}"
    elif mode == "DEMO" and controls.scenario:
        mode = f"{mode} {clean(controls.scenario, 12)}"
    name: Row = ((f" {mode} ", _BADGES.get(controls.mode, "warn")),)
    if controls.paused_at_ms is None:
        return name
    if controls.mode == "REPLAY":  # a tape waits, and the clock shows where
        return (*name, (f" {label('PAUSED', controls)} ", "paused"))
    moment = clock(controls.paused_at_ms, controls.local_time)
    paused = (f" {label('PAUSED', controls)} {moment} ", "paused")
    return (paused,) if mode == "LIVE" else (*name, paused)


def _time(view: MarketView, controls: Controls) -> Row:
    return about("header.clock", cell(_clock(view, controls), "muted"))


def _lag(view: MarketView, controls: Controls) -> str:
    """The slowest live feed's; on a thin line in steps that change seldom."""
    lags = [feed.lag_ms for feed in view.feeds if feed.state == "live" and feed.lag_ms is not None]
    if not lags:
        return "? ms"
    slowest = max(max(lags), 0)
    if controls.thrift:
        slowest = next((step for step in _LAG_STEPS if slowest <= step), slowest // 10_000 * 10_000)
        return f"≤{slowest} ms" if slowest < 10_000 else duration(slowest)
    return f"{slowest} ms" if slowest < 10_000 else duration(slowest)


def _clock(view: MarketView, controls: Controls) -> str:
    """The time, to the minute on a thin line. None beside a held picture, whose badge tells the moment it is of."""
    if controls.paused_at_ms is not None and controls.mode != "REPLAY":
        return ""
    shown = clock(view.at_ms, controls.local_time)
    zone = label("local", controls) if controls.local_time else "UTC"
    return f"{(shown.rpartition(':')[0] or shown) if controls.thrift else shown} {zone}"


def _second(view: MarketView, controls: Controls, width: int) -> Row:
    price: Row = ((" ", "text"), *_price(view, controls))
    change, brief = _change(view.change, controls), _funding(view, controls, short=True)
    based = _change(view.change, controls, based=True)
    funding = _funding(view, controls)
    full, short = interest_gauge(view, controls), interest_gauge(view, controls, short=True)
    crowd, flow = crowd_gauge(view, controls), flow_gauge(view, controls)
    choices = (
        (based, funding, full, crowd, flow, _by_venue(view)),
        (based, funding, full, crowd, flow),
        *((one, brief, full, crowd, flow) for one in (based, change)),
        *((one, brief, short, crowd, flow) for one in (based, change)),
        *((one, brief, short, crowd) for one in (based, change)),
        *(((change, brief, short),) if short else ()),
        (change, funding),
        (change, brief),
        (change,),
        (),
    )
    loud = alarm(view, controls)
    gap = 3 if width >= _ROOMY else 2
    rows = [pieces(((0, part) for part in (price, loud, *parts)), width, gap=gap) for parts in choices]
    return first_fit(rows, width)


def _price(view: MarketView, controls: Controls) -> Row:
    reading = view.price
    if reading.value is None:
        why = (f"  {clean(waiting(view, controls))}", "muted")
        return about("header.price", ((UNKNOWN, "unknown"), why))
    text = price_text(reading.value)
    if is_stale(reading, view.at_ms):
        doubt = (f" {_doubt(reading, view.at_ms, controls)}", "warn")
        return about("header.price", ((text, "stale"), doubt))
    return about("header.price", cell(text, "strong"))


def _doubt(reading: Reading, at_ms: int, controls: Controls) -> str:
    if is_old(reading, at_ms) and reading.at_ms is not None:
        return label("{age} old", controls, age=duration(at_ms - reading.at_ms))
    return clean(reading.reason)


def _change(change: Change | None, controls: Controls, based: bool = False) -> Row:
    """Up or down by glyph, sign and colour; over how long, where that is less than a day or it is to be `based`."""
    if change is None:
        return ()
    glyph, style = ("▼ ", "down") if change.fraction < 0 else ("▲ ", "up")
    if abs(change.fraction) < _STANDSTILL:
        glyph, style = "", "text"
    short = change.span_ms < _DAY_MS - _MINUTE_MS
    span = f" {label('over {time}', controls, time=duration(change.span_ms))}" if short else " 24h" if based else ""
    return about("header.change", ((f"{glyph}{percent(change.fraction)}", style), (span, "muted")))


def _funding(view: MarketView, controls: Controls, short: bool = False) -> Row:
    known, name = view.funding_median, (f"{label('fund', controls)} ", "muted")
    if known is None:
        return about("header.funding", (name, (UNKNOWN, "unknown")))
    stale = (f" {label('stale', controls)}" if known.stale else "", "warn")
    rate = (percent(known.per_8h, 4), "stale" if known.stale else "text")
    if short:
        return about("header.funding", (name, rate, stale))
    yearly = label("{rate}/y", controls, rate=percent(known.per_year, 0, signed=False))
    year = about("header.funding_year", cell(f" 8h {yearly}", "muted"))
    return (
        *about("header.funding", (name, rate)),
        *year,
        *_payment(view, controls),
        *about("header.funding", (stale,)),
    )


def _payment(view: MarketView, controls: Controls) -> Row:
    """How long it is to the next payment; on a thin line in minutes."""
    known = view.funding_median
    if known is None or known.next_at_ms is None or known.next_at_ms < view.at_ms:
        return ()
    left_ms = known.next_at_ms - view.at_ms
    wait = minutes(left_ms) if controls.thrift else duration(left_ms)
    return about("header.funding_next", cell(f" {label('in {time}', controls, time=wait)}", "muted"))


def _by_venue(view: MarketView) -> Row:
    if len(view.funding) < 2:
        return ()
    spans = [span for reading in view.funding for span in _venue_funding(reading)]
    return tuple(spans[1:])


def _venue_funding(reading: FundingReading) -> Row:
    style = "stale" if reading.stale else "text"
    rate = percent(reading.per_8h, 4, gap="")
    told = about("header.funding_venue", ((f"{venue_code(reading.venue)} ", "muted"), (rate, style)), reading.venue)
    return ((" ", "text"), *told)
