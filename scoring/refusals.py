"""Coins of which a feed tells no liquidations because the venue refused to, while its other data goes on."""

from feeds.events import EVERY_COIN, Undecodable
from scoring.coverage import Uptime


class Refusals:
    """When each coin was refused, over the last `kept_ms`, and why it still is. False where none ever was."""

    def __init__(self, kept_ms: int) -> None:
        self._kept_ms = kept_ms
        self._spans: dict[str, Uptime] = {}
        self._open: dict[str, tuple[str, str]] = {}

    def __bool__(self) -> bool:
        return bool(self._spans)

    def of(self, stream: str) -> dict[str, str]:
        """The coins that this stream refuses now, each with the venue's reason."""
        return {coin: reason for coin, (refused, reason) in self._open.items() if refused == stream}

    def note(self, event: Undecodable) -> None:
        """A venue refused: the reason begins with the coin and a colon."""
        coin, _, reason = event.reason.partition(": ")
        self._open[coin] = (event.stream, reason)
        self._spans.setdefault(coin, Uptime(self._kept_ms)).up(event.at_ms)

    def end(self, stream: str, at_ms: int) -> None:
        """The stream is down: its next connection asks anew."""
        for coin in [coin for coin, (refused, _) in self._open.items() if refused == stream]:
            self._close(coin, at_ms)

    def disprove(self, coin: str, at_ms: int) -> None:
        """A liquidation of the coin came after all."""
        for name in (coin, EVERY_COIN):
            if name in self._open:
                self._close(name, at_ms)

    def reason(self, coin: str) -> str:
        """Why liquidations of the coin are refused now; empty where they aren't."""
        return (self._open.get(EVERY_COIN) or self._open.get(coin) or ("", ""))[1]

    def share(self, coin: str, first_ms: int, now_ms: int) -> float:
        """The share of the time between these in which the coin was refused."""
        spans = (self._spans.get(EVERY_COIN), self._spans.get(coin) if coin != EVERY_COIN else None)
        return min(1.0, sum(span.share(first_ms, now_ms) for span in spans if span is not None))

    def _close(self, coin: str, at_ms: int) -> None:
        del self._open[coin]
        self._spans[coin].down(at_ms)
