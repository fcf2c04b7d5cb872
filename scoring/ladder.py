"""Realised liquidations by price: sparse ticks in minute slots, and the rows that a screen shows of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.settings import LadderSettings
from scoring.step import RowStep, ticks_per_usd
from scoring.view import LadderCell, LadderView
from scoring.window import MINUTE_MS, WINDOWS, MinuteSlots

MICRO = 1_000_000
"""Amounts are whole millionths of a USD, which add and subtract exactly."""

UNDER, OVER = -1, -2
"""Where liquidations too far below or above the price are kept; prices have ticks from 0 on."""

_ROUNDING = 1e-6
"""In ticks: a price this close under a row's edge lies on it, so that 0.3 belongs to the row of 0.3."""

Sums = list[int]
"""Millionths of a USD: long, short, and the part of each that came from a sampling venue."""


@dataclass(slots=True)
class _Rows:
    """Rows of the closed minutes, for one window and step."""

    key: tuple[int, int, int] = (0, 0, -1)
    sums: dict[int, Sums] = field(default_factory=dict)
    cells: dict[int, LadderCell] = field(default_factory=dict)


class Ladder:
    """Liquidated USD by tick. A key of the slots is `tick << 2 | sampled << 1 | side`.

    The tick is fixed at the coin's first price, so that rows of any step and any time nest exactly; it is renewed only
    when the price has moved tenfold.
    """

    def __init__(self, settings: LadderSettings) -> None:
        self.slots = MinuteSlots()
        self.per_usd = 0.0
        self.last_at_ms: dict[int, int] = {}
        self._anchor = 0.0
        self._low = 1.0 - settings.reach
        self._high = 1.0 + settings.reach
        self._step = RowStep(settings)
        self._rows = _Rows()
        self._view = LadderView()
        self._view_key: tuple[int, float, int] = (0, 0.0, -1)

    def add(self, at_ms: int, price: float, side: int, amount: int, sampled: bool, market_price: float | None) -> bool:
        """Add a liquidation: side 0 long, 1 short, `amount` in millionths of a USD. False where it is too old."""
        if not self.per_usd:
            self.anchor(market_price or price)
        middle = market_price or self._anchor
        if price < middle * self._low:
            tick = UNDER
        elif price > middle * self._high:
            tick = OVER
        else:
            tick = int(price * self.per_usd + _ROUNDING)
        if not self.slots.add(at_ms // MINUTE_MS, tick << 2 | (side | 2 if sampled else side), amount):
            return False
        if at_ms > self.last_at_ms.get(tick, 0):
            self.last_at_ms[tick] = at_ms
        return True

    def anchor(self, price: float) -> None:
        """Fix the tick for a coin of this price; later calls change nothing."""
        if not self.per_usd:
            self._anchor = price
            self.per_usd = ticks_per_usd(price)

    def follow(self, price: float) -> None:
        """Renew the tick where the price is more than ten times or less than a tenth of what it was chosen for."""
        if not self.per_usd or 0.1 <= price / self._anchor <= 10.0:
            return
        old, self.per_usd = self.per_usd, ticks_per_usd(price)
        self._anchor = price
        times, parts = max(1, round(self.per_usd / old)), max(1, round(old / self.per_usd))

        def moved(key: int) -> int:
            return key if key < 0 else (key >> 2) * times // parts << 2 | key & 3

        self.slots.rekey(moved)
        last_at_ms: dict[int, int] = {}
        for tick, at_ms in self.last_at_ms.items():
            new = moved(tick << 2) >> 2
            last_at_ms[new] = max(at_ms, last_at_ms.get(new, 0))
        self.last_at_ms = last_at_ms

    def advance(self, minute: int) -> None:
        """Move the clock; forgets the times of ticks that have left the longest window."""
        self.slots.advance(minute)
        kept = self.slots.closed(WINDOWS[-1])
        if len(self.last_at_ms) > 2 * len(kept) + 1000:
            ticks = {key >> 2 for key in kept}
            self.last_at_ms = {tick: at for tick, at in self.last_at_ms.items() if tick in ticks}

    def view(self, window: int, price: float, zoom: int) -> LadderView:
        """The rows of a window at the step that suits `price` and `zoom`. An unchanged ladder is the same object."""
        self.anchor(price)
        step = self._step.choose(price, zoom, self.per_usd)
        key = (window, step, self.slots.version)
        if key != self._view_key:
            self._view = LadderView(window, step, self._cells(window, round(step * self.per_usd)))
            self._view_key = key
        return self._view

    def _cells(self, window: int, ticks: int) -> dict[int, LadderCell]:
        closed = self._closed(window, ticks)
        cells = closed.cells.copy()
        for row, sums in _by_row(self.slots.open, ticks).items():
            before = closed.sums.get(row, (0, 0, 0, 0))
            cells[row] = _cell([now + then for now, then in zip(sums, before, strict=True)])
        return cells

    def _closed(self, window: int, ticks: int) -> _Rows:
        key = (window, ticks, self.slots.closed_version)
        if key != self._rows.key:
            sums = _by_row(self.slots.closed(window), ticks)
            self._rows = _Rows(key, sums, {row: _cell(cell) for row, cell in sums.items()})
        return self._rows


def _by_row(amounts: Mapping[int, int], ticks: int) -> dict[int, Sums]:
    rows: dict[int, Sums] = {}
    keys_a_row = ticks << 2
    for key, amount in amounts.items():
        if key < 0:
            continue
        row = rows.get(key // keys_a_row)
        if row is None:
            row = rows[key // keys_a_row] = [0, 0, 0, 0]
        row[key & 1] += amount
        if key & 2:
            row[key & 3] += amount
    return rows


def _cell(sums: Sums) -> LadderCell:
    return LadderCell(sums[0] / MICRO, sums[1] / MICRO, sums[2] > 0, sums[3] > 0)
