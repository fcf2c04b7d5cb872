"""The journal: what is frozen, how it is graded, what is said of the items."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest

from scoring.journal import Grader, freeze, record, welch
from scoring.settings.journal import JournalSettings
from scoring.student import student_quantile
from scoring.view import CheckItem, ChecklistView, DirectionVerdict, Grade, MarketView, Reading
from scoring.view.journal import Entry, EntryItem, Outcome

T0 = 1_737_979_440_000
MINUTE = 60_000
HOUR = 60 * MINUTE
SETTINGS = JournalSettings()


def view(price: Reading | None = None) -> MarketView:
    items = (
        CheckItem("funding", "pass", "warn", "+0.0100 %", "neutral", 1.5, 4000),
        CheckItem("options", "unknown", "unknown", "", "none told", 0.25),
    )
    checks = ChecklistView(items, DirectionVerdict("OK", 0.9, 0.8, "no item fails"))
    reading = price or Reading(100.0, "bybit mark price", T0, "", T0 + 10_000)
    return MarketView(at_ms=T0, coin="BTC", price=reading, checklist=checks)


def entry(at_ms: int = T0, direction: str = "long", items: tuple[EntryItem, ...] = (), coin: str = "BTC") -> Entry:
    one = replace(freeze(view(), "long"), at_ms=at_ms, coin=coin, identity=f"{at_ms}-{coin}-{direction}", items=items)
    return replace(one, direction=direction)  # type: ignore[arg-type]


def test_a_checklist_is_frozen_for_one_direction() -> None:
    one = freeze(view(), "short", "breakout")
    assert (one.identity, one.coin, one.price, one.note) == (f"{T0}-BTC-short", "BTC", 100.0, "breakout")
    assert (one.verdict, one.score) == ("INSUFFICIENT DATA", None)
    assert one.items[0] == EntryItem("funding", "warn", "+0.0100 %", "neutral", 1.5, 4000)
    assert freeze(view(), "long").items[0].grade == "pass"


@pytest.mark.parametrize(
    "price",
    [
        Reading(None, reason="no price yet"),
        Reading(100.0, "x", T0, "stale since 12:00:00 UTC"),
        Reading(100.0, "x", T0, "", T0 - 1),
    ],
)
def test_a_price_that_is_not_fresh_is_no_entry_price(price: Reading) -> None:
    one = freeze(view(price), "long")
    assert one.price is None
    assert one.price_source
    grader = Grader(SETTINGS)
    grader.add(one)
    assert grader.coins == ()


def graded(direction: str, prices: list[tuple[int, float]], hours: float = 1.0) -> list[Outcome]:
    grader = Grader(JournalSettings(hours=(hours,)))
    grader.add(entry(direction=direction))
    return [one for minute, price in prices for one in grader.take("BTC", T0 + minute * MINUTE, price)]


@pytest.mark.parametrize(
    ("direction", "result", "best", "worst"), [("long", 0.02, 0.05, -0.03), ("short", -0.02, 0.03, -0.05)]
)
def test_an_entry_is_graded_in_its_direction(direction: str, result: float, best: float, worst: float) -> None:
    (one,) = graded(direction, [(10, 105.0), (20, 97.0), (60, 102.0), (61, 500.0)])
    assert (one.result, one.best, one.worst) == (pytest.approx(result), pytest.approx(best), pytest.approx(worst))
    assert one.at_ms == T0 + HOUR


def test_an_excursion_never_has_the_other_sign() -> None:
    """A price that only rose went nothing against a long."""
    (one,) = graded("long", [(10, 101.0), (60, 102.0)])
    assert (one.best, one.worst) == (pytest.approx(0.02), 0.0)


def test_how_much_of_the_time_was_watched_is_told() -> None:
    (whole,) = graded("long", [(minute, 100.0) for minute in range(1, 61)])
    (half,) = graded("long", [(minute, 100.0) for minute in range(31, 61)])
    assert whole.seen == pytest.approx(59 / 60)
    assert half.seen == pytest.approx(29 / 60)


@pytest.mark.parametrize(("late_seconds", "known"), [(72, True), (73, False)])
def test_a_price_that_comes_too_late_is_none(late_seconds: int, known: bool) -> None:
    """Two per cent of an hour are 72 s."""
    grader = Grader(JournalSettings(hours=(1.0,)))
    grader.add(entry())
    (one,) = grader.take("BTC", T0 + HOUR + late_seconds * 1000, 102.0)
    assert (one.result is not None, one.reason == "") == (known, known)


def test_what_nobody_watched_ends_without_a_result() -> None:
    grader = Grader(JournalSettings(hours=(1.0, 4.0)))
    grader.add(entry())
    (one,) = grader.advance(T0 + 2 * HOUR)
    assert (one.hours, one.result, one.best, one.reason) == (1.0, None, None, "no price within 72 s of the end")
    assert grader.coins == ("BTC",)


def test_what_was_graded_is_not_graded_again() -> None:
    grader = Grader(SETTINGS)
    grader.add(entry(), graded=(1.0, 4.0))
    assert [one.hours for one in grader.advance(T0 + 30 * HOUR)] == [24.0]
    assert grader.coins == ()


def test_a_candle_counts_with_its_extremes() -> None:
    grader = Grader(JournalSettings(hours=(1.0,)))
    grader.add(entry())
    grader.take("BTC", T0 + MINUTE, 100.0, low=90.0, high=120.0)
    (one,) = grader.take("BTC", T0 + HOUR, 100.0)
    assert (one.best, one.worst) == (pytest.approx(0.2), pytest.approx(-0.1))


def test_welchs_interval_is_that_of_the_textbook() -> None:
    """Against numpy's own means and variances."""
    one, other = [0.02, 0.01, 0.04, 0.03, 0.05], [0.0, -0.02, 0.01, -0.01, -0.06, 0.02, 0.0]
    a, b = np.var(one, ddof=1) / 5, np.var(other, ddof=1) / 7
    degrees = (a + b) ** 2 / (a**2 / 4 + b**2 / 6)
    reach = student_quantile(0.975, degrees) * np.sqrt(a + b)
    difference = np.mean(one) - np.mean(other)
    assert welch(one, other, 0.95) == pytest.approx((difference, difference - reach, difference + reach))


