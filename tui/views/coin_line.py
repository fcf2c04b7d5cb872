"""One line about a coin, above its panes where two stand side by side: price, change, funding, a running cascade."""

from scoring.view import Change, MarketView, Reading
from tui.controls import Controls
from tui.format import UNKNOWN, clean, duration, percent
from tui.format import price as price_text
from tui.language import label
from tui.views.cascade_state import alarm
from tui.views.layout import finish, first_fit, pieces
from tui.views.row import Row, Span, about
from tui.views.seen import is_old, is_stale, waiting

_DAY_MS = 86_400_000
_MINUTE_MS = 60_000


def coin_line(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """One row. The coin that the keys go to is marked."""
    style = "selected" if controls.focus else "strong"
    coin: Row = ((f" {clean(view.coin or controls.coin, 10)} ", style),)
    price = about("header.price", (price_span(view), *doubt(view, controls)))
    change, funding, loud = change_row(view.change, controls), _funding(view, controls), alarm(view, controls)
    choices = [(coin, price, loud, change, funding), (coin, price, loud, change), (coin, price, loud)]
    rows = [pieces(((0, part) for part in parts), width) for parts in choices]
    return finish([first_fit(rows, width)], width, height, controls)


def price_span(view: MarketView) -> Span:
    """The price, `?` where there is none."""
    if view.price.value is None:
        return UNKNOWN, "unknown"
    return price_text(view.price.value), "stale" if is_stale(view.price, view.at_ms) else "strong"


def doubt(view: MarketView, controls: Controls) -> Row:
    """Why the price is not known or not fresh; nothing where it is."""
    reading: Reading = view.price
    if reading.value is None:
        return ((f" {clean(waiting(view, controls))}", "muted"),)
    if not is_stale(reading, view.at_ms):
        return ()
    if is_old(reading, view.at_ms) and reading.at_ms is not None:
        return ((f" {label('{age} old', controls, age=duration(view.at_ms - reading.at_ms))}", "warn"),)
    return ((f" {clean(reading.reason)}", "warn"),)


def change_row(change: Change | None, controls: Controls) -> Row:
    """How far the price went in 24 h, by glyph, sign and colour; over how long, where that is less."""
    if change is None:
        return ()
    glyph, style = ("▼ ", "down") if change.fraction < 0 else ("▲ ", "up")
    short = change.span_ms < _DAY_MS - _MINUTE_MS
    span = f" {label('in {time}', controls, time=duration(change.span_ms))}" if short else ""
    return about("header.change", ((f"{glyph}{percent(change.fraction)}", style), (span, "muted")))


def _funding(view: MarketView, controls: Controls) -> Row:
    known, name = view.funding_median, (f"{label('fund', controls)} ", "muted")
    if known is None:
        return about("header.funding", (name, (UNKNOWN, "unknown")))
    stale = (f" {label('stale', controls)}" if known.stale else "", "warn")
    return about("header.funding", (name, (percent(known.per_8h, 4), "stale" if known.stale else "text"), stale))
