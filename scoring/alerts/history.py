"""A value's own past, sampled once a minute: where the present stands in it, and what it was some time ago."""

from bisect import bisect_left, bisect_right, insort
from collections import deque

MINUTE_MS = 60_000
_TOLERANCE_SHARE = 0.1
_TOLERANCE_LEAST_MS = 90_000
"""How far from a span ago a sample may lie to stand for it: a tenth of the span, but a minute and a half at least."""


class History:
    """The samples of one metric of one subject. A minute without a known value has none."""

    __slots__ = ("_keep_ms", "_least", "_samples", "_sorted")

    def __init__(self, keep_minutes: int, least_minutes: int) -> None:
        self._keep_ms = keep_minutes * MINUTE_MS
        self._least = least_minutes
        self._samples: deque[tuple[int, float]] = deque()
        self._sorted: list[float] = []

    def note(self, at_ms: int, value: float) -> None:
        """Take a known value; of one minute the first counts."""
        samples = self._samples
        if samples and at_ms // MINUTE_MS <= samples[-1][0] // MINUTE_MS:
            return
        samples.append((at_ms, value))
        insort(self._sorted, value)
        while samples[0][0] <= at_ms - self._keep_ms:
            _, old = samples.popleft()
            del self._sorted[bisect_left(self._sorted, old)]

    def percentile(self, value: float) -> float | None:
        """The share of samples below it, those equal counted half, 0 to 100; None before there are enough."""
        count = len(self._sorted)
        if count < self._least:
            return None
        below, upto = bisect_left(self._sorted, value), bisect_right(self._sorted, value)
        return 50.0 * (below + upto) / count

    def before(self, span_minutes: float, now_ms: int) -> float | None:
        """The value that long ago; None where no sample lies near."""
        span_ms = span_minutes * MINUTE_MS
        wanted = now_ms - span_ms
        tolerance = max(_TOLERANCE_LEAST_MS, _TOLERANCE_SHARE * span_ms)
        best: tuple[float, float] | None = None
        for at_ms, value in reversed(self._samples):
            away = abs(at_ms - wanted)
            if best is not None and away > best[0]:
                break
            best = (away, value)
        return best[1] if best is not None and best[0] <= tolerance else None
