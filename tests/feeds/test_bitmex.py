"""BitMEX frames and lists, held against recordings and the documented meaning of each field."""

import json
from datetime import datetime
from typing import Any

import pytest

from feeds.events import Liquidation, Trade, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Acknowledged, BadListing, Decoded, Pong, Rejected, Request
from feeds.venues.bitmex import Bitmex
from tests.feeds.decoding import FRAMES, NOW, recorded
from tests.feeds.garbled import check_all

BITMEX = Bitmex()
ACTIVE = Request("perp", "https://www.bitmex.com/api/v1/instrument/active")
SYMBOLS = SymbolTable(
    [
        Instrument("bitmex", "perp", "XBTUSD", "BTC", "USD", coins_per_unit=None, usd_per_unit=1.0),
        Instrument("bitmex", "perp", "XBTUSDT", "BTC", "USDT", coins_per_unit=1e-6),
    ]
)
ROW = {
    "orderID": "550e8400-e29b-41d4-a716-446655440000", "symbol": "XBTUSD", "side": "Sell", "price": 50000.0,
    "leavesQty": 1000,
}  # fmt: skip
TRADE = {
    "timestamp": "2026-10-14T17:46:40.000Z", "symbol": "XBTUSDT", "side": "Sell", "size": 2000, "price": 50000,
    "trdMatchID": "6e70bebe-235e-08a6-d11b-e1042bf1f2ed", "homeNotional": 0.002, "foreignNotional": 100,
}  # fmt: skip


def table(name: str, action: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"table": name, "action": action, "data": list(rows)}


def decode(*frames: object) -> list[Decoded]:
    decoder = BITMEX.decoder("perp", SYMBOLS)
    texts = [frame if isinstance(frame, str) else json.dumps(frame) for frame in frames]
    return [event for text in texts for event in decoder.decode(text.encode(), NOW)]


@pytest.mark.parametrize(("side", "position"), [("Sell", "long"), ("Buy", "short")])
def test_the_side_is_the_orders(side: str, position: str) -> None:
    (event,) = decode(table("liquidation", "insert", {**ROW, "side": side}))
    assert isinstance(event, Liquidation)
    assert (event.position, event.coin, event.sampled) == (position, "BTC", False)


def test_inverse_contracts_are_dollars() -> None:
    (event,) = decode(table("liquidation", "insert", ROW))
    assert isinstance(event, Liquidation)
    assert (event.notional_usd, event.quantity) == (1000.0, pytest.approx(0.02))


def test_linear_contracts_are_so_many_to_a_coin() -> None:
    (event,) = decode(table("liquidation", "insert", {**ROW, "symbol": "XBTUSDT", "leavesQty": 2000}))
    assert isinstance(event, Liquidation)
    assert (event.quantity, event.notional_usd) == (pytest.approx(0.002), pytest.approx(100.0))


def test_a_row_without_a_time_has_ours() -> None:
    (event,) = decode(table("liquidation", "insert", ROW))
    assert isinstance(event, Liquidation)
    assert event.at_ms == event.received_ms == NOW


@pytest.mark.parametrize("action", ["partial", "update", "delete"])
def test_only_an_insert_is_a_new_liquidation(action: str) -> None:
    assert decode(table("liquidation", action, ROW)) == []


def test_a_contract_of_unknown_size_is_not_covered() -> None:
    events = decode(table("liquidation", "insert", {**ROW, "symbol": "ETHUSD"}, ROW))
    assert [type(event) for event in events] == [Undecodable, Liquidation]
    assert isinstance(events[0], Undecodable)
    assert events[0].kind == "not covered"
    assert "ETHUSD" in events[0].reason


def test_an_order_told_twice_has_one_identity() -> None:
    events = decode(table("liquidation", "insert", ROW), table("liquidation", "insert", {**ROW, "leavesQty": 900}))
    assert [event.identity for event in events] == [ROW["orderID"]] * 2  # type: ignore[union-attr]


def test_recorded_trades_without_the_last_one_said_again() -> None:
    frames = [(at, frame) for at, frame in recorded("bitmex/trades_2021-07-22.jsonl") if frame.get("table") == "trade"]
    decoder = BITMEX.decoder("perp", SYMBOLS)
    events = [event for at, frame in frames for event in decoder.decode(json.dumps(frame).encode(), at)]
    trades = [event for event in events if isinstance(event, Trade)]
    sent = [
        row
        for _, frame in frames
        if frame["action"] == "insert"
        for row in frame["data"]
        if row["symbol"] == "XBTUSD"
    ]  # fmt: skip
    assert [trade.identity for trade in trades] == [row["trdMatchID"] for row in sent]
    assert sum(trade.notional_usd for trade in trades) == sum(row["size"] for row in sent) == 37900
    for trade, row in zip(trades, sent, strict=True):
        assert trade.at_ms == datetime.fromisoformat(row["timestamp"]).timestamp() * 1000
        assert trade.quantity == pytest.approx(row["size"] / row["price"], rel=1e-4)
    assert all(-100 < trade.received_ms - trade.at_ms < 1000 for trade in trades)


