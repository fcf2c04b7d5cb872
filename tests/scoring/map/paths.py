"""Random paths of price and open interest for the map's invariants, and a venue's map that keeps a ledger."""

from math import exp

from hypothesis import strategies as st

from scoring.map.kernel import kernels
from scoring.map.path import Piece
from scoring.map.venue import Ledger, VenueMap
from scoring.settings.map import MapSettings
from scoring.view.estimated import Preset

BUCKET = 0.001
MINUTE_MS = 60_000
FULL = MapSettings(kappa_open=1e-12, kappa_share=1e9)
"""Falls of open interest close in proportion and nothing else: no part of them is explained by what was consumed."""

Move = tuple[int, int, int, float, float]
"""Buckets of change, of excursion below and above, the change of open interest as a fraction, the taker's net share."""

moves = st.lists(
    st.tuples(
        st.integers(-40, 40),
        st.integers(0, 20),
        st.integers(0, 20),
        st.floats(-0.3, 0.3),
        st.floats(-1.0, 1.0),
    ),
    min_size=1,
    max_size=25,
)


def at_place(place: float) -> float:
    """The price in the middle of a bucket; bucket 0 begins at a price of 1."""
    return exp((place + 0.5) * BUCKET)


def walk(steps: list[Move], minutes: float = 1.0) -> list[tuple[Piece, float]]:
    """The pieces of a path that starts in bucket 0 with 1000 coins open, and what is open after each."""
    here, coins = 0, 1_000.0
    found = [(Piece(MINUTE_MS, MINUTE_MS, at_place(0), at_place(0), at_place(0), ((0, 0, 1.0),)), coins)]
    for number, (move, below, above, growth, net) in enumerate(steps, 1):
        low, high = min(here, here + move) - below, max(here, here + move) + above
        here, coins = here + move, coins * (1.0 + growth)
        elapsed = minutes * MINUTE_MS
        at_ms = round(MINUTE_MS + number * elapsed)
        path = Piece(at_ms, elapsed, at_place(low), at_place(high), at_place(here), ((low, high, 100.0),), 100.0 * net)
        found.append((path, coins))
    return found


def fresh(settings: MapSettings = FULL, presets: tuple[Preset, ...] = ("observed", "untilted")) -> VenueMap:
    """An empty map around a price of 1."""
    return VenueMap(kernels("binance", None, presets, settings), settings, at_place(0), Ledger())
