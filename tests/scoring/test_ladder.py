"""Rows of any step hold exactly what was liquidated at their prices."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.ladder import MICRO, Ladder
from scoring.settings import LadderSettings
from scoring.step import RowStep, index_at_most, step_at, ticks_per_usd
from tests.scoring.events_fixture import MINUTE, NOW


def ladder(*rows: tuple[float, int, int], sampled: bool = False, market_price: float | None = None) -> Ladder:
    made = Ladder(LadderSettings())
    made.advance(NOW // MINUTE)
    for price, side, usd in rows:
        made.add(NOW, price, side, usd * MICRO, sampled, market_price)
    return made


def test_the_automatic_row_of_bitcoin_is_250_dollars() -> None:
    """The sketch of the screen at 71,452."""
    assert RowStep(LadderSettings()).choose(71_452.3, 0, 2.0) == 250.0


@given(st.floats(1e-9, 1e9), st.integers(-60, 60))
def test_every_step_is_whole_in_ticks(price: float, zoom: int) -> None:
    """So that rows nest, at any zoom; and the automatic row is a tenth to a third of a percent."""
    per_usd = ticks_per_usd(price)
    step = RowStep(LadderSettings()).choose(price, zoom, per_usd)
    ticks = Decimal(repr(step)) * Decimal(repr(per_usd))
    assert ticks == ticks.to_integral_value() >= 1
    automatic = RowStep(LadderSettings()).choose(price, 0, per_usd)
    assert 0.001 * price <= automatic <= 0.0035 * price * (1 + 1e-9)


def test_the_steps_follow_the_sequence() -> None:
    """1, 2, 2.5, 5 in every decade, and the largest that fits is found."""
    assert [step_at(index) for index in range(-4, 5)] == [0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 2.5, 5.0, 10.0]
    assert [step_at(index_at_most(limit)) for limit in (0.1, 0.249, 0.25, 7.0, 9_999.0)] == [
        0.1,
        0.2,
        0.25,
        5.0,
        5000.0,
    ]


def test_a_price_at_a_boundary_does_not_flip_the_rows() -> None:
    """The step is kept while it still suits, in both directions."""
    step = RowStep(LadderSettings())
    assert [step.choose(price, 0, 2.0) for price in (71_500.0, 71_300.0, 71_500.0, 71_300.0)] == [250.0] * 4
    assert step.choose(60_000.0, 0, 2.0) == 200.0


def test_zoom_walks_the_sequence_and_stops_at_both_ends() -> None:
    """One step finer per zoom, never below a basis point or above five percent of the price."""
    step = RowStep(LadderSettings())
    assert [step.choose(71_452.3, zoom, 2.0) for zoom in (1, 2, -1)] == [200.0, 100.0, 500.0]
    assert step.choose(71_452.3, 99, 2.0) == 5.0
    assert step.choose(71_452.3, -99, 2.0) == 2500.0


@pytest.mark.parametrize(("price", "edge"), [(0.3, 0.3), (71_500.0, 71_500.0), (0.00001235, 0.00001235), (0.07, 0.07)])
def test_a_price_on_an_edge_belongs_to_the_row_it_begins(price: float, edge: float) -> None:
    """Binary fractions must not push it into the row below."""
    view = ladder((price, 0, 1)).view(240, price, 99)
    (row,) = view.cells
    assert row * view.step <= edge * (1 + 1e-12)
    assert (row + 1) * view.step > edge * (1 + 1e-12)


@given(
    st.lists(
        st.tuples(st.integers(0, 30), st.floats(60.0, 140.0), st.integers(0, 1), st.integers(1, 10**13), st.booleans()),
        max_size=40,
    ),
    st.integers(-12, 12),
    st.sampled_from([15, 60]),
)
def test_rows_hold_all_that_was_liquidated_in_the_window(
    added: list[tuple[int, float, int, int, bool]], zoom: int, window: int
) -> None:
    """At every zoom, seen before and after, and with the sampled part marked on its own side only."""
    made = Ladder(LadderSettings())
    made.anchor(100.0)
    now = NOW // MINUTE + 30
    made.advance(now - 5)
    made.view(window, 100.0, zoom)
    for age, price, side, amount, sampled in added:
        made.add((now - age) * MINUTE, price, side, amount, sampled, 100.0)
    made.advance(now)
    cells = made.view(window, 100.0, zoom).cells.values()
    kept = [row for row in added if row[0] < window]
    for side, usd, flag in ((0, "long_usd", "long_sampled"), (1, "short_usd", "short_sampled")):
        amounts = [row[3] for row in kept if row[2] == side]
        assert sum(round(getattr(cell, usd) * MICRO) for cell in cells) == pytest.approx(sum(amounts), abs=len(cells))
        assert any(getattr(cell, flag) for cell in cells) == any(row[4] for row in kept if row[2] == side)


def test_an_unchanged_ladder_is_the_same_object() -> None:
    """A frame without news costs nothing; one liquidation makes a new picture."""
    made = ladder((100.0, 0, 5))
    view = made.view(240, 100.0, 0)
    assert made.view(240, 100.0, 0) is view
    made.add(NOW, 100.0, 0, MICRO, False, None)
    assert made.view(240, 100.0, 0).cells[400].long_usd == 6.0


def test_stray_prices_get_no_row_but_are_kept() -> None:
    """Further than half the price away they share one key a side, so memory is bounded."""
    made = ladder((1.0, 0, 1), (2.0, 0, 2), (9_999.0, 0, 4), (1e11, 1, 8), (100.0, 1, 16), market_price=100.0)
    assert [cell.short_usd for cell in made.view(240, 100.0, 0).cells.values()] == [16.0]
    assert sum(made.slots.sums(240).values()) == 31 * MICRO
    assert len(made.slots.sums(240)) == 4


def test_a_tenfold_move_renews_the_tick_and_loses_nothing() -> None:
    """After a crash to a thousandth rows are fine again, and the old amounts stay where they were."""
    made = ladder((80.0, 0, 5), (80.01, 1, 7))
    made.follow(0.08)
    made.add(NOW, 0.0801, 0, 3 * MICRO, False, 0.08)
    view = made.view(240, 0.08, 0)
    assert view.step == 0.00025
    assert view.cells[320].long_usd == 3.0
    assert sum(made.slots.sums(240).values()) == 15 * MICRO
    assert sum(cell.long_usd for cell in made.view(240, 80.0, 0).cells.values()) == 8.0
