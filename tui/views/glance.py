"""What matters most, to be read from across the room: price and change in large digits, cascade and verdicts filled."""

from dataclasses import dataclass
from itertools import product

from scoring.view import DirectionVerdict, MarketView, Verdict
from tui.controls import Controls
from tui.format import cell_width, clean, cut, percent, score
from tui.language import label
from tui.views.block import FULL, HOLLOW, ROWS, block, drawable, widest
from tui.views.cascade_state import ARROWS, RUNNING, age, by_urgency, state_name
from tui.views.checklist import verdict_name
from tui.views.coin_line import change_row, doubt, price_span
from tui.views.layout import cell, finish, fit, row_width
from tui.views.row import Row, about
from tui.views.said import typeset, verdict_reason

_STYLES: dict[Verdict, str] = {
    "OK": "live", "WAIT": "paused", "NO ENTRY": "alarm", "INSUFFICIENT DATA": "selected",
}  # fmt: skip
_PLAIN = 3
"""Rows of a badge without large letters."""
_CASCADE_SHARE, _VERDICT_SHARE = 22, 17
"""The widths of badges side by side, as the longest words of each are."""
_GAP = 2
"""Cells between price and change, and between badges."""
_PRICE_MERITS, _CHANGE_MERITS, _BADGE_MERITS = (0, 6, 9, 11, 12), (0, 2, 3), (0, 5, 7)
"""What each size is worth, from ordinary letters on."""
_INK = {FULL: "#", HOLLOW: ":"}


