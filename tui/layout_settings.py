"""`[layouts]`: arrangements of one's own, and what is wrong with one, in words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from feeds.settings import Strict
from tui.config_problems import Problem, suggestion
from tui.controls import PANES
from tui.screens.arranging.plan import RANKS, Beside, Plan, Stack
from tui.screens.arranging.presets import LAYOUTS, STANDARD

PLACEABLE = (*PANES, *(name for name in RANKS if name not in PANES))
"""What may stand in a layout: the panes of the keys, the large digits, and the tables by exchange."""


class OwnLayout(Strict):
    """One of `[layouts]`: panes by column, from the left and from the top, and each one's part of the room."""

    columns: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...] = ()
    heights: tuple[tuple[int, ...], ...] = ()

    def plan(self) -> Plan:
        """The same as a plan."""
        heights = self.heights or ((),) * len(self.columns)
        stacks = tuple(Stack(column, shares) for column, shares in zip(self.columns, heights, strict=True))
        return Plan(Beside(stacks, self.widths) if len(stacks) > 1 else stacks[0])


def plans_of(layouts: Mapping[str, OwnLayout]) -> dict[str, Plan]:
    """The plans of the reader's own layouts, by name."""
    return {name: layout.plan() for name, layout in layouts.items()}


def layout_problems(values: Mapping[str, Any]) -> Iterator[Problem]:
    """What types can't tell of `[layouts]` and of `[display] layout`. Wrong types are left to the model."""
    layouts, display = values.get("layouts"), values.get("display")
    own = layouts if isinstance(layouts, dict) else {}
    for name, layout in own.items():
        if name in LAYOUTS:
            yield ("layouts", name), None, f"expected a name of its own, found that of a layout that ships: {name!r}"
        elif isinstance(layout, dict):
            yield from _of_columns(name, layout.get("columns"))
            yield from _of_shares(name, layout)
    chosen = display.get("layout", STANDARD) if isinstance(display, dict) else STANDARD
    known = (*LAYOUTS, *own)
    if isinstance(chosen, str) and chosen not in known:
        reason = f"expected one of {', '.join(known)}, found {chosen!r}{suggestion(chosen, known)}"
        yield ("display", "layout"), chosen, reason


def _of_columns(name: str, columns: object) -> Iterator[Problem]:
    path = ("layouts", name, "columns")
    if not isinstance(columns, list):
        return
    if not columns:
        yield path, None, "expected at least one column, found none"
    panes: list[str] = []
    for number, column in enumerate(columns, 1):
        if column == []:
            yield path, None, f"expected at least one pane a column, found none in column {number}"
        panes += [one for one in column if isinstance(one, str)] if isinstance(column, list) else []
    for pane in dict.fromkeys(panes):
        if pane not in PLACEABLE:
            reason = f"unknown pane {pane!r}, expected one of {', '.join(PLACEABLE)}{suggestion(pane, PLACEABLE)}"
            yield (*path, 0), pane, reason
    for pane, times in Counter(panes).items():
        if times > 1:
            yield (*path, 0), pane, f"expected each pane once, found {pane!r} {times} times"
    if panes and all(pane in PLACEABLE and pane not in PANES for pane in panes):
        yield path, None, f"expected at least one of {', '.join(PANES)}, found {', '.join(panes)} alone"


def _of_shares(name: str, layout: Mapping[str, Any]) -> Iterator[Problem]:
    columns, widths, heights = layout.get("columns"), layout.get("widths"), layout.get("heights")
    if not isinstance(columns, list) or not columns:
        return
    if isinstance(widths, list) and widths:
        yield from _of_numbers(("layouts", name, "widths"), widths, len(columns), "one a column")
    if not isinstance(heights, list) or not heights:
        return
    path = ("layouts", name, "heights")
    if len(heights) != len(columns):
        yield path, None, f"expected {len(columns)} arrays, one a column, found {len(heights)}"
        return
    for number, (column, shares) in enumerate(zip(columns, heights, strict=True), 1):
        if isinstance(column, list) and isinstance(shares, list) and shares:
            yield from _of_numbers(path, shares, len(column), f"one a pane of column {number}")


def _of_numbers(path: tuple[str, ...], shares: list[Any], count: int, which: str) -> Iterator[Problem]:
    if len(shares) != count:
        yield path, None, f"expected {count} number{'' if count == 1 else 's'}, {which}, found {len(shares)}"
    for share in shares:
        if isinstance(share, int) and not isinstance(share, bool) and not 0 < share <= 1000:
            yield path, None, f"expected numbers from 1 to 1000, found {share}"
