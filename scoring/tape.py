"""The latest liquidations and large trades of a coin, newest first."""

from collections import deque

from feeds.events import Liquidation
from scoring.view import TapeRow


class Tape:
    """A bounded list. Events wait as they are until somebody looks, because most coins are never looked at."""

    __slots__ = ("_rows", "_shown", "_stale", "add", "waiting")

    def __init__(self, rows: int) -> None:
        self.waiting: deque[Liquidation] = deque(maxlen=rows)
        self.add = self.waiting.append
        self._rows: deque[TapeRow] = deque(maxlen=rows)
        self._shown: tuple[TapeRow, ...] = ()
        self._stale = False

    def add_row(self, row: TapeRow) -> None:
        """Add what is a row already."""
        self._rows.appendleft(row)
        self._stale = True

    def rows(self) -> tuple[TapeRow, ...]:
        """All rows, newest first by the venues' time. An unchanged tape is the same object."""
        if self.waiting or self._stale:
            self._stale = False
            self._rows.extendleft(_row(event) for event in self.waiting)
            self.waiting.clear()
            self._shown = tuple(sorted(self._rows, key=lambda row: row.at_ms, reverse=True))
        return self._shown


def _row(event: Liquidation) -> TapeRow:
    return TapeRow(
        at_ms=event.at_ms,
        venue=event.venue,
        market=event.market,
        position=event.position,
        taker=None,
        usd=event.notional_usd,
        price=event.price,
        sampled=event.sampled,
    )
