"""Wrong contract sizes and doubled amounts: sizes against other venues', sums against what must contain them."""

from collections import deque
from collections.abc import Mapping, Sequence
from statistics import median

from feeds.events import Candle, Liquidation
from scoring.sanity.probe import TradeProbe
from scoring.sanity.suspicion import Suspicion
from scoring.settings import SanitySettings

HOUR_MS = 3_600_000
_SLACK_MS = 15_000
"""A minute's sum is noted at most this far from the minute's end, where the clock is moved by events alone."""
_CANDLE_TRADES = 50
"""A candle of fewer trades than these says nothing about their sizes."""
_HOUR_TRADES = 100
"""With fewer trades an hour says nothing of what was liquidated in it: some may have been missed."""


def outlier(own: float, others: Sequence[float], factor: float) -> float | None:
    """How many times the nearest of the others a value is, where it is off all of at least two by `factor`.

    Below 1 where it is smaller than all.
    """
    if len(others) < 2 or own <= 0 or min(others) <= 0:
        return None
    if own >= factor * max(others):
        return own / max(others)
    if own * factor <= min(others):
        return own / min(others)
    return None


def times(ratio: float) -> str:
    """A ratio in words.

    >>> times(104.2), times(0.0096)
    ('104 times', '1/104 of')
    """
    return f"{ratio:,.0f} times" if ratio >= 1 else f"1/{1 / ratio:,.0f} of"


class TradeSizes:
    """One coin's trade sizes on one feed: against the other venues', and its sums against its venue's own candles."""

    __slots__ = ("_candle_ms", "_counted", "_settings", "by_candles", "by_others", "candles_text", "others_text")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self.by_others = Suspicion(settings)
        self.by_candles = Suspicion(settings)
        self.others_text = self.candles_text = ""
        self._counted = 0
        self._candle_ms = 0

    def compare(self, probe: TradeProbe, others: Sequence[float], since_ms: int) -> None:
        """Weigh the median size against the other venues' medians, where there are new sizes."""
        settings = self._settings
        if len(probe.sizes) < settings.size_samples or probe.count - self._counted < settings.size_samples:
            return
        self._counted = probe.count
        own = median(probe.sizes)
        ratio = outlier(own, others, settings.size_factor)
        if ratio is not None:
            self.others_text = f"contract size looks wrong: its usual trade is {times(ratio)} any other venue's"
        self.by_others.add(-settings.size_weight if ratio is None else settings.size_weight, since_ms)

    def take_candle(self, probe: TradeProbe, event: Candle, length_ms: int) -> None:
        """Weigh what was traded while a candle was open against the volume that the venue gives it."""
        if event.at_ms <= self._candle_ms or event.volume <= 0:
            return
        traded = probe.between(event.at_ms, event.at_ms + length_ms, _SLACK_MS)
        if traded is None or traded[1] < _CANDLE_TRADES:
            return
        self._candle_ms = event.at_ms
        ratio = traded[0] / event.volume
        far = self._settings.size_factor
        if ratio >= far or ratio * far <= 1:
            self.candles_text = f"amounts look wrong: its trades add up to {times(ratio)} its own candle's volume"
            weight = 2 * self._settings.size_weight
        elif abs(ratio / 2 - 1) <= self._settings.candle_twice:
            self.candles_text = "amounts look doubled: its trades add up to twice its own candle's volume"
            weight = self._settings.size_weight
        else:
            weight = -2 * self._settings.size_weight
        self.by_candles.add(weight, event.at_ms)


class ForcedSizes:
    """One coin's liquidations on one feed over the last hour: when, USD."""

    __slots__ = ("_settings", "recent", "suspicion", "text", "total")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self.recent: deque[tuple[int, float]] = deque()
        self.total = 0.0
        self.text = ""
        self.suspicion = Suspicion(settings)

    def take(self, event: Liquidation, interest_usd: float | None) -> None:
        """Take a liquidation; one that is larger than all that is open on its venue can't be."""
        self.recent.append((event.received_ms, event.notional_usd))
        self.total += event.notional_usd
        if interest_usd and event.notional_usd > self._settings.whole_book * interest_usd:
            self.text = (
                f"contract size looks wrong: a liquidation of {event.notional_usd:,.0f} USD "
                f"where {interest_usd:,.0f} are open"
            )
            self.suspicion.add(self._settings.size_weight, event.received_ms)

    def forget(self, before_ms: int) -> None:
        """Keep the last hour."""
        while self.recent and self.recent[0][0] < before_ms:
            self.total -= self.recent.popleft()[1]

    def judge(self, traded: tuple[float, int], size: float | None, others: Sequence[float], now_ms: int) -> None:
        """Weigh the hour's sum against what the venue `traded`, USD and how many, and the sizes (in usual trades)."""
        settings = self._settings
        share = self.total / traded[0] if traded[0] > 0 and traded[1] >= _HOUR_TRADES else 0.0
        if len(self.recent) >= settings.forced_least and share >= settings.forced_share:
            self.text = f"contract size looks wrong: it liquidated {share:,.0f} times what it traded"
            self.suspicion.add(settings.size_weight, now_ms)
            return
        ratio = outlier(size, others, settings.size_factor) if size is not None else None
        if ratio is not None:
            self.text = f"contract size looks wrong: its usual liquidation is {times(ratio)} any other venue's"
            self.suspicion.add(settings.size_weight, now_ms)
        else:
            self.suspicion.add(-settings.size_weight, now_ms)


def in_trades(forced: Mapping[int, ForcedSizes], probes: Mapping[int, TradeProbe], least: int) -> dict[int, float]:
    """Each feed's median liquidation in its median trades, by feed number, where there are enough of both."""
    return {
        number: median(usd for _, usd in one.recent) / usual
        for number, one in forced.items()
        if len(one.recent) >= least
        and (probe := probes.get(number)) is not None
        and len(probe.sizes) >= least
        and (usual := median(probe.sizes)) > 0
    }