@dataclass(frozen=True, slots=True)
class _Badge:
    """A filled field: a line of words, and one word that is large where there is room."""

    topic: str
    of: str
    words: str
    word: str
    style: str
    share: int


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Rows of a pixel, 0 for ordinary letters: of the price, the change and the badges. `apart`: badges in two rows."""

    price: int
    change: int
    badge: int
    apart: bool

    @property
    def merit(self) -> tuple[int, int, bool]:
        """The larger the better, the first step most; the price above all."""
        merit = _PRICE_MERITS[self.price] + _CHANGE_MERITS[self.change] + _BADGE_MERITS[self.badge]
        return merit, self.price, not self.apart

    def rows(self) -> int:
        """Rows of all together, without blank ones that can be spared."""
        badge = 2 + ROWS * self.badge if self.badge else _PLAIN
        large = (ROWS * self.price or 1) + (ROWS * self.change + 1 if self.change else 0)
        return 1 + large + 1 + badge * (2 if self.apart else 1) + self.apart


_SIZES = sorted(
    (
        _Sizes(*found)
        for found in product(
            range(len(_PRICE_MERITS)), range(len(_CHANGE_MERITS)), range(len(_BADGE_MERITS)), (False, True)
        )
        if found[1] <= found[0]
    ),
    key=lambda one: one.merit,
    reverse=True,
)


def glance(view: MarketView, controls: Controls, width: int, height: int) -> list[Row]:
    """A line about the coin, its price, its change, and badges: the more urgent cascade, both verdicts."""
    price, change = _price_text(view), _change_text(view)
    badges = [_cascade(view, controls), *_verdicts(view, controls)]
    sizes = next((one for one in _SIZES if _fits(one, price, change, badges, width, height)), _Sizes(0, 0, 0, False))
    rows = [fit(_head(view, controls, large=bool(sizes.change)), width)]
    style, ink = price_span(view)[1], HOLLOW if price_span(view)[1] == "stale" else FULL
    rows += _large(price, "header.price", style, sizes.price, ink, width, controls)
    if sizes.change:
        rows += [(), *_large(change, "header.change", _change_style(view), sizes.change, ink, width, controls)]
    spare = max(height - sizes.rows(), 0)
    rows = [*[()] * (spare // 3), *rows, *[()] * (1 + spare // 3)]
    lines = ([badges[:1], badges[1:]] if sizes.apart else [badges]) if badges else []
    for number, line in enumerate(lines):
        rows += [()] * (number > 0)
        rows += _beside(line, sizes.badge, width, controls)
    return finish(rows, width, height, controls)


def _fits(sizes: _Sizes, price: str, change: str, badges: list[_Badge], width: int, height: int) -> bool:
    if sizes.rows() > height or (sizes.price and not widest(price, sizes.price, width - 2)):
        return False
    if sizes.change and not widest(change, sizes.change, width - 2):
        return False
    if not sizes.badge:
        return True
    lines = [badges[:1], badges[1:]] if sizes.apart else [badges]
    return all(
        widest(badge.word, sizes.badge, room - 1) or not drawable(badge.word)
        for line in lines
        for badge, room in zip(line, _widths(line, width), strict=True)
    )


def _price_text(view: MarketView) -> str:
    return price_span(view)[0]


def _change_text(view: MarketView) -> str:
    if view.change is None:
        return ""
    return f"{'▼' if view.change.fraction < 0 else '▲'}{percent(view.change.fraction)}"


def _change_style(view: MarketView) -> str:
    return "down" if view.change is not None and view.change.fraction < 0 else "up"


def _head(view: MarketView, controls: Controls, large: bool) -> Row:
    """The coin, the price in ordinary letters where it has no large ones, and what is wrong with it."""
    coin: Row = ((f" {clean(view.coin or controls.coin, 10)} ", "strong"),)
    why = about("header.price", doubt(view, controls))
    change = () if large else change_row(view.change, controls)
    return (*coin, *((" ", "text"), *change) * bool(change), *why)


def _large(text: str, topic: str, style: str, down: int, ink: str, width: int, controls: Controls) -> list[Row]:
    across = widest(text, down, width - 2)
    if not across:
        return [about(topic, cell(f" {text}", style))]
    drawn = block(text, across, down, _INK[ink] if controls.ascii else ink)
    return [about(topic, cell(f" {row}", style)) for row in drawn]


def _cascade(view: MarketView, controls: Controls) -> _Badge:
    state = by_urgency(view)[0]
    name = label("CASCADE", controls)
    if view.cascade.blind is not None or state.state == "blind":
        why = typeset(view.cascade.blind if view.cascade.blind is not None else state.why)
        return _Badge("cascade.state", "", f"{name} {why}", label("blind", controls).upper(), "paused", _CASCADE_SHARE)
    word = state_name(state, controls).upper()
    word = word if state.state == "calm" else f"{ARROWS[state.direction]}{word}"
    style = "alarm" if state.state in RUNNING else "selected"
    words = f"{name} {ARROWS[state.direction]} {age(state, view)}  {typeset(state.why)}".rstrip()
    return _Badge("cascade.state", state.direction, words, word, style, _CASCADE_SHARE)


def _verdicts(view: MarketView, controls: Controls) -> list[_Badge]:
    return [_verdict("long", view.checklist.long, controls), _verdict("short", view.checklist.short, controls)]


def _verdict(direction: str, given: DirectionVerdict, controls: Controls) -> _Badge:
    name, answer = label(direction, controls).upper(), verdict_name(given.verdict, controls)
    graded = score(given.score) if given.score is not None else ""
    words = f"{name} {answer} {graded}  {verdict_reason(given.reason, controls)}".rstrip()
    word = "?" if given.verdict == "INSUFFICIENT DATA" else answer
    return _Badge("checklist.verdict", direction, words, word, _STYLES[given.verdict], _VERDICT_SHARE)


def _widths(badges: list[_Badge], width: int) -> list[int]:
    """The widths of badges side by side."""
    room = width - 2 - _GAP * (len(badges) - 1)
    sizes = [room * badge.share // sum(one.share for one in badges) for badge in badges]
    return [max(size, 0) for size in sizes]


def _beside(badges: list[_Badge], down: int, width: int, controls: Controls) -> list[Row]:
    fields = [_field(badge, down, size, controls) for badge, size in zip(badges, _widths(badges, width), strict=True)]
    gap: Row = ((" " * _GAP, "text"),)
    rows: list[Row] = []
    for parts in zip(*fields, strict=True):
        row: Row = ((" ", "text"),)
        for number, part in enumerate(parts):
            row = (*row, *(gap if number else ()), *part)
        rows.append(row)
    return rows


def _field(badge: _Badge, down: int, width: int, controls: Controls) -> list[Row]:
    """The rows of a badge, each filled to the width."""
    across = widest(badge.word, down, width - 1)
    drawn = block(badge.word, across, down, _INK[FULL] if controls.ascii else FULL) if across else (badge.word,)
    blank = max((2 + ROWS * down if down else _PLAIN) - 1 - len(drawn), 0)
    lines = [f" {badge.words}", *[""] * (blank // 2), *(f" {row}" for row in drawn), *[""] * (blank - blank // 2)]
    return [_filled(line, badge, width) for line in lines]


def _filled(text: str, badge: _Badge, width: int) -> Row:
    text = cut(text, width, more=True) if cell_width(text) > width else text
    row: Row = ((text + " " * (width - cell_width(text)), badge.style),)
    return about(badge.topic, row, badge.of) if row_width(row) and text.strip() else row
