"""A cluster's push is a range of two rules, and its stars compare it with the coin's own clusters."""

from math import sqrt

import pytest

from scoring.levels import strength
from scoring.map.strength import MassHistory, book_push, push_range, square_root_push
from scoring.settings import LevelSettings
from scoring.settings.estimate import StrengthSettings

SETTINGS = StrengthSettings()
DAY_MS = 86_400_000
KNOWN = {
    "daily_sigma": 0.025,
    "volume_usd": 20e9,
    "depth_usd": 200e6,
    "kappa_price": 0.01,
    "kappa_open": 0.3,
}


@pytest.mark.parametrize(
    ("usd", "sigma", "volume", "points"), [(50e6, 0.025, 20e9, 12), (500e6, 0.025, 20e9, 40), (5e6, 0.05, 0.5e9, 50)]
)
def test_the_worked_pushes_of_the_square_root_law(usd: float, sigma: float, volume: float, points: float) -> None:
    """50 M and 500 M of bitcoin's 20 B a day, 5 M of a small coin's 0.5 B."""
    assert square_root_push(usd, sigma, volume, 1.0) == pytest.approx(points, abs=0.55)


def test_a_book_that_thins_out_is_eaten_faster() -> None:
    """1 M within a basis point of 100 M in a percent; 3.4 points once it is 3.4 times thinner."""
    assert book_push(1e6, 100e6, 1.0) == pytest.approx(1.0)
    assert book_push(1e6, 100e6, 3.4) == pytest.approx(3.4)


@pytest.mark.parametrize(("depth", "order"), [(20e6, "book above"), (20e9, "book below"), (390e6, "book between")])
def test_the_push_ranges_over_both_rules(depth: float, order: str) -> None:
    """100 M of map: 30 M fall of open interest by the square root, 1 M of liquidations by the book."""
    low, high = 250 * sqrt(30e6 / 20e9), 1.3 * 250 * sqrt(30e6 / 20e9)
    book = 1e6 / (depth / 100 / 3.4)
    found = push_range(100e6, **{**KNOWN, "depth_usd": depth}, settings=SETTINGS)
    expected = {"book above": (low, book), "book below": (book, high), "book between": (min(low, book), high)}[order]
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("unknown", KNOWN)
def test_what_is_not_known_leaves_no_push(unknown: str) -> None:
    assert push_range(1e6, **KNOWN, settings=SETTINGS) is not None
    assert push_range(1e6, **{**KNOWN, unknown: None}, settings=SETTINGS) is None


@pytest.mark.parametrize("unknown", ["volume_usd", "depth_usd"])
def test_an_empty_book_or_a_day_without_trades_leaves_no_push(unknown: str) -> None:
    assert push_range(1e6, **{**KNOWN, unknown: 0.0}, settings=SETTINGS) is None


@pytest.mark.parametrize(
    ("usd", "word"), [(24e6, "minor"), (26e6, "moderate"), (100e6, "strong"), (301e6, "book-sized")]
)
def test_the_words_for_mass_against_depth(usd: float, word: str) -> None:
    """A quarter, once and three times what rests within 1 %."""
    assert strength(usd, 100e6, LevelSettings())[1] == word


def test_stars_are_the_quantiles_of_the_coins_own_masses() -> None:
    """Of 101 masses from 0 to 100 the median is 50, the others 75, 90 and 97."""
    history = MassHistory(SETTINGS)
    for identity in range(101):
        history.note(identity, float(identity), identity)
    assert [history.stars(usd) for usd in (0, 50, 50.1, 75.1, 90.1, 97, 97.1, 1e9)] == [1, 1, 2, 3, 4, 4, 5, 5]


def test_without_enough_clusters_there_are_no_stars() -> None:
    history = MassHistory(SETTINGS)
    for identity in range(SETTINGS.least_clusters - 1):
        history.note(identity, 1.0, 0)
    assert history.stars(5.0) is None
    history.note(-1, 1.0, 0)
    assert history.stars(5.0) == 5


def test_a_long_life_counts_once_with_its_greatest_mass() -> None:
    """One cluster of 9 seen a thousand times does not make 9 usual."""
    history = MassHistory(StrengthSettings(least_clusters=3))
    for usd in (1.0, 9.0, *[2.0] * 1000):
        history.note(1, usd, 0)
    history.note(2, 1.0, 0)
    history.note(3, 1.0, 0)
    assert [history.stars(usd) for usd in (1.5, 8.0, 9.5)] == [2, 4, 5]


def test_masses_are_forgotten_after_their_days_and_beyond_their_number() -> None:
    history = MassHistory(StrengthSettings(least_clusters=3, kept_clusters=3, kept_days=90))
    for identity in range(4):
        history.note(identity, 10.0 if identity == 0 else 1.0, 0)
    assert history.stars(2.0) == 5
    history.note(9, 1.0, 91 * DAY_MS)
    assert history.stars(2.0) is None
