"""Heights of ladder rows: the smallest tick of a coin, and the 1-2-2.5-5 sequence that nests in it."""

import math

from scoring.settings import LadderSettings

_MANTISSAS = ("1", "2", "2.5", "5")


def ticks_per_usd(price: float) -> float:
    """The inverse of a coin's tick, 5 x 10^(floor(log10 price) - 5), in which every larger step is whole.

    >>> ticks_per_usd(71_452.3), ticks_per_usd(0.00001234)
    (2.0, 2000000000.0)
    """
    return float(f"2e{4 - math.floor(math.log10(price))}")


def step_at(index: int) -> float:
    """The step at a place of the sequence: 0 is 1, 1 is 2, 2 is 2.5, 3 is 5, 4 is 10, -1 is 0.5."""
    decade, place = divmod(index, 4)
    return float(f"{_MANTISSAS[place]}e{decade}")


def index_at_most(limit: float) -> int:
    """The place of the largest step that is at most `limit`."""
    index = math.floor(math.log10(limit)) * 4 + 4
    while step_at(index) > limit:
        index -= 1
    return index


class RowStep:
    """Chooses the height of the rows, and keeps it while it still suits the price."""

    def __init__(self, settings: LadderSettings) -> None:
        self._settings = settings
        self._index: int | None = None

    def choose(self, price: float, zoom: int, per_usd: float) -> float:
        """The step for a price; `zoom` +1 is one step finer than the automatic one, -1 one coarser."""
        chosen = self._settings
        if self._index is None or not chosen.row_least <= step_at(self._index) / price <= chosen.row_hold:
            self._index = index_at_most(price * chosen.row_most)
        tick = index_at_most(1.0001 / per_usd)
        finest = max(index_at_most(price * chosen.row_finest), tick)
        coarsest = max(index_at_most(price * chosen.row_coarsest), finest)
        return step_at(min(max(self._index - zoom, finest), coarsest))
