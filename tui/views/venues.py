"""The venues screen: what each exchange reports of the coin, a table a kind, and who is missing and why."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean
from tui.views.flows import futures_cvd, large, spot_cvd
from tui.views.grid import Grid, column_width, grid_rows, in_columns
from tui.views.layout import finish, scrolled, title
from tui.views.notation import SHORT, Notation
from tui.views.reports import crowd, depth, funding, interest, options, trend
from tui.views.row import Row

COLUMN_WIDTH = 58
"""The least width of a column of tables."""


def report_grids(view: MarketView, notation: Notation) -> list[Grid]:
    """Every table by exchange, in the order in which they are read."""
    makers = (interest, funding, crowd, spot_cvd, futures_cvd, large, depth, options, trend)
    return [make(view, notation) for make in makers]


def venues(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The tables in as many columns as fit, scrolled."""
    columns = max(min(width // COLUMN_WIDTH, 3), 1)
    each = column_width(width, columns)
    blocks = [grid_rows(grid, each, controls) for grid in report_grids(view, SHORT)]
    return paged(
        "venues",
        f"VENUES  {clean(view.coin or controls.coin, 24)}",
        in_columns(blocks, width, columns),
        view,
        controls,
        width,
        height,
    )


def venue_column(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The tables one under another, as many as fit in full: a column of the widest main screen."""
    rows: list[Row] = []
    for grid in report_grids(view, SHORT):
        block = grid_rows(grid, width, controls)
        if rows and len(rows) + len(block) + 1 > height:
            continue
        rows += [(), *block] if rows else block
    return finish(rows, width, height, controls)


def paged(
    name: str, label: str, rows: list[Row], view: MarketView, controls: Controls, width: int, height: int
) -> list[Row]:
    """A title, and the rows from the scrolled one on; how many are above and below stands in the title."""
    room = max(height - 1, 0)
    while rows and not rows[-1]:
        rows = rows[:-1]
    first = max(min(scrolled(name, controls), len(rows) - room), 0)
    below = len(rows) - first - room
    hidden = [f"{first} rows above" if first else "", f"{below} more rows below" if below > 0 else ""]
    head: Row = (*title(name, label, controls), ("  " + "  ".join(filter(None, hidden)), "muted"))
    return finish([head, *rows[first : first + room]], width, height, controls)
