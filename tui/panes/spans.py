"""What a repaint writes to the terminal: the changed cells alone, and colours only where they change."""

from collections.abc import Iterable
from functools import lru_cache

from rich.color import Color, ColorSystem
from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, LayoutUpdate

_ATTRIBUTES = (("bold", "1"), ("dim", "2"), ("italic", "3"), ("underline", "4"), ("reverse", "7"), ("strike", "9"))

Look = tuple[str, str, str]
"""Codes of attributes, foreground and background; empty for the terminal's own."""

PLAIN: Look = ("", "", "")
RESET = "\x1b[0m"


class SpansUpdate(ChopsUpdate):
    """A partial update. Textual's own begins each span at the left edge of its widget and writes all colours anew."""

    def __init__(self, update: ChopsUpdate) -> None:
        super().__init__(update.chops, update.spans, update.chop_ends)

    def render_segments(self, console: Console) -> str:
        """The bytes of the update as text."""
        pen = _Pen(console._color_system or ColorSystem.TRUECOLOR)
        for y, start, stop in self.spans:
            place: int | None = None
            for stripe_end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                left, right = max(x, start), min(stripe_end, stop)
                if strip is None or left >= right:
                    continue
                if place != left:
                    pen.parts.append(f"\x1b[{y + 1};{left + 1}H")
                pen.write(strip.crop(left - x, right - x))
                place = right
        return pen.finish()


class WholeUpdate(LayoutUpdate):
    """A repaint of everything, with colours only where they change."""

    def __init__(self, update: LayoutUpdate) -> None:
        super().__init__(update.strips, update.region)

    def render_segments(self, console: Console) -> str:
        """The bytes of the update as text."""
        pen = _Pen(console._color_system or ColorSystem.TRUECOLOR)
        for y, line in enumerate(self.strips, self.region.y):
            pen.parts.append(f"\x1b[{y + 1};{self.region.x + 1}H")
            for strip in line:
                pen.write(strip)
        return pen.finish()


def thrifty(update: RenderableType | None) -> RenderableType | None:
    """The same update in fewer bytes, where it is one of Textual's two kinds."""
    if isinstance(update, ChopsUpdate):
        return SpansUpdate(update)
    return WholeUpdate(update) if isinstance(update, LayoutUpdate) else update


class _Pen:
    """Writes segments and remembers the look the terminal is in."""

    def __init__(self, colours: ColorSystem) -> None:
        self.parts: list[str] = []
        self._colours = colours
        self._look = PLAIN

    def write(self, segments: Iterable[Segment]) -> None:
        for text, style, _ in segments:
            look = PLAIN if style is None else look_of(style, self._colours)
            if text.isspace() and not look[0] and not self._look[0]:
                look = ("", self._look[1], look[2])
            if look != self._look:
                self.parts.append(change(self._look, look))
                self._look = look
            self.parts.append(text)

    def finish(self) -> str:
        if self._look != PLAIN:
            self.parts.append(RESET)
        return "".join(self.parts)


def change(old: Look, new: Look) -> str:
    """The codes that turn one look into another."""
    if new == PLAIN:
        return RESET
    if new[0] != old[0]:
        return f"\x1b[{';'.join(['0', *filter(None, new)])}m"
    codes = []
    if new[1] != old[1]:
        codes.append(new[1] or "39")
    if new[2] != old[2]:
        codes.append(new[2] or "49")
    return f"\x1b[{';'.join(codes)}m"


@lru_cache(4096)
def look_of(style: Style, colours: ColorSystem) -> Look:
    """The codes of a style in a terminal of so many colours."""
    attributes = ";".join(code for name, code in _ATTRIBUTES if getattr(style, name))
    return attributes, _colour(style.color, colours, True), _colour(style.bgcolor, colours, False)


def _colour(colour: Color | None, colours: ColorSystem, foreground: bool) -> str:
    if colour is None or colour.is_default:
        return ""
    return ";".join(colour.downgrade(colours).get_ansi_codes(foreground))
