"""What a feed of one order a second leaves out, reckoned from what it shows and the law of order sizes.

Orders of a second are Poisson of rate r with sizes of distribution F. The largest has the density r f exp(-r (1 - F)),
an empty second the chance exp(-r), and below the largest the others stay Poisson of rate r F. From w seconds of which k
showed a largest M the likelihood gives r = k / (w - k + sum(1 - F(M))) and the sum S = sum(M + r E[X; X < M]), which
does not saturate. Where the feed shows the latest order instead, r = -ln(1 - k / w) is lost once most seconds are
occupied, and only the lower bound is left.
"""

from bisect import bisect_right
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import erfc, exp, inf, log, sqrt
from statistics import fmean, median
from typing import Literal, Protocol

from scoring.settings.cascades import CascadeRules, CorrectionRules
from scoring.view.cascades import Corrected

Shows = Literal["largest", "latest"]


class SizeLaw(Protocol):
    """How large forced orders are."""

    def above(self, usd: float) -> float:
        """The share of orders that are larger."""
        ...

    def mean_below(self, usd: float) -> float:
        """E[X; X < usd]: the mean over all orders of those that are smaller, the others counted as nothing."""
        ...


@dataclass(frozen=True, slots=True)
class LognormalSizes:
    """Sizes whose logarithm is normal: median in USD and standard deviation of the logarithm."""

    middle: float
    sigma: float

    def above(self, usd: float) -> float:
        """The share of orders that are larger."""
        return _normal(-log(usd / self.middle) / self.sigma)

    def mean_below(self, usd: float) -> float:
        """E[X; X < usd]."""
        mean = self.middle * exp(self.sigma**2 / 2)
        return mean * _normal(log(usd / self.middle) / self.sigma - self.sigma)


@dataclass(frozen=True, slots=True)
class SeenSizes:
    """Sizes as a complete feed showed them, in order, with their running sums; `scale` multiplies each."""

    sizes: tuple[float, ...]
    sums: tuple[float, ...]
    scale: float = 1.0

    def above(self, usd: float) -> float:
        """The share of orders that are larger."""
        return 1 - bisect_right(self.sizes, usd / self.scale) / len(self.sizes)

    def mean_below(self, usd: float) -> float:
        """E[X; X < usd]."""
        place = bisect_right(self.sizes, usd / self.scale)
        return self.scale * self.sums[place] / len(self.sizes)


def seen_sizes(sizes: Sequence[float], middle: float | None = None) -> SeenSizes:
    """The law of a complete feed's sizes, rescaled to another feed's median where that is given.

    Raises `ValueError` without a size.
    """
    if not sizes:
        raise ValueError("sizes: expected at least one, found none")
    ordered = tuple(sorted(sizes))
    scale = 1.0 if middle is None else middle / median(ordered)
    return SeenSizes(ordered, (0.0, *accumulate(ordered)), scale)


class LearnedSizes:
    """The latest order sizes of a coin's complete feed, and the median of a sampling feed's lonely orders.

    Only a second between two empty ones shows an order without choosing it, so only those tell that feed's median.
    """

    __slots__ = ("_lonely", "_rules", "_sizes")

    def __init__(self, rules: CorrectionRules) -> None:
        self._rules = rules
        self._sizes: deque[float] = deque(maxlen=rules.sizes_kept)
        self._lonely: deque[float] = deque(maxlen=rules.sizes_kept)

    def take(self, usd: float) -> None:
        """Take an order of the complete feed."""
        self._sizes.append(usd)

    def take_lonely(self, usd: float) -> None:
        """Take an order of the sampling feed with an empty second on each side."""
        self._lonely.append(usd)

    def laws(self) -> list[SizeLaw]:
        """The law of all kept sizes, and that of their latest quarter, which is the burst's; none of too few."""
        least = self._rules.sizes_least
        if len(self._sizes) < least:
            return []
        middle = median(self._lonely) if len(self._lonely) >= least // 4 else None
        sizes = list(self._sizes)
        whole = seen_sizes(sizes, middle)
        burst = seen_sizes(sizes[-max(least, len(sizes) // 4) :])
        return [whole, SeenSizes(burst.sizes, burst.sums, whole.scale)]


def correct(
    shown: Sequence[float], seconds: int, laws: Sequence[SizeLaw], rules: CascadeRules, shows: Shows = "largest"
) -> Corrected:
    """What `seconds` of a feed probably held of which `shown` are its orders, at most one a second.

    Each law gives an estimate: the first is the best, all of them and the estimator's own spread make the band. It
    is never below what was counted. Raises `ValueError` for more orders than seconds.
    """
    if len(shown) > seconds:
        raise ValueError(f"shown: expected at most {seconds} orders, found {len(shown)}")
    raw = sum(shown)
    saturated = len(shown) >= rules.blind.saturated * seconds
    if not shown:
        return Corrected(0.0, 0.0, 0.0, 0.0, 0.0, False, "no order was shown")
    if shows == "latest":
        return _latest(shown, seconds, saturated, rules.correction)
    estimates = [_largest(shown, seconds, law) for law in laws]
    if not estimates or any(rate == inf for rate, _ in estimates):
        why = "every second is occupied by the largest known sizes" if estimates else "no law of sizes is known"
        return Corrected(raw, None, raw, None, None, saturated, why)
    low, high = rules.correction.spread
    sums = [usd for _, usd in estimates]
    reason = f"largest of each second, {len(laws)} laws of sizes"
    bottom, top = max(raw, min(sums) / high), max(sums) / low
    return Corrected(raw, sums[0], bottom, top, estimates[0][0], saturated, reason)


def _largest(shown: Sequence[float], seconds: int, law: SizeLaw) -> tuple[float, float]:
    """Orders a second and their sum, USD; both infinite where nothing bounds them."""
    room = seconds - len(shown) + sum(law.above(usd) for usd in shown)
    if room <= 0:
        return inf, inf
    rate = len(shown) / room
    return rate, sum(usd + rate * law.mean_below(usd) for usd in shown)


def _latest(shown: Sequence[float], seconds: int, saturated: bool, rules: CorrectionRules) -> Corrected:
    raw = sum(shown)
    if saturated:
        return Corrected(raw, None, raw, None, None, True, "latest of each second, saturated: a lower bound")
    rate = -log(1 - len(shown) / seconds)
    usd = max(raw, rate * seconds * fmean(shown))
    low, high = rules.spread
    return Corrected(raw, usd, max(raw, usd / high), usd / low, rate, False, "latest of each second")


def _normal(z: float) -> float:
    return 0.5 * erfc(-z / sqrt(2))
