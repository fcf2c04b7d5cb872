"""The tape: the latest liquidations and large trades, newest first."""

from scoring.view import MarketView, TapeRow
from tui.controls import Controls
from tui.format import amount, cell_width, clock, venue_code
from tui.format import price as price_text
from tui.views.layout import Column, cell, finish, scrolled, table, title, wrapped
from tui.views.row import Row
from tui.views.seen import codes


def tape(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """Time, venue, what it was, whose position or which taker, USD and price."""
    head: Row = (*title("tape", "TAPE", controls), ("  liquidations and large trades", "muted"))
    if not view.tape:
        names = codes(view)
        text = "nothing seen yet" + (f" from {', '.join(names)}" if names else "")
        return finish([head, *wrapped(text, width)], width, height, controls)
    first = max(min(scrolled("tape", controls), len(view.tape) - height + 1), 0)
    shown = view.tape[first : first + max(height - 1, 0)]
    prices = [price_text(row.price) for row in shown]
    columns = (
        Column("time", 8, right=False),
        Column("venue", 3, right=False),
        Column("kind", 5, rank=2, right=False),
        Column("market", 6, rank=3, right=False),
        Column("side", 5, right=False),
        Column("usd", 8),
        Column("price", max([10, *map(cell_width, prices)]), rank=1),
    )
    lines = table(columns, width, controls)
    rows = [lines.row(_cells(row, text, controls)) for row, text in zip(shown, prices, strict=True)]
    return finish([head, *rows], width, height, controls)


def _cells(row: TapeRow, price: str, controls: Controls) -> list[Row]:
    liquidated = row.position is not None
    side = row.position or row.taker or "?"
    style = {"long": "long", "sell": "long", "short": "short", "buy": "short"}.get(side, "unknown")
    return [
        cell(clock(row.at_ms, controls.local_time), "muted"),
        cell(venue_code(row.venue)),
        cell("liq" if liquidated else "trade", "strong" if liquidated else "muted"),
        cell(row.market, "muted"),
        cell(side, style),
        cell(amount(row.usd, row.sampled)),
        cell(price, "muted"),
    ]
