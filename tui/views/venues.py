"""The venues screen: what each exchange reports of the coin, a table a kind, and who is missing and why."""

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean, span
from tui.language import ENGLISH, label
from tui.views.chart_side import series_of
from tui.views.columns import bounds, columns
from tui.views.flows import futures_cvd, large, spot_cvd
from tui.views.grid import Grid, column_width, grid_rows, in_columns
from tui.views.layout import finish, row_width, scrolled, spread, title
from tui.views.notation import SHORT, Notation
from tui.views.reports import crowd, funding, interest
from tui.views.resting import depth, options, trend
from tui.views.row import Row, about
from tui.views.sparkline import sparkline

COLUMN_WIDTH = 58
"""The least width of a column of tables."""
_COURSES = {"Open interest": "interest", "Funding": "funding", "Spot CVD": "spot", "Futures CVD": "perp"}
"""The line of the chart that is drawn beside a table's title."""
_LEAST_CELLS, _MOST_CELLS = 8, 24
_MINUTE_MS = 60_000


def report_grids(view: MarketView, notation: Notation, controls: Controls = ENGLISH) -> list[Grid]:
    """Every table by exchange, in the order in which they are read."""
    makers = (interest, funding, crowd, spot_cvd, futures_cvd, large, depth, options, trend)
    return [make(view, notation, controls) for make in makers]


def venues(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The tables in as many columns as fit, scrolled."""
    columns = max(min(width // COLUMN_WIDTH, 3), 1)
    blocks = _blocks(view, controls, column_width(width, columns))
    head = _named(title("venues", "VENUES", controls), clean(view.coin or controls.coin, 24))
    return paged("venues", head, in_columns(blocks, width, columns), controls, width, height)


def _named(head: Row, coin: str) -> Row:
    return (*head, (f"  {coin}", head[-1][1]))


def venue_column(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """The tables one under another, as many as fit in full: a column of the widest main screen."""
    rows: list[Row] = []
    for block in _blocks(view, controls, width):
        if rows and len(rows) + len(block) + 1 > height:
            continue
        rows += [(), *block] if rows else block
    return finish(rows, width, height, controls)


def _blocks(view: MarketView, controls: Controls, width: int) -> list[list[Row]]:
    """The rows of each table, with how its number went where there is room beside the title."""
    blocks = []
    for grid in report_grids(view, SHORT, controls):
        head, *rows = grid_rows(grid, width, controls)
        drawn = _drawn(view, _COURSES.get(grid.title, ""), width - row_width(head) - 2, controls)
        blocks.append([spread(head, drawn, width) if drawn else head, *rows])
    return blocks


def _drawn(view: MarketView, name: str, room: int, controls: Controls) -> Row:
    """The course of the window as a line of a few cells, behind the window's length; nothing where nothing is known."""
    course = view.course
    if not name or not course.price or bounds(series_of(course, name)) is None:
        return ()
    window: Row = ((f"{span(len(course.price) * course.step_ms / _MINUTE_MS)} ", "muted"),)
    cells = min(room - row_width(window), _MOST_CELLS)
    if cells < _LEAST_CELLS:
        return ()
    values = columns(course, cells).last(series_of(course, name))
    return (*window, *about("chart.range", sparkline(values, cells, controls), name))


def paged(name: str, head: Row, rows: list[Row], controls: Controls, width: int, height: int) -> list[Row]:
    """A title, and the rows from the scrolled one on; how many are above and below stands in the title."""
    room = max(height - 1, 0)
    while rows and not rows[-1]:
        rows = rows[:-1]
    first = max(min(scrolled(name, controls), len(rows) - room), 0)
    below = len(rows) - first - room
    hidden = [
        label("rows above: {number}", controls, number=first) if first else "",
        label("rows below: {number}", controls, number=below) if below > 0 else "",
    ]
    said = about("reports.hidden", (("  " + "  ".join(filter(None, hidden)), "muted"),))
    return finish([(*head, *said), *rows[first : first + room]], width, height, controls)
