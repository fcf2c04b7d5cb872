"""The invariants of one venue's map: nothing is lost, nothing is invented, and no side is preferred."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.map.grid import BUCKETS
from scoring.map.kernel import Kernels
from scoring.map.path import Piece
from scoring.map.venue import LENSES, Ledger, VenueMap
from tests.scoring.map.paths import BUCKET, FULL, MINUTE_MS, Move, at_place, fresh, moves, walk

HOUR_MS = 60 * MINUTE_MS


@given(moves, st.sampled_from([1.0, 60.0, 3_000.0]))
def test_all_that_was_added_is_on_the_map_or_accounted_for(steps: list[Move], minutes: float) -> None:
    state = fresh(FULL.model_copy(update={"kappa_open": 0.3}))
    for piece, coins in walk(steps, minutes):
        state.step(piece, coins)
    ledger = state.ledger
    assert ledger is not None
    gone = ledger.consumed + ledger.shrunk + ledger.decayed + ledger.beyond
    assert state.totals() + gone == pytest.approx(ledger.added + np.zeros_like(state.totals()), rel=1e-5, abs=1e-3)


@given(moves)
def test_without_a_tilt_both_sides_are_loaded_alike(steps: list[Move]) -> None:
    state = fresh()
    for piece, coins in walk(steps):
        state.step(piece, coins)
    added = np.broadcast_to(state.ledger.added if state.ledger else 0.0, state.totals().shape)
    assert added[1, :, 0] == pytest.approx(added[1, :, 1])


@given(moves)
def test_the_tilt_moves_mass_between_the_sides_and_creates_none(steps: list[Move]) -> None:
    state = fresh()
    for piece, coins in walk(steps):
        state.step(piece, coins)
    added = np.broadcast_to(state.ledger.added if state.ledger else 0.0, state.totals().shape)
    assert added[0].sum(axis=1) == pytest.approx(added[1].sum(axis=1))


@given(st.lists(st.floats(-0.3, 0.3), min_size=1, max_size=25))
def test_a_side_never_holds_more_than_is_open(growths: list[float]) -> None:
    state = fresh()
    for piece, coins in walk([(0, 0, 0, growth, 0.0) for growth in growths], minutes=1e-6):
        state.step(piece, coins)
        assert (state.totals()[1] <= coins * piece.close * (1 + 1e-5)).all()


@given(moves)
def test_no_long_is_left_above_the_price_nor_a_short_below_it(steps: list[Move]) -> None:
    state = fresh()
    for piece, coins in walk(steps):
        state.step(piece, coins)
    held = state.density(0, "30d")
    low = high = round(np.log(piece.close) / BUCKET - 0.5)
    assert held[0, max(low - state.first, 0) :].sum() == 0
    assert held[1, : high - state.first + 1].sum() == 0


@given(moves, st.integers(0, 60), st.integers(0, 60))
def test_a_sweep_clears_all_within_its_range(steps: list[Move], below: int, above: int) -> None:
    state = fresh()
    for piece, coins in walk(steps):
        state.step(piece, coins)
    here = round(np.log(piece.close) / BUCKET - 0.5)
    low, high = here - below, here + above
    before = state.density(0, "24h")
    swept = Piece(piece.at_ms + 1, 1e-9, at_place(low), at_place(high), piece.close, ())
    state.step(swept, None)
    after = state.density(0, "24h")
    first = state.first
    assert after[0, max(low - first, 0) :].sum() == after[1, : high - first + 1].sum() == 0
    assert after[0, : low - first] == pytest.approx(before[0, : low - first])
    assert after[1, high - first + 1 :] == pytest.approx(before[1, high - first + 1 :])


@given(moves, st.floats(0.01, 0.9))
def test_a_fall_of_open_interest_shrinks_all_buckets_alike(steps: list[Move], share: float) -> None:
    state = fresh()
    for piece, coins in walk(steps):
        state.step(piece, coins)
    before = state.density(0, "7d")
    still = Piece(piece.at_ms + 1, 1e-9, piece.close, piece.close, piece.close, ())
    state.step(still, coins * (1 - share))
    assert state.density(0, "7d") == pytest.approx(before * (1 - share), rel=1e-5)


@given(moves, st.sampled_from([1.0, 600.0]), st.sampled_from([1e-12, 0.3, 1.0]))
def test_a_longer_lens_never_holds_less(steps: list[Move], minutes: float, kappa: float) -> None:
    state = fresh(FULL.model_copy(update={"kappa_open": kappa}))
    for piece, coins in walk(steps, minutes):
        state.step(piece, coins)
    held = [state.density(0, lens) for lens in LENSES]
    for shorter, longer in pairwise(held):
        assert (longer >= shorter * (1 - 1e-4) - 1e-3).all()


def mirrored(piece: Piece) -> Piece:
    runs = tuple((-last - 1, -first - 1, weight) for first, last, weight in piece.runs)
    return replace(
        piece, low=1 / piece.high, high=1 / piece.low, close=1 / piece.close, runs=runs, net_usd=-piece.net_usd
    )


def even(state: VenueMap) -> Kernels:
    """The kernels of the same map with those of the longs, mirrored, for the shorts."""
    known = fresh()._kernels
    shares = np.diff(known.running, axis=2, prepend=0.0)
    shares[:, 1, BUCKETS:] = shares[:, 0, 1 : BUCKETS + 1][:, ::-1]
    shares[:, 1, :BUCKETS] = 0.0
    return Kernels(np.cumsum(shares, axis=2), known.tilts)


@given(moves)
def test_a_mirrored_path_makes_a_mirrored_map(steps: list[Move]) -> None:
    settings = FULL
    kernels = even(fresh())
    one, other = (VenueMap(kernels, settings, price, Ledger()) for price in (at_place(0), 1 / at_place(0)))
    open_coins, before = [1_000.0, 1_000.0], 1_000.0
    kept = range(one.first + 1, one.first + BUCKETS - 1)  # what left the grid on the way is on neither side of it
    for piece, coins in walk(steps):
        for i, (state, own) in enumerate(((one, piece), (other, mirrored(piece)))):
            # the same USD enter, and the same share of what is open leaves
            rise = max(0.0, coins - before) / own.close
            open_coins[i] = open_coins[i] * min(1.0, coins / before) + rise
            state.step(own, open_coins[i])
        before = coins
        kept = range(max(kept.start, one.first + 1), min(kept.stop, one.first + BUCKETS - 1))
    held, image = one.density(0, "24h"), other.density(0, "24h")[::-1, ::-1]
    # bucket k becomes bucket -k - 1: place i of the one is place i + shift of the other, read backwards
    shift = one.first + other.first + BUCKETS
    for side in (0, 1):
        first, last = kept.start - one.first, kept.stop - one.first
        middle = slice(max(first, -shift, 0), max(min(last, BUCKETS - shift), 0))
        moved = image[side, middle.start + shift : middle.stop + shift]
        assert held[side, middle] == pytest.approx(moved, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("close", [at_place(-8), at_place(8)])
def test_the_colour_of_a_candle_picks_no_side(close: float) -> None:
    state = fresh()
    start = Piece(MINUTE_MS, MINUTE_MS, at_place(0), at_place(0), at_place(0), ((0, 0, 1.0),))
    state.step(start, 1_000.0)
    state.step(Piece(2 * MINUTE_MS, MINUTE_MS, at_place(-8), at_place(8), close, ((-8, 8, 5.0),)), 1_100.0)
    assert state.ledger is not None
    for lens in range(len(LENSES)):
        longs, shorts = state.ledger.added[0, lens]
        assert longs == shorts == pytest.approx(100 * close)


def test_a_lens_forgets_half_in_a_third_of_its_length() -> None:
    state = fresh()
    for piece, coins in walk([(0, 0, 0, 0.1, 0.0)]):
        state.step(piece, coins)
    before = state.density(0, "24h").sum()
    state.step(Piece(piece.at_ms + 8 * HOUR_MS, 8 * HOUR_MS, piece.close, piece.close, piece.close, ()), None)
    assert state.density(0, "24h").sum() == pytest.approx(before / 2, rel=1e-5)


def test_what_was_consumed_explains_its_part_of_a_fall() -> None:
    settings = FULL.model_copy(update={"kappa_open": 1.0})
    totals = []
    for kappa in (FULL, settings):
        state = fresh(kappa)
        for piece, coins in walk([(0, 0, 0, 0.3, 0.0), (-30, 0, 0, 0.0, 0.0)]):
            state.step(piece, coins)
        swept = Piece(piece.at_ms + 1, 1e-9, at_place(-60), piece.high, at_place(-60), ())
        state.step(swept, coins * 0.9)
        totals.append(state.density(0, "30d").sum())
    assert totals[0] < totals[1]


def test_a_hole_in_the_path_is_crossed_straight() -> None:
    state = fresh()
    for piece, coins in walk([(0, 0, 0, 0.3, 0.0)]):
        state.step(piece, coins)
    there = at_place(-100)
    state.step(Piece(piece.at_ms + 5 * HOUR_MS, MINUTE_MS, there, there, there, ()), None)
    held = state.density(0, "30d")
    assert held[0, -100 - state.first :].sum() == 0
    assert held[0, : -100 - state.first].sum() > 0


def test_the_factor_of_open_interest_is_measured_where_enough_was_consumed() -> None:
    settings = FULL.model_copy(update={"kappa_share": 1e-3, "kappa_least_samples": 2, "kappa_open": 0.3})
    state = fresh(settings)
    assert state.kappa_open(0) == 0.3
    fallen = consumed = 0.0
    coins, at_ms = 1_000.0, MINUTE_MS
    for piece, coins in walk([(0, 0, 0, 2.0, 0.0)]):
        state.step(piece, coins)
    for number in range(1, 4):
        at_ms = piece.at_ms + number
        price, coins = at_place(-15 * number), coins - 1.0
        state.step(Piece(at_ms, 1e-9, price, price, price, ()), coins)
        fallen += price
        consumed += state.consumed_usd
    assert state.kappa_open(at_ms) == pytest.approx(fallen / consumed, rel=1e-3)


def test_a_consumed_bucket_is_remembered_where_it_held_enough() -> None:
    state = fresh()
    for piece, coins in walk([(0, 0, 0, 1.0, 0.0)]):
        state.step(piece, coins)
    densest = int(state.density(0, "24h")[0].argmax()) + state.first
    state.step(Piece(999_000, MINUTE_MS, at_place(densest), piece.high, piece.close, ()), None)
    assert state.swept[densest] == 999_000
    assert all(densest <= bucket < 0 for bucket in state.swept)
    state.forget_sweeps(999_001)
    assert state.swept == {}
