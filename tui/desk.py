"""What goes on beside the picture: alerts and the journal, both from one look at each coin about once a second."""

from dataclasses import dataclass

from scoring.view.alerts import Fired
from tui.alerting import Alerting
from tui.controls import Controls
from tui.journaling import Journaling
from tui.language import ENGLISH
from tui.session import Session
from tui.views.journal import JournalBoard

LOOK_MS = 1000
"""How long after a look at a coin the next one is due, in the market's time."""
MOST_LOOKS = 8
"""Looks of one frame, each of one or two milliseconds; with more coins, or a faster tape, each has its turn later."""


@dataclass(frozen=True, slots=True)
class News:
    """What came up since it was asked last: alerts, what the terminal is to be sent, lines for the reader."""

    fired: tuple[Fired, ...] = ()
    sequences: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


class Desk:
    """Looks at the coins of a session in turn, for its alerts and its journal (None: there is none)."""

    def __init__(self, session: Session, alerting: Alerting, journaling: Journaling | None = None) -> None:
        self.alerting = alerting
        self.journaling = journaling
        self._session = session
        self._beginnings = session.beginnings
        self._looked_ms: dict[str, int] = {}
        session.beside = self.work

    def work(self) -> None:
        """What is due in this frame."""
        session, journaling = self._session, self.journaling
        if session.beginnings != self._beginnings:
            self._beginnings = session.beginnings
            self._forget()
        now_ms = session.source.now_ms()
        for coin in self._due(now_ms):
            self._looked_ms[coin] = now_ms
            view = session.look(coin)
            self.alerting.take(view)
            if journaling is not None:
                journaling.take(view)
        if journaling is not None:
            journaling.take_candles(session.take_candles())
            journaling.go_on(session.coins, now_ms)
            session.candles_of = journaling.candles_of

    def _due(self, now_ms: int) -> list[str]:
        watched = self._session.coins
        wanted = {*self.alerting.coins(watched), *(self.journaling.coins(watched) if self.journaling else ())}
        waits = {coin: now_ms - self._looked_ms.get(coin, now_ms - 10 * LOOK_MS) for coin in watched if coin in wanted}
        due = [coin for coin, waited in waits.items() if not 0 <= waited < LOOK_MS]
        return sorted(due, key=lambda coin: -waits[coin])[:MOST_LOOKS]

    def _forget(self) -> None:
        self._looked_ms.clear()
        self.alerting.forget()
        if self.journaling is not None:
            self.journaling.forget()

    def news(self, controls: Controls = ENGLISH) -> News:
        """What came up since this was asked last."""
        lines = self.alerting.problems()
        if self.journaling is not None:
            lines += self.journaling.said(controls)
        return News(tuple(self.alerting.taken()), tuple(self.alerting.sequences()), tuple(lines))

    def journal(self) -> JournalBoard:
        """What the journal screen shows."""
        return JournalBoard() if self.journaling is None else self.journaling.board(self._session.coins)

    def close(self) -> str:
        """End deliveries and write all that waits; returns what could not be kept, "" where all is."""
        self.alerting.close()
        return "" if self.journaling is None else self.journaling.close()
