"""What is put into the store comes out of it: once, in order, whole."""

import math
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import AnyEvent, Liquidation, MarkPrice, Trade
from feeds.store import Document, Point, Reader, Store, StoreError
from tests.feeds.store.making import BTC, NOW, QUICK, funding, interest, liquidation, ratio, times, trade, writing


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite3"


def as_history(event: AnyEvent) -> AnyEvent:
    return msgspec.structs.replace(event, received_ms=event.at_ms)


names = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
amounts = st.floats(1e-9, 1e12)
moments = st.integers(NOW - 10_000_000, NOW + 10_000_000)
forced = st.builds(
    Liquidation,
    venue=names, market=st.sampled_from(["perp", "spot", "option"]), symbol=names, coin=names, at_ms=moments,
    received_ms=moments, position=st.sampled_from(["long", "short"]), price=amounts, quantity=amounts,
    notional_usd=amounts, sampled=st.booleans(), identity=names.filter(bool),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        forced, max_size=12, unique_by=lambda each: (each.venue, each.market, each.symbol, each.coin, each.identity)
    )
)
def test_every_liquidation_comes_back_field_for_field(
    tmp_path_factory: pytest.TempPathFactory, put: list[Liquidation]
) -> None:
    path = tmp_path_factory.mktemp("store") / "a"
    with writing(path) as store:
        store.put(put)
    found = list(Reader(path).read(0))
    assert [event.at_ms for event in found] == sorted(event.at_ms for event in put)
    assert sorted(map(msgspec.json.encode, found)) == sorted(msgspec.json.encode(as_history(event)) for event in put)


wild = st.one_of(st.floats(), st.just(math.nan), st.just(1e308))
wild_moments = st.one_of(moments, st.integers(-(2**70), 2**70))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(wild_moments, wild, st.text(max_size=3)), max_size=8))
def test_what_sqlite_cannot_hold_costs_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, put: list[tuple[int, float, str]]
) -> None:
    """Numbers beyond 64 bits, NaN and broken text are left out and counted; what follows is stored."""
    path = tmp_path_factory.mktemp("store") / "a"
    with writing(path) as store:
        for at_ms, number, text in put:
            store.put([liquidation(at_ms, "odd" + text, number, symbol=text, coin="odd"), trade(at_ms, 1.0, number)])
            store.put([interest(at_ms, number, coin="odd")])
        store.put([liquidation(NOW, "sound")])
    assert [event.identity for event in Reader(path).read(0, ["BTC"]) if isinstance(event, Liquidation)] == ["sound"]
    status = store.status()
    assert (status.waiting_rows, status.trouble) == (0, "")


def test_a_second_delivery_is_stored_once_even_by_the_next_run(path: Path) -> None:
    first = liquidation(NOW, "a")
    with writing(path) as store:
        store.put([first, first])
    with writing(path) as store:
        store.put([first, msgspec.structs.replace(first, at_ms=NOW + 5), liquidation(NOW + 1, "b")])
    assert [event.identity for event in Reader(path).read(0)] == ["a", "b"]


def test_liquidations_of_other_symbols_and_of_no_identity_are_all_kept(path: Path) -> None:
    put = [liquidation(), liquidation(symbol="BTCUSDC"), liquidation(venue="okx")]
    unnamed = [liquidation(identity="")] * 3
    with writing(path) as store:
        store.put([*put, *unnamed])
    with writing(path) as store:
        store.put(unnamed)
    assert len(list(Reader(path).read(0))) == 9


