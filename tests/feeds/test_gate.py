"""Gate frames and lists, held against the documented meaning of each field and a recorded contract list."""

import json
from typing import Any

import pytest

from feeds.events import Liquidation, Trade, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import SENT_AT_SECONDS, Acknowledged, BadAnswer, BadListing, Decoded, Pong, Rejected, Request
from feeds.venues.gate import Gate
from tests.feeds.decoding import FRAMES, NOW
from tests.feeds.garbled import check_all

GATE = Gate()
CONTRACTS = Request("perp", "https://api.gateio.ws/api/v4/futures/usdt/contracts?limit=1000")
SYMBOLS = SymbolTable(
    [
        Instrument("gate", "perp", "BTC_USDT", "BTC", "USDT", coins_per_unit=0.0001),
        Instrument("gate", "perp", "PEPE_USDT", "PEPE", "USDT", coins_per_unit=10_000_000.0),
    ]
)
ROW = {"price": "70000", "size": -124, "time": NOW - 300, "contract": "BTC_USDT"}
TRADE = {
    "size": -108, "id": 27753479, "create_time": NOW // 1000, "create_time_ms": NOW - 7, "price": "70000",
    "contract": "BTC_USDT",
}  # fmt: skip


def update(channel: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"channel": channel, "event": "update", "time": NOW // 1000, "time_ms": NOW, "result": list(rows)}


def liquidations(*rows: dict[str, Any]) -> dict[str, Any]:
    return update("futures.public_liquidates", *rows)


def decode(*frames: object) -> list[Decoded]:
    decoder = GATE.decoder("perp", SYMBOLS)
    return [event for frame in frames for event in decoder.decode(json.dumps(frame).encode(), NOW)]


@pytest.mark.parametrize(
    ("size", "position"), [(-124, "long"), (124, "short"), ("-124", "long"), ("124", "short"), ("-1.24e2", "long")]
)
def test_a_liquidation_that_sells_closes_a_long(size: object, position: str) -> None:
    (event,) = decode(liquidations({**ROW, "size": size}))
    assert isinstance(event, Liquidation)
    assert event.position == position
    assert (event.quantity, event.notional_usd) == (pytest.approx(0.0124), pytest.approx(868.0))


def test_all_liquidations_are_published() -> None:
    (event,) = decode(liquidations(ROW))
    assert isinstance(event, Liquidation)
    assert not event.sampled


def test_contracts_are_worth_their_multiplier() -> None:
    (event,) = decode(liquidations({**ROW, "contract": "PEPE_USDT", "size": 3, "price": "0.00001"}))
    assert isinstance(event, Liquidation)
    assert (event.quantity, event.notional_usd) == (pytest.approx(3e7), pytest.approx(300.0))


@pytest.mark.parametrize(
    ("times", "at_ms"),
    [
        ({"time": 1541486601123}, 1541486601123),
        ({"time": 1541486601, "time_ms": 1541486601123}, 1541486601123),
        ({"time": 1541486601}, 1541486601000),
    ],
)
def test_a_time_is_milliseconds_or_was_seconds(times: dict[str, int], at_ms: int) -> None:
    (event,) = decode(liquidations({**ROW, **times}))
    assert isinstance(event, Liquidation)
    assert event.at_ms == at_ms


def test_equal_rows_of_one_frame_are_two_liquidations_and_of_two_frames_one() -> None:
    first, second, repeat = decode(liquidations(ROW, ROW), liquidations(ROW))
    assert isinstance(first, Liquidation)
    assert isinstance(second, Liquidation)
    assert isinstance(repeat, Liquidation)
    assert first.identity != second.identity
    assert first.identity == repeat.identity


def test_a_bad_row_leaves_the_good_ones() -> None:
    events = decode(liquidations(ROW, {**ROW, "size": 0}, {**ROW, "contract": "NEW_USDT"}, ROW))
    assert [type(event) for event in events] == [Liquidation, Undecodable, Undecodable, Liquidation]
    assert [event.kind for event in events if isinstance(event, Undecodable)] == ["invalid number", "unknown symbol"]


def test_a_trade_is_by_its_taker_in_contracts() -> None:
    (event,) = decode(update("futures.trades", TRADE))
    assert isinstance(event, Trade)
    assert (event.taker, event.at_ms, event.identity) == ("sell", NOW - 7, 27753479)
    assert (event.quantity, event.notional_usd) == (pytest.approx(0.0108), pytest.approx(756.0))


def test_take_overs_by_the_insurance_fund_are_no_trades() -> None:
    assert decode(update("futures.trades", {**TRADE, "is_internal": True})) == []


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ({"time": 1, "channel": "futures.trades", "event": "subscribe", "result": {"status": "success"}}, Acknowledged),
        ({"time": 1, "channel": "futures.pong", "event": "", "error": None, "result": None}, Pong),
        (
            {"time": 1, "channel": "futures.trades", "event": "subscribe", "error": {"code": 2, "message": "no"}},
            Rejected,
        ),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: dict[str, Any], expected: type) -> None:
    (said,) = decode(frame)
    assert isinstance(said, expected)


