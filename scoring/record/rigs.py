"""The maps that a trial compares: the estimated one under some lenses and presets, and the baselines."""

from collections.abc import Collection
from functools import partial

import numpy as np

from scoring.map.coin import CoinMap
from scoring.map.grid import Density
from scoring.map.kernel import kernels
from scoring.map.venue import LENS_HOURS
from scoring.record.baselines import BaselineMap, Placement, naive_lines
from scoring.record.setup import Rig, TrialSettings
from scoring.view.estimated import Lens, Preset

_HOUR_MS = 3_600_000
_BUILD_STEPS = 1_000_000
"""Nobody waits for a screen here: a map is built at once."""


class BuiltMap(CoinMap):
    """A coin's map that is built as soon as there is something to build it from, instead of bit by bit."""

    __slots__ = ()

    def turn_minute(
        self, ended_ms: int, price: float, net_taker_usd: float, complete: Collection[str] = ("bybit",)
    ) -> None:
        """End a minute, and build what history changed."""
        super().turn_minute(ended_ms, price, net_taker_usd, complete)
        for wait_ms in (0, _SETTLED_MS):
            if self.pending:
                self.seed(ended_ms + wait_ms, _BUILD_STEPS)


_SETTLED_MS = 2_000
"""By then history counts as complete."""


def rig(settings: TrialSettings) -> Rig:
    """Fresh maps of one coin; the first density is the primary one, that of the settings' lens and preset."""
    table = settings.map
    shown: list[tuple[Lens, Preset]] = [(table.lens, table.preset)]
    shown += [one for one in (("7d", table.preset), (table.lens, "retail")) if one not in shown]
    estimated = BuiltMap(table)
    for lens, preset in shown:
        estimated.density(lens, preset, 0)  # a preset is kept from when it was first asked for
    half_life_ms = LENS_HOURS[table.lens] * _HOUR_MS * table.half_life_share
    lines = naive_lines(settings.backtest.naive_leverages, table.bucket)
    naive = BaselineMap(lines, table.bucket, half_life_ms, table.kappa_open)
    coloured = BaselineMap(candle_colour(settings), table.bucket, half_life_ms, table.kappa_open)
    return Rig(
        (estimated, naive, coloured),
        (
            *((f"{lens} map, {preset}", partial(_density, estimated, lens, preset)) for lens, preset in shown),
            ("naive lines at 1/L", lambda now_ms: naive.density()),
            ("candle colour picks the side", lambda now_ms: coloured.density()),
        ),
    )


def _density(estimated: CoinMap, lens: Lens, preset: Preset, now_ms: int) -> Density | None:
    return estimated.density(lens, preset, now_ms)


def candle_colour(settings: TrialSettings) -> Placement:
    """The primary map's own spread of distances, all of it on one side."""
    known = kernels("", None, (settings.map.preset,), settings.map).running[0]
    longs, shorts = (np.append(np.diff(side, prepend=0.0), 0.0) for side in known)
    return Placement(longs, shorts, one_sided=True)
