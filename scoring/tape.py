"""The latest liquidations and large trades of a coin, newest first."""

from collections import deque

from feeds.events import Liquidation, Trade
from scoring.view import TapeRow


class Tape:
    """A bounded list. Events wait as they are until somebody looks, because most coins are never looked at."""

    __slots__ = ("_rows", "_shown", "add", "waiting")

    def __init__(self, rows: int) -> None:
        self.waiting: deque[Liquidation | Trade] = deque(maxlen=rows)
        self.add = self.waiting.append
        self._rows: deque[TapeRow] = deque(maxlen=rows)
        self._shown: tuple[TapeRow, ...] = ()

    def rows(self) -> tuple[TapeRow, ...]:
        """All rows, newest first by the venues' time. An unchanged tape is the same object."""
        if self.waiting:
            self._rows.extendleft(_row(event) for event in self.waiting)
            self.waiting.clear()
            self._shown = tuple(sorted(self._rows, key=lambda row: row.at_ms, reverse=True))
        return self._shown


def _row(event: Liquidation | Trade) -> TapeRow:
    return TapeRow(
        at_ms=event.at_ms,
        venue=event.venue,
        market=event.market,
        position=event.position if isinstance(event, Liquidation) else None,
        taker=event.taker if isinstance(event, Trade) else None,
        usd=event.notional_usd,
        price=event.price,
        sampled=isinstance(event, Liquidation) and event.sampled,
    )
