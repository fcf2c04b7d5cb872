"""The journal while the monitor runs: what is kept, graded and taken up again."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from scoring.settings.journal import JournalSettings
from scoring.view import MarketView, Reading
from scoring.view.journal import Entry
from tests.tui.test_past import MINUTE, T0, candle
from tests.tui.waiting import until
from tui.journal_file import RETRY_MS, JournalFile
from tui.journal_store import JournalStore
from tui.journaling import NOT_WATCHED_WORDS, OTHER_RUN_WORDS, Journaling
from tui.past import GATHER_MS

HOUR = 60 * MINUTE
BTC = ("BTC",)


def view(minutes: float, price: float, coin: str = "BTC", stale: bool = False) -> MarketView:
    at_ms = T0 + round(minutes * MINUTE)
    return MarketView(at_ms=at_ms, coin=coin, price=Reading(price, "okx mark price", at_ms, "", at_ms - stale))


class Run:
    """One run of the program on one file."""

    def __init__(self, path: Path, mode: Any = "LIVE", minutes: float = 0, watched: Sequence[str] = BTC) -> None:
        self.path, self.watched = path, watched
        self.journaling = Journaling(JournalFile(JournalStore(path)), JournalSettings(), mode)
        until(lambda: self.tick(minutes) or not self.journaling.busy)

    def tick(self, minutes: float) -> None:
        self.journaling.go_on(self.watched, T0 + round(minutes * MINUTE))

    def price(self, minutes: float, price: float, **given: Any) -> None:
        self.journaling.take(view(minutes, price, **given))
        self.tick(minutes)

    def keep(self, minutes: float = 0, price: float = 100.0, **given: Any) -> Entry:
        entry = self.journaling.freeze(view(minutes, price, **given), "long", "why")
        assert entry is not None
        return entry

    def results(self) -> dict[float, float | None]:
        """Of the newest entry, by hours."""
        newest = self.journaling.board(self.watched).entries[0]
        return {one.hours: one.result if one.result is None else round(one.result, 6) for one in newest.outcomes}

    def why(self) -> list[str]:
        return [one.unfollowed for one in self.journaling.board(self.watched).entries]

    def end(self) -> list[dict[str, Any]]:
        assert self.journaling.close() == ""
        return [json.loads(line) for line in self.path.read_text().splitlines()]


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., Run]:
    def begun(**given: Any) -> Run:
        return Run(tmp_path / "journal.jsonl", **given)

    return begun


Begin = Callable[..., Run]


def test_an_entry_is_graded_from_the_prices_that_follow(begin: Begin) -> None:
    run = begin()
    run.keep()
    run.price(30, 98.0)
    run.price(60, 103.0)
    assert run.results() == {1.0: 0.03}
    kept, graded = run.end()
    assert (kept["kind"], kept["note"], kept["price"]) == ("entry", "why", 100.0)
    assert (graded["hours"], graded["worst"]) == (1.0, pytest.approx(-0.02))


def test_a_price_that_is_stale_grades_nothing(begin: Begin) -> None:
    run = begin()
    run.keep()
    run.price(60, 103.0, stale=True)
    assert run.results() == {}
    run.end()


def test_an_end_that_nobody_saw_in_time_is_not_known(begin: Begin) -> None:
    run = begin()
    run.keep()
    run.tick(62)
    assert run.results() == {1.0: None}
    run.end()


def test_the_next_start_takes_up_what_is_not_graded_yet(begin: Begin) -> None:
    first = begin()
    first.keep()
    first.price(60, 103.0)
    first.end()
    second = begin(minutes=120)
    assert second.journaling.candles_of == {"BTC"}
    second.tick(120 + GATHER_MS / MINUTE)
    second.price(240, 110.0)
    assert second.results() == {1.0: 0.03, 4.0: 0.1}
    assert [line["kind"] for line in second.end()] == ["entry", "outcome", "outcome"]


def test_candles_tell_the_time_between_two_starts(begin: Begin) -> None:
    """Of a candle that ends 12 minutes late the day's result is known, the hour's is not."""
    first = begin()
    first.keep()
    first.end()
    second = begin(minutes=1500)
    second.journaling.take_candles([candle(opens + 12, 100.0 + opens / 60) for opens in range(0, 1485, 15)])
    second.tick(1500 + GATHER_MS / MINUTE)
    assert second.results() == {1.0: None, 4.0: None, 24.0: pytest.approx(0.2375)}
    second.end()


def test_prices_wait_for_the_candles_of_the_time_before(begin: Begin) -> None:
    """An entry that falls due while candles are gathered is graded by what was seen then."""
    first = begin()
    first.keep()
    first.end()
    second = begin(minutes=59)
    second.price(60, 102.0)
    assert second.results() == {}
    second.tick(59 + GATHER_MS / MINUTE)
    assert second.results() == {1.0: 0.02}
    second.end()


def test_an_entry_of_a_coin_that_is_not_watched_waits(begin: Begin) -> None:
    first = begin()
    first.keep()
    first.end()
    other = begin(minutes=1000, watched=("ETH",))
    other.tick(1010)
    assert (other.results(), other.why()) == ({}, [NOT_WATCHED_WORDS])
    assert len(other.end()) == 1


def test_a_coin_that_is_no_longer_watched_waits_too(begin: Begin) -> None:
    run = begin()
    run.keep()
    run.watched = ("ETH",)
    run.tick(1000)
    assert run.results() == {}
    run.watched = BTC
    run.tick(1430)
    run.tick(1430 + GATHER_MS / MINUTE)
    run.price(1440, 101.0)
    assert run.results() == {1.0: None, 4.0: None, 24.0: 0.01}
    run.end()


@pytest.mark.parametrize("mode", ["DEMO", "REPLAY"])
def test_the_entries_of_another_demo_or_replay_are_never_graded(begin: Begin, mode: str) -> None:
    first = begin(mode=mode)
    first.keep()
    first.end()
    second = begin(mode=mode)
    second.keep(minutes=1)
    second.price(61, 103.0)
    assert second.results() == {1.0: 0.03}
    assert second.why() == ["", OTHER_RUN_WORDS]
    second.end()


def test_a_new_demo_market_grades_nothing_of_the_old_one(begin: Begin) -> None:
    run = begin(mode="DEMO")
    run.keep()
    run.journaling.forget()
    run.price(60, 103.0)
    assert (run.results(), run.why()) == ({}, [OTHER_RUN_WORDS])
    run.end()


def test_a_tape_that_was_sought_goes_on_grading(begin: Begin) -> None:
    run = begin(mode="REPLAY")
    run.keep()
    run.journaling.forget()
    run.price(60, 103.0)
    assert run.results() == {1.0: 0.03}
    run.end()


def test_the_very_same_moment_is_kept_once(begin: Begin) -> None:
    run = begin()
    run.keep()
    assert run.journaling.freeze(view(0, 100.0), "long", "again") is None
    assert len(run.end()) == 1


def test_what_can_not_be_written_is_told_waits_and_is_written_later(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    run = Run(tmp_path / "blocked" / "journal.jsonl")
    assert run.journaling.said() == ["the journal can't be read: Not a directory"]
    run.keep()
    said = until(lambda: run.tick(0) or run.journaling.said())
    assert said == ["the journal can't be written, a line to go: File exists"]
    (tmp_path / "blocked").unlink()
    run.tick(RETRY_MS / MINUTE)
    until(lambda: run.tick(2) or not run.journaling.busy)
    assert [line["kind"] for line in run.end()] == ["entry"]


def test_what_was_lost_at_the_end_is_told(tmp_path: Path) -> None:
    (tmp_path / "blocked").write_text("")
    run = Run(tmp_path / "blocked" / "journal.jsonl")
    run.keep()
    path = tmp_path / "blocked" / "journal.jsonl"
    assert run.journaling.close() == f"the journal lost a line: {path}: File exists"