def test_a_trade_is_by_its_taker() -> None:
    (event,) = decode(table("trade", "insert", TRADE))
    assert isinstance(event, Trade)
    assert (event.taker, event.price, event.quantity, event.notional_usd) == ("sell", 50000.0, 0.002, 100.0)
    assert event.at_ms == NOW


@pytest.mark.parametrize("stamp", ["2026-10-14T17:46:40.000", "yesterday", "", None, 5, "9999-12-31T23:59:59Z"])
def test_a_time_that_is_none_is_left_out(stamp: object) -> None:
    (event,) = decode(table("trade", "insert", {**TRADE, "timestamp": stamp}))
    assert isinstance(event, Undecodable)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("pong", Pong),
        ('{"info":"Welcome to the BitMEX Realtime API.","limit":{"remaining":39}}', Acknowledged),
        (
            '{"success":true,"subscribe":"liquidation","request":{"op":"subscribe","args":["liquidation"]}}',
            Acknowledged,
        ),
        ('{"status":400,"error":"Unknown table: x","meta":{},"request":{"op":"subscribe","args":["x"]}}', Rejected),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: str, expected: type) -> None:
    (said,) = decode(frame)
    assert isinstance(said, expected)


@pytest.mark.parametrize("asked", ["liquidation", ["liquidation", "trade:XBTUSD"]])
def test_a_socket_without_liquidations_is_of_no_use(asked: object) -> None:
    (said,) = decode({"status": 429, "error": "Rate limit", "request": {"op": "subscribe", "args": asked}})
    assert isinstance(said, Rejected)
    assert said.ends


def test_of_the_recorded_instruments_only_one_can_be_sized() -> None:
    payload = (FRAMES / "bitmex/instruments_2021-07-22.json").read_bytes()
    assert {row["symbol"] for row in json.loads(payload)} > {"XBTEUR", "ADAUSDT", "XBTU21", "ETHUSD"}
    (listed,) = BITMEX.listing(ACTIVE, payload).instruments
    assert (listed.symbol, listed.coin, listed.usd_per_unit) == ("XBTUSD", "BTC", 1.0)


def test_bitcoin_is_watched_in_the_inverse_contract() -> None:
    row = {"typ": "FFWCSX", "state": "Open", "underlying": "XBT", "isQuanto": False}
    rows = [
        {**row, "symbol": "XBTUSDT", "quoteCurrency": "USDT", "underlyingToPositionMultiplier": 1_000_000},
        {**row, "symbol": "XBTUSD", "quoteCurrency": "USD", "isInverse": True},
    ]
    watched = SymbolTable(BITMEX.listing(ACTIVE, json.dumps(rows).encode()).instruments).best("bitmex", "perp", "BTC")
    assert watched is not None
    assert watched.symbol == "XBTUSD"


def test_a_linear_contract_needs_its_multiplier() -> None:
    row = {"typ": "FFWCSX", "state": "Open", "quoteCurrency": "USDT", "isInverse": False, "isQuanto": False}
    rows = [
        {**row, "symbol": "XBTUSDT", "underlying": "XBT", "underlyingToPositionMultiplier": 1_000_000},
        {**row, "symbol": "ETHUSDT", "underlying": "ETH", "underlyingToPositionMultiplier": None},
        {**row, "symbol": "SOLUSDT", "underlying": "SOL", "underlyingToPositionMultiplier": 0},
    ]
    listed = BITMEX.listing(ACTIVE, json.dumps(rows).encode()).instruments
    assert [(item.symbol, item.coin, item.coins_per_unit) for item in listed] == [("XBTUSDT", "BTC", 1e-6)]


def test_an_error_is_no_list() -> None:
    with pytest.raises(BadListing, match="BitMEX"):
        BITMEX.listing(ACTIVE, b'{"error":{"message":"Rate limit exceeded","name":"RateLimitError"}}')


def test_one_socket_asks_for_all_liquidations_and_for_the_coins_trades() -> None:
    (socket,) = BITMEX.connections([item for item in SYMBOLS if item.symbol == "XBTUSDT"])
    assert [json.loads(text) for text in socket.subscribe] == [
        {"op": "subscribe", "args": ["liquidation", "trade:XBTUSDT"]}
    ]
    assert socket.heartbeat is not None
    assert (socket.url, socket.heartbeat.text) == ("wss://ws.bitmex.com/realtime", "ping")
    assert list(BITMEX.connections([])) == []


@pytest.mark.parametrize("frame", [table("liquidation", "insert", ROW), table("trade", "insert", TRADE)])
def test_whatever_comes_is_harmless(frame: dict[str, Any]) -> None:
    check_all(lambda: BITMEX.decoder("perp", SYMBOLS), frame)
