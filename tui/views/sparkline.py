"""A series in one row: each cell as high as its value lies between the series' own least and greatest."""

from collections.abc import Sequence

from tui.controls import Controls
from tui.format import UNKNOWN
from tui.views.columns import bounds, last_known
from tui.views.row import Row

_LEVELS = {False: "▁▂▃▄▅▆▇█", True: "_.:-=+*#"}
"""From the least to the greatest, without and with ASCII alone."""
_FLAT = 3
"""The level of a series that doesn't move."""


def sparkline(values: Sequence[float | None], width: int, controls: Controls, style: str = "curve") -> Row:
    """So many cells, the newest value at the right. What isn't known is blank; `?` where nothing is known.

    More values than cells: of each cell's the last that is known. To have it stand still between two slots give the
    values of `tui.views.columns`.
    """
    if width <= 0:
        return ()
    limits = bounds(values)
    if limits is None:
        return ((UNKNOWN.rjust(width), "unknown"),)
    cells = _gathered(values, width)
    text = "".join(_level(value, limits, controls.ascii) for value in cells)
    return ((text.rjust(width), style),)


def _gathered(values: Sequence[float | None], width: int) -> list[float | None]:
    count = len(values)
    if count <= width:
        return list(values)
    return [last_known(values[cell * count // width : (cell + 1) * count // width]) for cell in range(width)]


def _level(value: float | None, limits: tuple[float, float], ascii_only: bool) -> str:
    levels = _LEVELS[ascii_only]
    if value is None:
        return " "
    low, high = limits
    share = (value - low) / (high - low) if high > low else 0.0
    return levels[min(int(share * len(levels)), len(levels) - 1)] if high > low else levels[_FLAT]
