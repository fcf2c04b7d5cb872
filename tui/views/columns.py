"""Which slots of a course stand in which column of a drawing, and what a column says of them.

Columns are tied to absolute time, so that a drawing stands still until a slot ends, and then moves by whole cells.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.view import Course

Values = Sequence[float | None]


@dataclass(frozen=True, slots=True)
class Columns:
    """For each column from the oldest to the newest the slots (first, end) of the course; None: none of them.

    `across`: columns a cell; `cells` of them.
    """

    spans: tuple[tuple[int, int] | None, ...]
    across: int
    cells: int

    def last(self, values: Values) -> list[float | None]:
        """The last known value of each column."""
        return [None if span is None else last_known(values[slice(*span)]) for span in self.spans]

    def sums(self, values: Values) -> list[float | None]:
        """The sum of what is known in each column; None where nothing is."""
        return [None if span is None else total(values[slice(*span)]) for span in self.spans]


def columns(course: Course, cells: int, across: int = 1) -> Columns:
    """The slots of a course in so many cells."""
    slots, wide = len(course.price), max(cells, 0) * across
    if not slots or not wide:
        return Columns((None,) * wide, across, max(cells, 0))
    oldest = course.first_ms // course.step_ms
    newest_cell = ((oldest + slots) * wide - 1) // slots // across
    start = (newest_cell - cells + 1) * across
    spans = (_span(column, slots, wide, oldest) for column in range(start, start + wide))
    return Columns(tuple(spans), across, cells)


def _span(column: int, slots: int, wide: int, oldest: int) -> tuple[int, int] | None:
    first = column * slots // wide
    end = max(first + 1, (column + 1) * slots // wide)
    span = max(first - oldest, 0), min(end - oldest, slots)
    return span if span[0] < span[1] else None


def cell_of(at_ms: int, course: Course, cells: int) -> int:
    """The cell of a time, counted from the oldest; it may lie outside."""
    slots = len(course.price)
    oldest = course.first_ms // course.step_ms
    newest_cell = ((oldest + slots) * cells - 1) // slots
    return ((at_ms // course.step_ms + 1) * cells - 1) // slots - (newest_cell - cells + 1)


def last_known(values: Iterable[float | None]) -> float | None:
    """The last value that is known."""
    found = None
    for value in values:
        found = found if value is None else value
    return found


def total(values: Iterable[float | None]) -> float | None:
    """The sum of the values that are known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def bounds(values: Iterable[float | None]) -> tuple[float, float] | None:
    """The least and the greatest of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return (min(known), max(known)) if known else None


def running_sum(values: Values) -> list[float | None]:
    """What has come together up to each slot: what isn't known stays unknown, and adds nothing."""
    found: list[float | None] = []
    so_far = 0.0
    for value in values:
        so_far += value or 0.0
        found.append(None if value is None else so_far)
    return found