def test_a_socket_without_liquidations_is_of_no_use() -> None:
    error = {"code": 2, "message": "unknown channel"}
    (said,) = decode({"time": 1, "channel": "futures.public_liquidates", "event": "subscribe", "error": error})
    assert isinstance(said, Rejected)
    assert said.ends


def test_recorded_contracts_are_listed_with_their_multiplier() -> None:
    payload = (FRAMES / "gate/contracts_2023-05-24.json").read_bytes()
    told = {row["name"]: row for row in json.loads(payload)}
    listed = {item.symbol: item for item in GATE.listing(CONTRACTS, payload).instruments}
    assert {symbol: item.coins_per_unit for symbol, item in listed.items()} == {
        "BTC_USDT": 0.0001,
        "PEPE_USDT": 10_000_000.0,
        "KNC_USDT": 1.0,
    }
    assert set(listed) == set(told)
    assert {item.funding_interval_hours for item in listed.values()} == {8.0}
    assert {item.coin for item in listed.values()} == {"BTC", "PEPE", "KNC"}


def test_a_contract_of_unknown_size_is_not_listed() -> None:
    rows = [
        {"name": "AAA_USDT", "quanto_multiplier": "0"},
        {"name": "BTC_USD", "quanto_multiplier": "1"},
        {"name": "CCC_USDT", "quanto_multiplier": "1", "status": "delisted"},
        {"name": "DDD_USDT", "quanto_multiplier": "1", "status": "trading"},
    ]
    assert [item.symbol for item in GATE.listing(CONTRACTS, json.dumps(rows).encode()).instruments] == ["DDD_USDT"]


def test_a_full_page_has_a_next_one() -> None:
    page = json.dumps([{"name": f"C{number}_USDT", "quanto_multiplier": "1"} for number in range(1000)]).encode()
    second = GATE.listing(CONTRACTS, page).more
    assert second is not None
    third = GATE.listing(second, page).more
    assert third is not None
    assert third.url.endswith("limit=1000&offset=2000")


def test_an_error_is_no_list() -> None:
    with pytest.raises(BadListing, match="Gate"):
        GATE.listing(CONTRACTS, b'{"label":"TOO_MANY_REQUESTS","message":"Request Rate limit Exceeded"}')


def test_liquidations_are_asked_for_once_with_the_time_of_sending() -> None:
    coins = [Instrument("gate", "perp", f"C{n}_USDT", f"C{n}", "USDT") for n in range(600)]
    sockets = GATE.connections(coins)
    asked = [text.replace(SENT_AT_SECONDS, "1791500000") for socket in sockets for text in socket.subscribe]
    requests = [json.loads(text) for text in asked]
    assert {request["time"] for request in requests} == {1791500000}
    assert [request for request in requests if request["channel"] == "futures.public_liquidates"] == [
        {"time": 1791500000, "channel": "futures.public_liquidates", "event": "subscribe", "payload": ["!all"]}
    ]
    trades = [name for request in requests if request["channel"] == "futures.trades" for name in request["payload"]]
    assert trades == [item.symbol for item in coins]
    assert [socket.liquidations for socket in sockets] == [True, False]


def test_nothing_is_opened_for_no_coins() -> None:
    assert list(GATE.connections([])) == []


def test_nothing_is_polled() -> None:
    assert list(GATE.polls(SYMBOLS)) == []
    with pytest.raises(BadAnswer):
        GATE.answer("https://api.gateio.ws/x", "perp", b"{}", NOW, SYMBOLS)


@pytest.mark.parametrize("frame", [liquidations(ROW), update("futures.trades", TRADE)])
def test_whatever_comes_is_harmless(frame: dict[str, Any]) -> None:
    check_all(lambda: GATE.decoder("perp", SYMBOLS), frame)
