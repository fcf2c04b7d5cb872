"""A plan of panes, columns and stacks without sizes, and how much room each part of it asks for."""

from collections.abc import Iterator
from dataclasses import dataclass

ENDLESS = 10_000
"""Rows of a pane that shows more the more it has."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A pane that is always in its short form."""

    name: str


@dataclass(frozen=True, slots=True)
class Stack:
    """Parts one under another. `shares`: of the height, in the plan's own proportion; `ruled`: a line between them."""

    parts: "tuple[Part, ...]"
    shares: tuple[int, ...] = ()
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """Parts side by side, a line between them. `shares`: of the width; equal where there are none."""

    parts: "tuple[Part, ...]"
    shares: tuple[int, ...] = ()


Part = str | Brief | Stack | Beside
"""A pane by its name, or several."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A part for the whole body. `optional`: panes that are shown only where every other has its usual rows."""

    part: Part
    optional: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """Rows of a part: in short form, the least of the long form, the usual, and beyond which it shows no more.

    `weight`: its part of what is left over.
    """

    short: int
    least: int
    usual: int
    enough: int
    weight: int


NEEDS = {
    "ladder": Need(6, 6, 16, ENDLESS, 7),
    "tape": Need(3, 3, 4, 40, 3),
    "above": Need(3, 3, 5, 12, 2),
    "below": Need(3, 3, 5, 12, 2),
    "cascade": Need(2, 5, 8, 16, 1),
    "checklist": Need(2, 8, 14, 26, 1),
    "chart": Need(6, 6, 10, ENDLESS, 4),
    "reports": Need(12, 12, 44, ENDLESS, 7),
    "glance": Need(8, 8, 18, ENDLESS, 7),
}
"""By pane: titles, headings and a few rows at the least; eleven items and two verdicts are a checklist's usual ones."""
WIDTHS = {
    "ladder": 34, "tape": 24, "above": 23, "below": 23, "cascade": 23, "checklist": 23, "chart": 24, "reports": 40,
    "glance": 40,
}  # fmt: skip
"""The columns below which a pane can't be read."""
RANKS = ("glance", "ladder", "cascade", "checklist", "above", "below", "tape", "chart", "reports")
"""What stays longest where there is too little room comes first."""


def names(part: Part) -> Iterator[str]:
    """The panes of a part, in reading order."""
    match part:
        case str():
            yield part
        case Brief():
            yield part.name
        case Stack() | Beside():
            for one in part.parts:
                yield from names(one)


def need(part: Part) -> Need:
    """The rows a part asks for: of panes one under another their sum, of those side by side the most."""
    match part:
        case str():
            return NEEDS[part]
        case Brief():
            rows = NEEDS[part.name].short
            return Need(rows, rows, rows, rows, 0)
        case Stack():
            needs = [need(one) for one in part.parts]
            gaps = len(needs) - 1
            lines = gaps if part.ruled else 0
            return Need(
                sum(one.short for one in needs) + lines,
                sum(one.least for one in needs) + lines,
                sum(one.usual for one in needs) + gaps,
                min(sum(one.enough for one in needs) + gaps, ENDLESS),
                sum(one.weight for one in needs),
            )
        case Beside():
            columns = [need(one) for one in part.parts]
            return Need(
                max(one.short for one in columns),
                max(one.least for one in columns),
                max(one.usual for one in columns),
                max(one.enough for one in columns),
                max(one.weight for one in columns),
            )


def least_width(part: Part) -> int:
    """The columns below which a part can't be read."""
    match part:
        case str():
            return WIDTHS[part]
        case Brief():
            return WIDTHS[part.name]
        case Stack():
            return max(map(least_width, part.parts))
        case Beside():
            return sum(map(least_width, part.parts)) + len(part.parts) - 1


def without(part: Part, name: str) -> Part | None:
    """The part without a pane; None where nothing is left."""
    match part:
        case str() | Brief():
            return None if name in names(part) else part
        case Stack() | Beside():
            kept = [(at, left) for at, one in enumerate(part.parts) if (left := without(one, name)) is not None]
            if not kept:
                return None
            if len(kept) == 1:
                return kept[0][1]
            parts = tuple(one for _, one in kept)
            shares = tuple(part.shares[at] for at, _ in kept) if part.shares else ()
            return Stack(parts, shares, part.ruled) if isinstance(part, Stack) else Beside(parts, shares)
