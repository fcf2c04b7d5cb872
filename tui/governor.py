"""The bandwidth governor: how often may be painted, and how much decoration, where the terminal's line is thin."""

import re

MOST_THRIFT = 3
"""The thriftiest of `Controls.thrift`."""
BURST_SECONDS = 0.5
"""What was not used may be saved up for so long."""
OWED_SECONDS = 2.0
"""Keys and resizes never owe more than this: the first screen would keep a thin line waiting for ten seconds."""
WINDOW_SECONDS = 4.0
"""Over how long it is judged whether the budget suffices."""
TOO_SELDOM = 0.5
"""A line that lets fewer of the frames through than this needs more thrift."""
AMPLE = 0.6
"""Less thrift is tried where less than this share of the budget was used."""
EASE_WINDOWS = 5
"""So many windows in a row have to be ample at first; twice as many after each try that failed, up to the most."""
EASE_WINDOWS_MOST = 75

_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*(k?)(?:b(?:/s)?)?", re.IGNORECASE)
_LEAST = 200.0
_MOST = 1e9


def bytes_a_second(text: str) -> float | None:
    """The budget that a text such as "4k", "2500", "1.5k" or "8kB" means, bytes a second; None where it is empty.

    Raises ValueError with what was expected. k is 1000.
    """
    if not text:
        return None
    if (found := _RATE.fullmatch(text.strip())) is None:
        raise ValueError('expected bytes a second such as "4k" or "2500"')
    rate = float(found[1]) * (1000 if found[2] else 1)
    if not _LEAST <= rate <= _MOST:
        raise ValueError(f"expected from {_LEAST:.0f} to {_MOST:.0f} bytes a second")
    return rate


class Governor:
    """A bucket that a budget fills and that bytes empty. Times are seconds of any clock that never goes back.

    `budget`: bytes a second, None for no limit. What is painted at once, because a key was pressed, is owed.
    """

    def __init__(self, budget: float | None, now: float, written: int = 0) -> None:
        self.budget = budget
        self.thrift = 0
        self._seen = (now, written)
        self._saved = 0.0
        self._let_through = False
        self._judged = (now, written)
        self._asked = self._granted = 0
        self._ample = 0
        self._ease_windows = EASE_WINDOWS

    def account(self, written: int, now: float) -> None:
        """The terminal has taken `written` bytes by now, since it was taken over."""
        since, before = self._seen
        self._seen = (now, written)
        if self.budget is None:
            return
        saved = min(self._saved + (now - since) * self.budget, BURST_SECONDS * self.budget)
        least = min(saved, -OWED_SECONDS * self.budget)
        spent = saved - (written - before)
        self._saved = spent if self._let_through else max(spent, least)
        self._let_through = False
        if now - self._judged[0] >= WINDOW_SECONDS:
            self._judge(written, now)

    def may_paint(self) -> bool:
        """Whether a frame that nobody asked for may be painted now."""
        granted = self.budget is None or self._saved >= 0
        self._asked += 1
        self._granted += granted
        self._let_through = granted
        return granted

    def _judge(self, written: int, now: float) -> None:
        """More thrift where too few frames come through; less where it has been ample for long."""
        since, before = self._judged
        used = (written - before) / ((now - since) * (self.budget or 1.0))
        through = self._granted / self._asked if self._asked else 1.0
        self._judged, self._asked, self._granted = (now, written), 0, 0
        if through < TOO_SELDOM and self.thrift < MOST_THRIFT:
            if self._ample < 0:  # the last try of less thrift was one too many
                self._ease_windows = min(2 * self._ease_windows, EASE_WINDOWS_MOST)
            self.thrift += 1
            self._ample = 0
        elif through == 1.0 and used < AMPLE:
            self._ample = max(self._ample, 0) + 1
            if self._ample >= self._ease_windows and self.thrift:
                self.thrift -= 1
                self._ample = -1
        elif self._ample > 0:
            self._ample = 0
