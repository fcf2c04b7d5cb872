"""What is doubted of one feed, since when and why, and when it was: so that no total calls that time seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from feeds.events import EVERY_COIN
from scoring.coverage import Uptime

Subject = Literal["liquidations", "trades", "mark prices", "open interest"]
DOUBTED = "doubted"
"""The kind under which doubted data is counted and left out."""
SUMMED: tuple[Subject, Subject] = ("liquidations", "trades")
"""What enters sums."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fault that was found. `coin`: `EVERY_COIN` where it is the whole feed's. `text`: expected and found.

    `since_ms`: the first evidence; `raised_ms`: when there was enough of it.
    """

    fault: str
    subject: Subject
    coin: str
    since_ms: int
    raised_ms: int
    text: str


class Doubts:
    """The doubts of one feed, over the last `kept_ms`."""

    __slots__ = ("_kept_ms", "_spans", "open")

    def __init__(self, kept_ms: int) -> None:
        self._kept_ms = kept_ms
        self._spans: dict[tuple[Subject, str], list[tuple[int, int]]] = {}
        self.open: dict[tuple[str, Subject, str], Doubt] = {}

    def __iter__(self) -> Iterator[Doubt]:
        return iter(self.open.values())

    def hold(self, doubt: Doubt) -> None:
        """Doubt, or go on doubting with a newer text."""
        key = (doubt.fault, doubt.subject, doubt.coin)
        self.open[key] = doubt

    def lift(self, fault: str, subject: Subject, coin: str, at_ms: int) -> None:
        """The data is right again."""
        doubt = self.open.pop((fault, subject, coin), None)
        if doubt is not None:
            spans = self._spans.setdefault((subject, coin), [])
            spans.append((doubt.since_ms, at_ms))
            spans[:] = [span for span in spans if span[1] >= at_ms - self._kept_ms]

    def of(self, subject: Subject, coin: str) -> Doubt | None:
        """Why that of the coin is doubted now; None where it isn't."""
        for doubt in self.open.values():
            if doubt.subject == subject and doubt.coin in (coin, EVERY_COIN):
                return doubt
        return None

    def gaps(self, subject: Subject, coin: str, now_ms: int) -> list[tuple[int, int]]:
        """When that of the coin was, or is, doubted."""
        known = [span for name in {coin, EVERY_COIN} for span in self._spans.get((subject, name), ())]
        return known + [
            (doubt.since_ms, now_ms)
            for doubt in self.open.values()
            if doubt.subject == subject and doubt.coin in (coin, EVERY_COIN)
        ]

    def trusted(self, uptime: Uptime, subject: Subject, coin: str, now_ms: int) -> Uptime:
        """The uptime without the doubted time; the same one where there is none."""
        if not self.open and not self._spans:
            return uptime
        gaps = self.gaps(subject, coin, now_ms)
        return uptime.without(gaps) if gaps else uptime
