"""What a frame writes: the changed cells alone, in the order and with the cursor moves that take the fewest bytes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.color import ColorSystem
from rich.style import Style

from tui.panes.cells import Cell, changes
from tui.panes.spans import PLAIN, RESET, Look, change, look_of

BRIDGED_CELLS = 3
"""So many unchanged cells between two strokes are written again: moving the cursor on takes four bytes."""
_FADED = frozenset({"", "1", "2", "1;2"})
"""Attributes that a blank doesn't show."""


@dataclass(slots=True)
class Stroke:
    """Text in one look. `x`, `y`: the terminal's cell of its first character, from 0; `end`: the cell behind it."""

    y: int
    x: int
    end: int
    text: str
    look: Look


class Brush:
    """What the panes of one frame want written; they add to it while it is `wet`, and otherwise refresh themselves."""

    def __init__(self, palette: Mapping[str, Style]) -> None:
        self.palette = palette
        self.colours = ColorSystem.TRUECOLOR
        self.wet = False
        self.frame: list[Stroke] = []

    def add(self, old: Sequence[Cell], new: Sequence[Cell], place: tuple[int, int]) -> None:
        """Write what turns one line's cells into another's. `place`: the x and y of the line's first cell."""
        self.frame += strokes(old, new, place, self.palette, self.colours)

    def taken(self) -> str:
        """The text of the frame, which ends with it."""
        frame, self.frame = self.frame, []
        return written(frame)


def strokes(
    old: Sequence[Cell], new: Sequence[Cell], place: tuple[int, int], palette: Mapping[str, Style], colours: ColorSystem
) -> Iterator[Stroke]:
    """What turns one line's cells into another's. `place`: the x and y of the line's first cell."""
    left, y = place
    last: Stroke | None = None
    for start, stop in changes(old, new, apart=1):
        if last is not None and start + left - last.end <= BRIDGED_CELLS:
            start = _bridged(last, new, left, start, palette, colours)
        for x in range(start, stop):
            character, style = new[x]
            if not character:
                continue
            width = 2 if x + 1 < len(new) and not new[x + 1][0] else 1
            look = look_of(palette[style], colours)
            if last is not None and last.end == left + x and _fits(character, look, last.look):
                last.text += character
                last.end += width
                continue
            if last is not None:
                yield last
            last = Stroke(y, left + x, left + x + width, character, look)
    if last is not None:
        yield last


def _bridged(
    last: Stroke, new: Sequence[Cell], left: int, start: int, palette: Mapping[str, Style], colours: ColorSystem
) -> int:
    """Where to go on writing: at once where the cells in between and the next one look like those before them."""
    begin = last.end - left
    between = new[begin : start + 1]
    alike = all(one and _fits(one, look_of(palette[style], colours), last.look) for one, style in between)
    return begin if alike else start


def _fits(character: str, look: Look, current: Look) -> bool:
    """Whether a character may be written in the current look: its own, or a blank on the same ground."""
    if look == current:
        return True
    return character == " " and look[2] == current[2] and look[0] in _FADED and current[0] in _FADED


def written(frame: Sequence[Stroke]) -> str:
    """The text of a frame: look by look or place by place, whichever is shorter."""
    if not frame:
        return ""
    by_look = sorted(frame, key=lambda stroke: (stroke.look[2], stroke.look[0], stroke.look[1], stroke.y, stroke.x))
    by_place = sorted(frame, key=lambda stroke: (stroke.y, stroke.x))
    return min(_in_order(by_look), _in_order(by_place), key=len)


def _in_order(frame: Sequence[Stroke]) -> str:
    parts: list[str] = []
    look, y, x = PLAIN, -1, -1
    for stroke in frame:
        if stroke.y != y or stroke.x < x:
            parts.append(f"\x1b[{stroke.y + 1}H" if stroke.x == 0 else f"\x1b[{stroke.y + 1};{stroke.x + 1}H")
        elif stroke.x > x:
            parts.append("\x1b[C" if stroke.x == x + 1 else f"\x1b[{stroke.x - x}C")
        if stroke.look != look:
            parts.append(change(look, stroke.look))
            look = stroke.look
        parts.append(stroke.text)
        y, x = stroke.y, stroke.end
    if look != PLAIN:
        parts.append(RESET)
    return "".join(parts)
