"""Where the panes of the main screen are, for every size of the terminal."""

from dataclasses import dataclass, field

from textual.geometry import Region

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
WIDE_WIDTH, WIDE_HEIGHT = 100, 34
"""From this size on the checklist shows every item beside the ladder; below it only its verdicts, under it."""
THREE_COLUMNS = 180
REPORTS_HEIGHT = 44
"""Rows that the panes need for the tables by exchange to take the third column for themselves."""

_CASCADE = 8
_CHECKLIST = 14
_VERDICTS = 2
_SHORT_CASCADE = 2
_TABS_HEIGHT = 28
"""From this height on the header takes a second row, for the tabs."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Regions by pane name, and the lines between them. Without panes nothing fits but a message."""

    panes: dict[str, Region] = field(default_factory=dict)
    rules: tuple[Region, ...] = ()


def arrange(width: int, height: int, maximised: str | None = None) -> Arrangement:
    """The arrangement for a terminal, with one pane in place of all the others where it is maximised."""
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Arrangement()
    wide = width >= WIDE_WIDTH and height >= WIDE_HEIGHT
    top = 3 if wide or maximised else 2 if height >= _TABS_HEIGHT else 1
    body = Region(0, top, width, height - top - 1)
    if maximised:
        found = Arrangement({maximised: body})
    elif wide:
        found = _three_columns(body) if width >= THREE_COLUMNS else _two_columns(body)
    else:
        found = _compact(body)
    ends = {"header": Region(0, 0, width, top), "status": Region(0, height - 1, width, 1)}
    return Arrangement(ends | found.panes, found.rules)


def _two_columns(body: Region) -> Arrangement:
    left, rule, right = _split(body, body.width * 61 // 120)
    clusters = body.height - _CASCADE - _CHECKLIST - 3
    heights = {"above": (clusters + 1) // 2, "below": clusters // 2, "cascade": _CASCADE, "checklist": _CHECKLIST}
    return Arrangement(_ladder_and_tape(left) | _stack(right, heights), (rule,))


def _three_columns(body: Region) -> Arrangement:
    left, first_rule, rest = _split(body, body.width * 2 // 5)
    middle, second_rule, right = _split(rest, rest.width // 2)
    panes = _ladder_and_tape(left)
    if body.height >= REPORTS_HEIGHT:
        graded = _CHECKLIST + min(body.height - REPORTS_HEIGHT, 3)
        clusters = body.height - _CASCADE - graded - 3
        heights = {"above": (clusters + 1) // 2, "below": clusters // 2, "cascade": _CASCADE, "checklist": graded}
        return Arrangement(panes | _stack(middle, heights) | {"reports": right}, (first_rule, second_rule))
    clusters = body.height - 1
    panes |= _stack(middle, {"above": (clusters + 1) // 2, "below": clusters // 2})
    panes |= _stack(right, {"cascade": _CASCADE + 2, "checklist": body.height - _CASCADE - 3})
    return Arrangement(panes, (first_rule, second_rule))


def _ladder_and_tape(column: Region) -> dict[str, Region]:
    tape = max(column.height * 3 // 10, 6)
    return _stack(column, {"ladder": column.height - tape - 1, "tape": tape})


def _compact(body: Region) -> Arrangement:
    """Ladder and clusters side by side; the verdicts and the latest prints under them."""
    tape = max(4, (body.height - 14) // 4)
    upper = body.height - 1 - _VERDICTS - tape
    left, column, right = _split(Region(body.x, body.y, body.width, upper), body.width * 6 // 10)
    cascade = _SHORT_CASCADE if upper < 22 else _CASCADE
    clusters = upper - cascade - (1 if upper >= 12 else 0)
    panes = {"ladder": left}
    panes |= _stack(right, {"above": (clusters + 1) // 2, "below": clusters // 2}, gap=0)
    panes["cascade"] = Region(right.x, right.bottom - cascade, right.width, cascade)
    under = Region(body.x, body.y + upper + 1, body.width, _VERDICTS + tape)
    panes |= _stack(under, {"checklist": _VERDICTS, "tape": tape}, gap=0)
    return Arrangement(panes, (column, Region(body.x, body.y + upper, body.width, 1)))


def _split(region: Region, left: int) -> tuple[Region, Region, Region]:
    """Two columns and the line between them."""
    x, y, width, height = region
    return Region(x, y, left, height), Region(x + left, y, 1, height), Region(x + left + 1, y, width - left - 1, height)


def _stack(column: Region, heights: dict[str, int], gap: int = 1) -> dict[str, Region]:
    """Panes one under another, a blank line between them."""
    panes: dict[str, Region] = {}
    y = column.y
    for name, height in heights.items():
        panes[name] = Region(column.x, y, column.width, height)
        y += height + gap
    return panes
