"""The tape: the latest liquidations and large trades, newest first, dimmer as they grow old."""

from scoring.view import MarketView, TapeRow
from tui.controls import Controls
from tui.format import AT_LEAST, cell_width, clock, thousands, venue_code
from tui.format import price as price_text
from tui.language import label
from tui.views.layout import Column, cell, finish, first_fit, scrolled, table, title, wrapped
from tui.views.row import Row, about
from tui.views.seen import codes

_AGES = ((600_000, "old"), (60_000, "aged"), (5_000, "text"))
"""From which age on, ms, a row looks so; a younger one stands out."""
_STEPS_MS = (0, 1_000, 3_000, 10_000)
"""How much time a thin line's tape moves by, by `thrift`: each new row repaints all of them."""
_USD = 8


def tape(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Time, venue, what it was, whose position or which taker, USD in one unit, and price."""
    named = title("tape", "TAPE", controls)
    head = first_fit([(*named, (f"  {label('liquidations and large trades', controls)}", "muted")), named], width)
    step = _STEPS_MS[min(max(controls.thrift, 0), len(_STEPS_MS) - 1)]
    until = view.at_ms // step * step if step else None
    told = [row for row in view.tape if until is None or row.at_ms <= until]
    if not told:
        return finish([head, *wrapped(_nothing(view, controls), width)], width, height, controls)
    first = max(min(scrolled("tape", controls), len(told) - height + 1), 0)
    shown = told[first : first + max(height - 1, 0)]
    prices = [price_text(row.price) for row in shown]
    amounts = [(AT_LEAST if row.sampled else "") + thousands(row.usd) for row in shown]
    columns = (  # without headings: each cell tells what it is
        Column("", 8, right=False),
        Column("", 3, right=False),
        Column("", _widest(("liq", "trade"), controls), rank=2, right=False),
        Column("", 6, rank=3, right=False),
        Column("", _widest(("short", "long", "buy", "sell"), controls), right=False),
        Column("", max([_USD, *map(cell_width, amounts)])),
        Column("", max([10, *map(cell_width, prices)]), rank=1),
    )
    lines = table(columns, width, controls)
    cells = (_cells(*row, view.at_ms, controls) for row in zip(shown, amounts, prices, strict=True))
    return finish([head, *map(lines.row, cells)], width, height, controls)


def _nothing(view: MarketView, controls: Controls) -> str:
    if names := codes(view):
        return label("nothing seen yet from {venues}", controls, venues=", ".join(names))
    return label("nothing seen yet", controls)


def _widest(words: tuple[str, ...], controls: Controls) -> int:
    return max(cell_width(label(word, controls)) for word in words)


def _look(row: TapeRow, at_ms: int, controls: Controls) -> str:
    """The style of a row by its age, in so few steps that a row is painted again but thrice in its life."""
    found = next((style for least, style in _AGES if at_ms - row.at_ms >= least), "recent")
    return "text" if controls.thrift and found == "recent" else found


def _cells(row: TapeRow, amount: str, price: str, at_ms: int, controls: Controls) -> list[Row]:
    liquidated, look = row.position is not None, _look(row, at_ms, controls)
    side = row.position or row.taker or "?"
    colour = {"long": "long", "sell": "long", "short": "short", "buy": "short"}.get(side, "unknown")
    quiet, plain = ("old", "old") if look == "old" else ("muted", "text" if look == "recent" else look)
    return [
        about("tape.time", cell(clock(row.at_ms, controls.local_time), quiet), row.venue),
        cell(venue_code(row.venue), plain),
        cell(label("liq" if liquidated else "trade", controls), plain if liquidated else quiet),
        cell(label(row.market, controls), quiet),
        about("tape.side", cell(label(side, controls), look if look == "old" else colour), row.venue),
        about("tape.usd", cell(amount, look), row.venue),
        about("tape.price", cell(price, quiet), row.venue),
    ]
