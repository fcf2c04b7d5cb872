"""What is told of the past: when a whole feed was up, when a coin was watched, readings as far apart as they age."""

from pathlib import Path
from typing import Any

import pytest

from feeds.events import Connected, Disconnected, Funding, Gap, LongShort, OpenInterest, Past, Watched
from feeds.store import Reader
from feeds.store.recall import recall, traded_until, watching
from tests.feeds.store.making import NOW, down, funding, interest, liquidation, ratio, trade, up, writing

HOUR = 3_600_000
DAY = 24 * HOUR


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def told(path: Path, kind: Any, now_ms: int = NOW + HOUR, **others: Any) -> list[Any]:
    wanted: dict[str, Any] = {"coins": ("BTC",), "venues": ("bybit",), **others}
    past: list[Past] = [event.past for event in recall(Reader(path), now_ms, **wanted)]
    return [one for one in past if isinstance(one, kind)]


def seen(path: Path) -> list[tuple[int, int]]:
    """When the feed is told to be up, in seconds."""
    ups, downs = told(path, Connected), told(path, Disconnected)
    assert {event.stream for event in ups + downs} <= {"bybit perp"}
    return [((one.at_ms - NOW) // 1000, (other.at_ms - NOW) // 1000) for one, other in zip(ups, downs, strict=True)]


def test_a_feed_was_up_where_all_its_connections_of_that_run_were(path: Path) -> None:
    """The first run has two, one of which is lost for a while; the second has one."""
    with writing(path) as store:
        store.put(watching(["BTC"], NOW, True))
        store.put([up(NOW + 1000), up(NOW + 2000, stream="bybit perp 2"), down(NOW + 5000, stream="bybit perp 2")])
        store.put(
            [up(NOW + 8000, stream="bybit perp 2"), down(NOW + 10_000), down(NOW + 11_000, stream="bybit perp 2")]
        )
        store.put([*watching(["BTC"], NOW + 12_000, False), *watching(["BTC"], NOW + 20_000, True)])
        store.put([up(NOW + 21_000), down(NOW + 30_000), *watching(["BTC"], NOW + 31_000, False)])
    assert seen(path) == [(2, 5), (8, 10), (21, 30)]
    gaps = [((gap.since_ms - NOW) // 1000, (gap.at_ms - NOW) // 1000) for gap in told(path, Gap)]
    assert gaps == [(5, 8), (10, 21), (30, 3600)]


def test_rest_streams_and_exchanges_that_are_not_watched_are_none_of_it(path: Path) -> None:
    with writing(path) as store:
        store.put(watching(["BTC"], NOW, True))
        store.put([up(NOW, stream="bybit rest"), up(NOW, venue="okx", stream="okx perp")])
        store.put([liquidation(NOW + 60_000), liquidation(NOW, "b", venue="okx")])
    assert seen(path) == []
    assert len(told(path, type(liquidation()))) == 1


def test_when_each_coin_was_watched_is_told_also_of_one_that_never_was(path: Path) -> None:
    with writing(path) as store:
        store.put([*watching(["BTC"], NOW, True), *watching(["BTC"], NOW + 9000, False)])
    assert told(path, Watched, coins=("BTC", "ETH")) == [
        Watched(coin="BTC", spans=((NOW, NOW + 9000),)),
        Watched(coin="ETH", spans=()),
    ]


def test_open_interest_is_told_by_the_minute_then_by_five_then_by_the_hour(path: Path) -> None:
    ages = {20: (HOUR, "minute"), 4: (5 * HOUR, "five minutes"), 1: (3 * DAY, "hour")}
    now_ms = NOW + 10 * DAY
    with writing(path) as store:
        for age, _ in ages.values():
            first_ms = (now_ms - age) // HOUR * HOUR
            store.put([interest(first_ms + 60_000 * number, float(number)) for number in range(20)])
    found = told(path, OpenInterest, now_ms)
    for count, (age, words) in ages.items():
        first_ms = (now_ms - age) // HOUR * HOUR
        assert len([one for one in found if first_ms <= one.at_ms < first_ms + HOUR]) == count, words
    assert {one.received_ms for one in found} == {now_ms}, "as a venue's own history: it is no reading of now"
    assert [one.at_ms for one in found] == sorted(one.at_ms for one in found)


def test_the_running_rate_keeps_its_time_and_what_was_paid_is_history(path: Path) -> None:
    running = Funding(
        venue="bybit", market="perp", symbol="BTCUSDT", coin="BTC", at_ms=NOW, received_ms=NOW, rate=0.1,
        interval_hours=8.0, next_at_ms=NOW + HOUR,
    )  # fmt: skip
    with writing(path) as store:
        store.put([funding(NOW - 8 * HOUR), running])
    paid, now = told(path, Funding)
    assert (paid.rate, paid.received_ms) == (0.0001, NOW + HOUR)
    assert now == running


def test_each_basis_of_a_ratio_is_told(path: Path) -> None:
    with writing(path) as store:
        store.put([ratio(NOW, 0.6), ratio(NOW, 0.7, "top_accounts")])
    assert {(one.basis, one.long_share) for one in told(path, LongShort)} == {("accounts", 0.6), ("top_accounts", 0.7)}


def test_until_when_each_instrument_was_traded(path: Path) -> None:
    with writing(path) as store:
        store.put([trade(NOW + 61_234), trade(NOW + 5), trade(NOW + 7, coin="ETH", symbol="ETHUSDT")])
    assert traded_until(Reader(path), NOW, ("BTC",)) == {("bybit", "perp", "BTCUSDT"): NOW + 61_234}
    assert traded_until(Reader(path), NOW + HOUR, ("BTC",)) == {}