def journal(returns: list[tuple[Grade, float]]) -> tuple[list[Entry], list[Outcome]]:
    """One entry every two hours with one item and its return after one."""
    entries, outcomes = [], []
    for at, (grade, result) in enumerate(returns):
        one = entry(T0 + at * 2 * HOUR, items=(EntryItem("cvd", grade, "", "", 1.0),))
        entries.append(one)
        outcomes.append(Outcome(one.identity, 1.0, one.at_ms + HOUR, result, None, None, 1.0))
    return entries, outcomes


def test_an_item_that_separates_is_found() -> None:
    chance = Random(1)
    rows: list[tuple[Grade, float]] = [("pass", chance.gauss(0.01, 0.01)) for _ in range(30)]
    rows += [("warn" if at % 2 else "fail", chance.gauss(-0.01, 0.01)) for at in range(30)]
    (item,) = record(*journal(rows), 1.0, SETTINGS).items
    assert (item.n_pass, item.n_other, item.words) == (30, 30, "better when it passes")
    assert item.low is not None
    assert item.high is not None
    assert item.low < 0.02 < item.high


def test_few_entries_say_nothing_however_far_apart() -> None:
    rows: list[tuple[Grade, float]] = [("pass", 0.5 + 0.01 * at) for at in range(40)]
    rows += [("fail", -0.5)] * 9
    (item,) = record(*journal(rows), 1.0, SETTINGS).items
    assert (item.words, item.difference, item.n_other, item.mean_other) == ("n too small", None, 9, -0.5)


def test_pure_chance_is_hardly_ever_told_as_a_difference() -> None:
    """Eleven items without any effect, a hundred journals: at most some five of them name one at all."""
    chance = Random(7)
    wrong = 0
    for _ in range(100):
        entries, outcomes = [], []
        for at in range(60):
            items = tuple(EntryItem(f"item {n}", chance.choice(("pass", "fail")), "", "", 1.0) for n in range(11))
            one = entry(T0 + at * 2 * HOUR, items=items)
            entries.append(one)
            outcomes.append(Outcome(one.identity, 1.0, one.at_ms + HOUR, chance.gauss(0, 0.01), None, None, 1.0))
        told = record(entries, outcomes, 1.0, SETTINGS)
        wrong += any(item.words not in ("no difference told", "n too small") for item in told.items)
    assert wrong <= 10


def test_unknown_grades_count_on_neither_side() -> None:
    (item,) = record(*journal([("unknown", 0.9), ("pass", 0.1), ("warn", 0.2)]), 1.0, SETTINGS).items
    assert (item.n_pass, item.n_other) == (1, 1)


def test_entries_that_overlap_count_once() -> None:
    """Three entries within half an hour see the same hour: the first counts. Another coin is another market."""
    items = (EntryItem("cvd", "pass", "", "", 1.0),)
    entries = [entry(T0 + at * 10 * MINUTE, items=items) for at in range(3)]
    entries += [entry(T0, coin="ETH", items=items), entry(T0 + 70 * MINUTE, items=items)]
    outcomes = [Outcome(one.identity, 1.0, one.at_ms + HOUR, 0.01, None, None, 1.0) for one in entries[:-1]]
    told = record(entries, outcomes, 1.0, SETTINGS)
    assert (told.n, told.overlapping, told.ungraded, told.good) == (2, 2, 1, 2)
