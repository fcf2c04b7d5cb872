"""The coin tabs of the header: as many around the chosen coin as fit."""

from scoring.view import CoinSummary, MarketView
from tui.controls import Controls
from tui.format import clean
from tui.views.alarm import tab_mark
from tui.views.layout import row_width
from tui.views.row import Row, about

_MORE = "…"


def tabs(view: MarketView, controls: Controls, width: int) -> Row:
    """Coin, and `!` with an arrow where a cascade runs; the chosen one marked, `…` where more are left out."""
    coins = view.coins or (CoinSummary(view.coin or controls.coin, None, None),)
    drawn = [_tab(item, item.coin == controls.coin) for item in coins]
    chosen = next((place for place, item in enumerate(coins) if item.coin == controls.coin), 0)
    first, last = chosen, chosen
    while True:
        after = (first, last + 1) if last + 1 < len(drawn) else None
        before = (first - 1, last) if first > 0 else None
        for wider in (after, before):
            if wider and _needed(drawn, *wider) <= width:
                first, last = wider
                break
        else:
            break
    shown = [span for row in drawn[first : last + 1] for span in row]
    more_before = ((_MORE, "muted"),) if first else ()
    more_after = ((_MORE, "muted"),) if last + 1 < len(drawn) else ()
    return (*more_before, *shown, *more_after)


def _needed(drawn: list[Row], first: int, last: int) -> int:
    size = sum(row_width(row) for row in drawn[first : last + 1])
    return size + (first > 0) + (last + 1 < len(drawn))


def _tab(item: CoinSummary, chosen: bool) -> Row:
    style = "selected" if chosen else "text"
    name = f"{'▸' if chosen else ' '}{clean(item.coin, 10)}"
    return ((name, style), *(about("header.tab", tab_mark(item.alert), item.coin) or ((" ", style),)))