def test_readings_keep_the_last_of_each_step(path: Path) -> None:
    """One minute for open interest, five for funding and ratios; an earlier one that comes later changes nothing."""
    minute, step = NOW // 60_000 * 60_000, NOW // 300_000 * 300_000
    with writing(path) as store:
        store.put([interest(minute, 1.0), interest(minute + 59_999, 2.0), interest(minute + 60_000, 3.0)])
        store.put(
            [funding(step + 299_999, 0.2), ratio(step, 0.4), ratio(step + 1, 0.5), ratio(step, 0.7, "top_accounts")]
        )
    with writing(path) as store:
        store.put([interest(minute + 30_000, 9.0), funding(step, 0.1), ratio(step + 2, 0.55)])
    kept = [interest(minute + 59_999, 2.0), interest(minute + 60_000, 3.0), funding(step + 299_999, 0.2)]
    kept += [ratio(step, 0.7, "top_accounts"), ratio(step + 2, 0.55)]
    assert list(Reader(path).read(0)) == sorted(map(as_history, kept), key=lambda event: event.at_ms)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 179_999), st.integers(1, 50), st.integers(1, 99), st.booleans()), max_size=30),
    st.lists(st.integers(0, 30), max_size=3),
)
def test_bars_equal_a_recount_of_the_trades(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, int, int, bool]], cuts: list[int]
) -> None:
    """However the trades are ordered and split into batches, and committed in between."""
    path = tmp_path_factory.mktemp("store") / "a"
    trades = [trade(NOW + at, float(price), float(usd), "buy" if bought else "sell") for at, price, usd, bought in rows]
    with writing(path) as store:
        for start, end in zip([0, *sorted(cuts)], [*sorted(cuts), None], strict=True):
            store.put(trades[start:end])
    for bar in Reader(path).bars(0):
        of_minute = sorted(
            (each for each in trades if each.at_ms // 60_000 * 60_000 == bar.minute_ms), key=lambda t: t.at_ms
        )
        prices = [each.price for each in of_minute]
        bought = sum(each.notional_usd for each in of_minute if each.taker == "buy")
        volume = sum(each.notional_usd for each in of_minute)
        firsts = [each.price for each in of_minute if each.at_ms == of_minute[0].at_ms]
        lasts = [each.price for each in of_minute if each.at_ms == of_minute[-1].at_ms]
        assert (bar.open, bar.high, bar.low, bar.close) == (firsts[0], max(prices), min(prices), lasts[-1])
        assert (bar.volume_usd, bar.net_taker_usd) == (volume, 2 * bought - volume)
    assert sum(bar.volume_usd for bar in Reader(path).bars(0)) == sum(each.notional_usd for each in trades)


def test_trades_sent_again_on_the_next_connect_are_not_counted_twice(path: Path) -> None:
    """A venue may push its latest trades on subscribe: the last run has them."""
    with writing(path) as store:
        store.put([trade(NOW), trade(NOW + 1000)])
    with writing(path) as store:
        store.put([trade(NOW), trade(NOW + 1000), trade(NOW + 2000)])
    (bar,) = Reader(path).bars(0)
    assert bar.volume_usd == 30.0


def test_only_what_is_asked_for_is_read(path: Path) -> None:
    with writing(path) as store:
        store.put(
            [liquidation(NOW - 1), liquidation(NOW, "b"), liquidation(NOW, "c", symbol="X", coin="X"), trade(NOW)]
        )
        store.put([MarkPrice(**BTC, **times(NOW), mark=1.0, index=None), trade(NOW, symbol="X", coin="X")])
    reader = Reader(path)
    assert [event.identity for event in reader.read(NOW, ["BTC"])] == ["b"]
    assert [event.identity for event in reader.read(NOW)] == ["b", "c"]
    assert [bar.coin for bar in reader.bars(NOW, ["X"])] == ["X"]
    assert list(reader.read(0, ["WIF"])) == []


def test_history_has_an_hours_last_known_value_or_its_sum(path: Path) -> None:
    """Coins that a venue does not tell and rates of an unknown interval are no points."""
    hour = NOW // 3_600_000 * 3_600_000
    with writing(path) as store:
        store.put([interest(hour, 1.5), interest(hour + 60_000, 2.0), interest(hour + 120_000, None)])
        store.put([interest(hour, 1.0, symbol="X", coin="X"), interest(hour + 3_600_000, 3.0)])
        store.put([funding(hour, 0.0001, 4.0), funding(hour + 300_000, 0.0001, None), ratio(hour, 0.6)])
        store.put(
            [liquidation(hour + 1, "a", 1.0), liquidation(hour + 2, "b", 2.5), liquidation(hour + 3_600_000, "c")]
        )
        store.put([liquidation(hour, "d", 4.0, position="short"), trade(hour, 2.0, 8.0, "sell"), trade(hour, 2.0, 2.0)])
    reader = Reader(path)
    assert reader.history("interest_coins", "BTC", 0) == [
        Point(hour + 60_000, "bybit", "perp", 2.0),
        Point(hour + 3_600_000, "bybit", "perp", 3.0),
    ]
    assert reader.history("interest_usd", "BTC", 0) == []
    assert reader.history("funding_8h", "BTC", 0) == [Point(hour, "bybit", "perp", 0.0002)]
    assert reader.history("long_share_accounts", "BTC", 0) == [Point(hour, "bybit", "perp", 0.6)]
    assert reader.history("long_share_top_positions", "BTC", 0) == []
    assert [point.value for point in reader.history("long_liquidations_usd", "BTC", 0)] == [3.5, 10.0]
    assert reader.history("short_liquidations_usd", "BTC", hour) == [Point(hour, "bybit", "perp", 4.0)]
    assert reader.history("volume_usd", "BTC", hour) == [Point(hour, "bybit", "perp", 10.0)]
    assert reader.history("net_taker_usd", "BTC", hour) == [Point(hour, "bybit", "perp", -6.0)]


def test_fates_and_journal_are_kept_apart_and_written_over_by_key(path: Path) -> None:
    with writing(path) as store:
        store.put_fates([Document("k", NOW, 1, b'{"swept":false}'), Document("l", NOW + 1, 1, b"{}")])
        store.put_journal([Document("k", NOW, 1, b'"why"')])
    with writing(path) as store:
        store.put_fates([Document("k", NOW + 5, 2, b'{"swept":true}')])
    assert Reader(path).documents("fate") == [
        Document("l", NOW + 1, 1, b"{}"),
        Document("k", NOW + 5, 2, b'{"swept":true}'),
    ]
    assert Reader(path).documents("fate", NOW + 2) == [Document("k", NOW + 5, 2, b'{"swept":true}')]
    assert Reader(path).documents("journal") == [Document("k", NOW, 1, b'"why"')]


def test_what_finds_no_room_in_memory_is_counted(path: Path) -> None:
    """Trades of a minute that is there already need no room."""
    few = QUICK.model_copy(update={"waiting_rows": 2, "commit_seconds": 60.0, "commit_rows": 1000})
    opened = Store.open(path, few, NOW)
    assert opened.store is not None
    opened.store.put([trade(NOW), *(liquidation(NOW, str(number)) for number in range(5)), trade(NOW)])
    assert opened.store.close()
    status = opened.store.status()
    assert status.lost_rows + status.written_rows == 6
    assert status.lost_rows >= 1
    assert [bar.volume_usd for bar in Reader(path).bars(0)] == [20.0]


def test_a_missing_file_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="unable to open database file"):
        list(Reader(tmp_path / "none").read(0))


def test_a_trade_alone_is_no_event_of_the_past(path: Path) -> None:
    with writing(path) as store:
        store.put([trade(NOW)])
    assert not [event for event in Reader(path).read(0) if isinstance(event, Trade)]
