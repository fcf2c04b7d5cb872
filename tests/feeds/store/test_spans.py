"""When streams were seen survives the program: what lies between two runs is a gap."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Connected, Disconnected, Gap, Liquidation, StatusEvent
from feeds.store import Reader
from scoring.market import Market
from scoring.settings import ScoringSettings
from tests.feeds.store.making import NOW, down, gap, liquidation, up, writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def told(path: Path, since_ms: int = 0) -> list[tuple[str, int]]:
    return [(type(event).__name__, event.at_ms - NOW) for event in Reader(path).read(since_ms)]


def test_the_time_between_two_runs_is_a_gap(path: Path) -> None:
    """The first run ended without a word: what it saw last was a liquidation, 5 s after it connected."""
    with writing(path) as store:
        store.put([up(NOW), liquidation(NOW + 4960)])
    with writing(path) as store:
        store.put([up(NOW + 60_000), liquidation(NOW + 69_960, "b")])
        reason = "liqtop was not running"
        assert [(found.since_ms - NOW, found.at_ms - NOW, found.reason) for found in store.gaps(0, NOW + 50_000)] == [
            (5000, 50_000, reason)
        ]
    assert [(found.since_ms - NOW, found.at_ms - NOW) for found in Reader(path).gaps(0, NOW + 70_000)] == [
        (5000, 60_000)
    ]
    assert told(path) == [
        ("Connected", 0), ("Liquidation", 4960), ("Disconnected", 5000), ("Gap", 60_000), ("Connected", 60_000),
        ("Liquidation", 69_960), ("Disconnected", 70_000),
    ]  # fmt: skip


def test_a_disconnect_and_a_gap_within_a_run_are_kept(path: Path) -> None:
    with writing(path) as store:
        store.put(
            [up(NOW), down(NOW + 9000), gap(NOW + 8000, NOW + 20_000), up(NOW + 20_000), liquidation(NOW + 24_960)]
        )
    assert told(path)[:4] == [("Connected", 0), ("Disconnected", 8000), ("Gap", 20_000), ("Connected", 20_000)]
    assert [(found.since_ms - NOW, found.at_ms - NOW) for found in Reader(path).gaps(NOW + 10_000, NOW + 30_000)] == [
        (10_000, 20_000)
    ]


def test_a_stream_that_was_never_connected_has_no_gap(path: Path) -> None:
    with writing(path) as store:
        store.put([down(NOW), liquidation(NOW)])
    assert Reader(path).gaps(0, NOW + 99_000) == []


def test_reading_from_within_a_span_begins_connected(path: Path) -> None:
    with writing(path) as store:
        store.put([up(NOW), liquidation(NOW + 50_000)])
    assert told(path, NOW + 20_000)[0] == ("Connected", 20_000)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("udg"), st.integers(1, 50), st.integers(0, 80)), max_size=12))
def test_spans_are_what_the_statuses_say_second_by_second(
    tmp_path_factory: pytest.TempPathFactory, script: list[tuple[str, int, int]]
) -> None:
    """Against a picture of single seconds that is painted by hand."""
    path = tmp_path_factory.mktemp("store") / "a"
    seen: dict[int, bool] = {}
    second, is_up, events = 0, False, []
    for what, wait, back in script:
        seen |= dict.fromkeys(range(second, second + wait), is_up)
        second += wait
        at_ms = NOW + second * 1000
        if what == "g":
            events.append(gap(at_ms - back * 1000, at_ms))
            seen |= dict.fromkeys(range(second - back, second), False)
        else:
            is_up = what == "u"
            events.append(up(at_ms) if is_up else down(at_ms))
    with writing(path) as store:
        store.put([*events, down(NOW + second * 1000), liquidation(NOW + second * 1000)])
    stored: set[int] = set()
    since = 0
    for event in Reader(path).read(0):
        if isinstance(event, Connected):
            since = (event.at_ms - NOW) // 1000
        elif isinstance(event, Disconnected):
            stored |= set(range(since, (event.at_ms - NOW) // 1000))
    assert stored == {moment for moment, was_up in seen.items() if was_up}


def test_a_market_fed_from_the_store_has_the_totals_and_the_coverage(path: Path) -> None:
    """A warm restart: the ladder's sums are those of the run before, and the time it was off is not covered."""
    with writing(path) as store:
        store.put([up(NOW)])
        store.put([liquidation(NOW + number * 1000, str(number), 100.0) for number in range(300)])
    market = Market(ScoringSettings(), ("BTC",))
    events = list(Reader(path).read(0, ["BTC"]))
    market.apply(events)
    market.apply([up(NOW + 600_000)])
    market.advance(NOW + 600_000)
    total = market.totals(15)
    assert total.long.usd == 30_000.0
    assert 0 < total.coverage < 0.5
    assert sum(isinstance(event, Liquidation) for event in events) == 300
    statuses = [event for event in events if isinstance(event, StatusEvent)]
    assert [type(event) for event in statuses] == [Connected, Disconnected]
    assert not any(isinstance(event, Gap) for event in statuses)
    (row,) = [feed for feed in market.view("BTC", 15).feeds if feed.venue == "bybit"]
    assert row.state in ("live", "quiet")
