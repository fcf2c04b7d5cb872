"""Inverted sides: takers against the ticks of the price, liquidations against its moves."""

from collections.abc import Iterable
from math import log

from feeds.events import Liquidation
from scoring.sanity.probe import TradeProbe
from scoring.sanity.suspicion import Suspicion
from scoring.settings import SanitySettings


class TakerSides:
    """One feed's takers. A rise that sellers make, again and again, is a side read the wrong way round."""

    __slots__ = ("_against", "_agree", "_settings", "suspicion")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self._agree = self._against = 0
        self.suspicion = Suspicion(settings)

    def judge(self, probes: Iterable[TradeProbe], since_ms: int) -> None:
        """Weigh the ticks since the last time."""
        agree = against = 0
        for probe in probes:
            agree += probe.agree
            against += probe.against
            probe.agree = probe.against = 0
        if not agree and not against:
            return
        wrong = self._settings.wrong_ticks
        weight = against * log((1 - wrong) / 0.5) + agree * log(wrong / 0.5)
        most = self._settings.tick_weight
        self._agree += agree
        self._against += against
        self.suspicion.add(max(-most, min(most, weight)), since_ms)
        if not self.suspicion.weight:
            self._agree = self._against = 0

    @property
    def text(self) -> str:
        """Expected and found."""
        ticks = self._agree + self._against
        return f"sides look inverted: price ticks should follow the taker, {self._against} of {ticks} go against him"


class ForcedSides:
    """One feed's liquidations by coin, in USD, in the running minute: [long, short]."""

    __slots__ = ("_settings", "minute", "right", "suspicion", "wrong")

    def __init__(self, settings: SanitySettings) -> None:
        self._settings = settings
        self.suspicion = Suspicion(settings)
        self.minute: dict[str, list[float]] = {}
        self.right = self.wrong = 0

    def take(self, event: Liquidation) -> None:
        """Take a liquidation."""
        sums = self.minute.setdefault(event.coin, [0.0, 0.0])
        sums[event.position == "short"] += event.notional_usd

    def side(self, coin: str) -> int | None:
        """The side (0 long, 1 short) that nearly all of the minute's liquidations are of; None where neither is."""
        long, short = self.minute.get(coin, (0.0, 0.0))
        both = long + short
        if both <= 0 or max(long, short) < self._settings.vote_share * both:
            return None
        return int(short > long)

    def judge(self, votes: Iterable[tuple[bool, bool]], since_ms: int) -> None:
        """Weigh the minute's votes: whether the side fits the move, and whether another venue confirms the move."""
        settings, weight = self._settings, 0.0
        for fits, confirmed in votes:
            right = settings.vote_right if confirmed else settings.vote_alone
            inverted = 1 - settings.vote_right if confirmed else (1 - settings.vote_alone) / 4
            weight += log(inverted / right) if fits else log((1 - inverted) / (1 - right))
            self.right += fits
            self.wrong += not fits
        most = settings.minute_weight
        if weight:
            self.suspicion.add(max(-most, min(most, weight)), since_ms)
        self.minute.clear()
        if not self.suspicion.weight:
            self.right = self.wrong = 0

    @property
    def text(self) -> str:
        """Expected and found."""
        votes = self.right + self.wrong
        return (
            f"sides look inverted: a fall should liquidate longs and a rise shorts, "
            f"{self.wrong} of {votes} minutes say the contrary"
        )


def votes(
    feed: ForcedSides, others: Iterable[ForcedSides], moves: dict[str, float], least: float
) -> Iterable[tuple[bool, bool]]:
    """A feed's votes of the minute that ends. `moves`: each coin's move in it, as a fraction.

    Where the other venues don't agree with the price themselves, nobody votes.
    """
    rest = list(others)
    for coin in feed.minute:
        side, move = feed.side(coin), moves.get(coin, 0.0)
        if side is None or abs(move) < least:
            continue
        expected = int(move > 0)
        told = [other for one in rest if (other := one.side(coin)) is not None]
        fitting = sum(1 for other in told if other == expected)
        if 2 * fitting > len(told) or not told:
            yield side == expected, bool(told)
