"""Two lists on one screen under one cursor: the upper one gives way, and both follow the cursor."""

from collections.abc import Sequence

from tui.views.layout import cell
from tui.views.row import Row


def place(scroll: int, count: int) -> int:
    """Which of so many rows the cursor is on; -1 without rows."""
    return min(max(scroll, 0), count - 1)


def mark(chosen: bool) -> Row:
    """The cell before a row."""
    return cell("▸" if chosen else "", "accent")


def around(rows: Sequence[Row], at: int, room: int) -> list[Row]:
    """As many rows as there is room for, with the one at `at` among them."""
    first = max(min(at - room // 2, len(rows) - room), 0)
    return list(rows[first : first + max(room, 0)])


def two_lists(upper: Sequence[Row], lower: Sequence[Row], at: int, room: int) -> tuple[list[Row], list[Row]]:
    """What is shown of two lists in `room` rows. The lower has what it needs, up to half where the upper needs more."""
    below = min(len(lower), max(room - len(upper), room // 2))
    above = min(len(upper), room - below)
    return around(upper, min(at, len(upper) - 1), above), around(lower, max(at - len(upper), 0), below)
