"""Labels of real recordings, the coarse rule on them, and how a recording is cut in halves and days."""

from itertools import pairwise

import pytest

from feeds.events import MarkPrice, OpenInterest
from scoring.cascades.evaluate import Label, Path, Trace, Warned
from scoring.cascades.evaluate_coarse import moves, warnings
from scoring.cascades.evaluate_labels import FIVE_MS, LabelRules, OpenInterestPath, find
from scoring.cascades.evaluate_recording import DAY_MS, CoarseRecording, by_day, halved
from scoring.settings.cascades import CascadeRules

RULES = CascadeRules()
FALL = (100.0, 99.2, 98.3, 97.0)
BEGAN = 100


def points(fall: tuple[float, ...] = FALL, after: int = 20) -> list[tuple[int, float]]:
    """A price that swings by a basis point every five minutes, falls, and stays."""
    prices = [100.0 + 0.01 * (place % 2) for place in range(BEGAN)] + [*fall] + [fall[-1]] * after
    return [(place * FIVE_MS, price) for place, price in enumerate(prices)]


def interest(drop: float = 0.02, at: int = BEGAN + 2) -> OpenInterestPath:
    """Open interest each five minutes, with one drop."""
    return OpenInterestPath([(place * FIVE_MS, "binance", 1000 * (1 - drop * (place >= at))) for place in range(130)])


def test_a_large_move_with_a_fall_of_open_interest_is_one_label() -> None:
    """From where it began to its extreme; the largest quarter of an hour is 3 %."""
    (found,) = find(points(), FIVE_MS, interest())
    assert found.label == Label("down", BEGAN * FIVE_MS, (BEGAN + 3) * FIVE_MS)
    assert found.move == pytest.approx(-0.03)
    assert found.interest == pytest.approx(-0.02)
    assert found.sigmas is not None
    assert found.sigmas > 6


def test_without_the_fall_of_open_interest_it_is_none_unless_that_is_not_known() -> None:
    assert find(points(), FIVE_MS, interest(0.005)) == []
    (found,) = find(points(), FIVE_MS, OpenInterestPath([]))
    assert found.interest is None
    assert len(find(points(), FIVE_MS, interest(0.005), LabelRules(interest=None))) == 1


def test_a_move_of_less_than_two_percent_is_none() -> None:
    assert find(points((100.0, 99.5, 99.0, 98.1)), FIVE_MS, interest()) == []


def test_over_a_gap_there_is_no_move() -> None:
    """The same prices with ten minutes missing inside the fall."""
    gapped = [(at_ms + 2 * FIVE_MS * (place > BEGAN), price) for place, (at_ms, price) in enumerate(points())]
    assert find(gapped, FIVE_MS, interest()) == []


def test_another_exchange_that_joins_is_no_rise_of_open_interest() -> None:
    readings = [(0, "binance", 100.0), (FIVE_MS, "binance", 99.0), (FIVE_MS, "okx", 50.0), (2 * FIVE_MS, "okx", 49.0)]
    path = OpenInterestPath(readings)
    assert path.change(FIVE_MS) == pytest.approx(149 / 150 - 1)
    assert path.change(2 * FIVE_MS) == pytest.approx(148 / 149 - 1)
    assert path.change(FIVE_MS - 1) is None


def test_the_coarse_rule_warns_at_the_end_of_a_large_move_in_which_open_interest_fell() -> None:
    """Each of the last three steps is above 63 bp; open interest fell in the second of them alone."""
    told = warnings(moves(points(), interest(), RULES.enter), RULES.enter)
    assert [(one.direction, one.at_ms) for one in told] == [("down", (BEGAN + 2) * FIVE_MS)]
    alone = warnings(moves(points(), interest(), RULES.enter), RULES.enter, interest=False)
    assert [one.at_ms // FIVE_MS for one in alone] == [BEGAN + 1, BEGAN + 2, BEGAN + 3]


def recording(step_seconds: int) -> CoarseRecording:
    made = CoarseRecording("binance BTC", "BTC", step_seconds)
    common = {"venue": "binance", "market": "perp", "symbol": "BTCUSDT", "coin": "BTC"}
    for (_, before), (at_ms, price) in pairwise(points()):
        times = {"at_ms": at_ms, "received_ms": at_ms}
        coins = 1000.0 if price > 99 else 980.0
        made.take(MarkPrice(**common, **times, mark=price, index=None))  # type: ignore[arg-type]
        made.take(OpenInterest(**common, **times, coins=coins, notional_usd=None))  # type: ignore[arg-type]
        assert before
    return made


def test_a_series_of_five_minutes_is_judged_by_the_coarse_rule() -> None:
    judged = recording(300).judge(RULES)
    assert (judged.pace, len(judged.labels)) == ("5 min", 1)
    assert [one.at_ms // FIVE_MS for one in judged.paths["coarse rule"].warned] == [BEGAN + 2]
    assert "no impulse" in judged.lacking[0]


def test_a_series_of_longer_steps_is_not_judged_and_says_so() -> None:
    judged = recording(1800).judge(RULES)
    assert (judged.pace, judged.labels, judged.lacking) == ("none", (), ("a price each 30 min: a label needs five",))


def test_halves_and_days_count_each_warning_once_with_its_label() -> None:
    """A cascade over midnight: its warning after midnight belongs to the day and the half in which it began."""
    label = Label("down", DAY_MS - 600_000, DAY_MS + 600_000)
    warned = (Warned("down", DAY_MS + 60_000), Warned("up", DAY_MS + 60_000))
    path = Path(2 * DAY_MS, (label,), warned, Trace(0, 1000, [1.0, 1.0]))
    before, after = halved(path, DAY_MS)
    assert (before.labels, before.warned, before.length_ms) == ((label,), warned[:1], DAY_MS)
    assert (after.labels, after.warned) == ((), warned[1:])
    days = by_day(path)
    assert [(day, one.labels, one.warned) for day, one in days.items()] == [
        (0, (label,), warned[:1]),
        (1, (), warned[1:]),
    ]
