"""Bitget's liquidations, whose unit is disputed, and its list of contracts."""

import json
from typing import Any

import pytest

from feeds.events import Liquidation, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Acknowledged, BadListing, Decoded, Pong, Rejected, Request
from feeds.venues.bitget import Bitget
from feeds.venues.bitget_frames import proved
from tests.feeds.decoding import NOW
from tests.feeds.garbled import check_all

BITGET = Bitget()
INSTRUMENTS = Request("perp", "https://api.bitget.com/api/v3/market/instruments?category=USDT-FUTURES")
SYMBOLS = SymbolTable(
    [
        Instrument("bitget", "perp", "BTCUSDT", "BTC", "USDT"),
        Instrument("bitget", "perp", "DOGEUSDT", "DOGE", "USDT"),
        Instrument("bitget", "perp", "1000BONKUSDT", "BONK", "USDT", price_unit=1000.0, coins_per_unit=1000.0),
    ]
)
IN_COINS = {"symbol": "BTCUSDT", "side": "buy", "price": "60000", "amount": "0.5", "ts": str(NOW)}
IN_USDT = {**IN_COINS, "amount": "65000"}
EITHER = {**IN_COINS, "amount": "500"}
CHEAP = {**IN_COINS, "symbol": "DOGEUSDT", "price": "0.2", "amount": "3000"}


def liquidations(*rows: object) -> dict[str, Any]:
    return {"arg": {"instType": "usdt-futures", "topic": "liquidation"}, "data": list(rows), "ts": NOW}


def decode(*frames: object) -> list[Decoded]:
    decoder = BITGET.decoder("perp", SYMBOLS)
    texts = [frame if isinstance(frame, str) else json.dumps(frame) for frame in frames]
    return [event for text in texts for event in decoder.decode(text.encode(), NOW)]


@pytest.mark.parametrize(("side", "position"), [("buy", "long"), ("sell", "short")])
def test_the_side_is_the_positions(side: str, position: str) -> None:
    (event,) = decode(liquidations({**IN_COINS, "side": side}))
    assert isinstance(event, Liquidation)
    assert (event.position, event.at_ms, event.sampled) == (position, NOW, True)


def test_an_amount_below_the_least_order_is_coins() -> None:
    (event,) = decode(liquidations(IN_COINS))
    assert isinstance(event, Liquidation)
    assert (event.quantity, event.notional_usd) == (0.5, 30_000.0)


def test_an_amount_beyond_any_liquidation_in_coins_is_dollars() -> None:
    (event,) = decode(liquidations(IN_USDT))
    assert isinstance(event, Liquidation)
    assert (event.quantity, event.notional_usd) == (pytest.approx(65 / 60), pytest.approx(65_000.0))


def test_an_amount_that_could_be_either_is_not_covered() -> None:
    events = decode(liquidations(EITHER, CHEAP))
    assert [event.kind for event in events if isinstance(event, Undecodable)] == ["not covered", "not covered"]
    assert "BTCUSDT" in events[0].reason  # type: ignore[union-attr]
    assert "could be either" in events[0].reason  # type: ignore[union-attr]


@pytest.mark.parametrize(("proof", "quantity", "usd"), [(IN_COINS, 3000.0, 600.0), (IN_USDT, 15_000.0, 3000.0)])
def test_what_one_row_proves_holds_for_all_rows(proof: dict[str, str], quantity: float, usd: float) -> None:
    same_frame, *_ = decode(liquidations(CHEAP, proof))
    *_, next_frame = decode(liquidations(proof), liquidations(CHEAP))
    for event in (same_frame, next_frame):
        assert isinstance(event, Liquidation)
        assert (event.quantity, event.notional_usd) == (pytest.approx(quantity), pytest.approx(usd))


def test_rows_that_contradict_each_other_end_all_trust() -> None:
    events = decode(liquidations(IN_COINS), liquidations(IN_USDT), liquidations(IN_COINS))
    assert [type(event) for event in events] == [Liquidation, Undecodable, Undecodable]
    assert "both units" in events[-1].reason  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("price", "amount"),
    [(0.2, 3.0), (900.0, 0.1), (60_000.0, 5.0), (60_000.0, 16_000.0), (60_000.0, 1e-6), (2e3, 1e12)],
)
def test_a_row_that_proves_nothing(price: float, amount: float) -> None:
    assert proved(price, amount) is None


def test_a_thousand_coins_are_a_thousand_coins_in_either_unit() -> None:
    row = {**IN_COINS, "symbol": "1000BONKUSDT", "price": "0.02"}
    in_coins = decode(liquidations(IN_COINS, {**row, "amount": "50000"}))[-1]
    in_usdt = decode(liquidations(IN_USDT, {**row, "amount": "1000"}))[-1]
    for event in (in_coins, in_usdt):
        assert isinstance(event, Liquidation)
        assert (event.coin, event.price) == ("BONK", pytest.approx(0.00002))
        assert (event.quantity, event.notional_usd) == (pytest.approx(5e7), pytest.approx(1000.0))


def test_a_bad_row_leaves_the_good_ones() -> None:
    events = decode(liquidations(IN_COINS, {**IN_COINS, "side": "up"}, "row", {**IN_COINS, "symbol": "NEWUSDT"}))
    assert [type(event) for event in events] == [Liquidation, Undecodable, Undecodable, Undecodable]


def test_equal_rows_of_one_frame_are_two_liquidations() -> None:
    first, second = decode(liquidations(IN_COINS, IN_COINS))
    assert first.identity != second.identity  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ("pong", Pong),
        ('{"event":"subscribe","arg":{"instType":"usdt-futures","topic":"liquidation"},"connId":"1"}', Acknowledged),
        ('{"event":"error","code":"30001","msg":"channel does not exist"}', Rejected),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: str, expected: type) -> None:
    (said,) = decode(frame)
    assert isinstance(said, expected)


@pytest.mark.parametrize("wrapped", [False, True])
def test_contracts_are_listed_wherever_the_answer_holds_them(wrapped: bool) -> None:
    row = {"category": "USDT-FUTURES", "quoteCoin": "USDT", "status": "online", "type": "perpetual"}
    rows = [
        {**row, "symbol": "BTCUSDT", "baseCoin": "BTC"},
        {**row, "symbol": "1000BONKUSDT", "baseCoin": "1000BONK"},
        {"symbol": "DOGEUSDT", "baseCoin": "DOGE", "quoteCoin": "USDT"},
        {**row, "symbol": "OLDUSDT", "baseCoin": "OLD", "status": "offline"},
        {**row, "symbol": "BTCUSDT1226", "baseCoin": "BTC", "type": "delivery"},
    ]
    payload = {"code": "00000", "msg": "success", "data": {"list": rows} if wrapped else rows}
    listed = BITGET.listing(INSTRUMENTS, json.dumps(payload).encode()).instruments
    assert [(item.symbol, item.coin, item.price_unit) for item in listed] == [
        ("BTCUSDT", "BTC", 1.0),
        ("1000BONKUSDT", "BONK", 1000.0),
        ("DOGEUSDT", "DOGE", 1.0),
    ]


@pytest.mark.parametrize(
    "payload", ['{"code":"40034","msg":"no","data":null}', '{"code":"00000","data":null}', "<html>"]
)
def test_an_error_is_no_list(payload: str) -> None:
    with pytest.raises(BadListing, match="Bitget"):
        BITGET.listing(INSTRUMENTS, payload.encode())


def test_one_socket_asks_for_all_liquidations() -> None:
    (socket,) = BITGET.connections(SYMBOLS)
    assert [json.loads(text) for text in socket.subscribe] == [
        {"op": "subscribe", "args": [{"instType": "usdt-futures", "topic": "liquidation"}]}
    ]
    assert socket.heartbeat is not None
    assert (socket.url, socket.heartbeat.text) == ("wss://ws.bitget.com/v3/ws/public", "ping")
    assert list(BITGET.connections([])) == []


def test_whatever_comes_is_harmless() -> None:
    check_all(lambda: BITGET.decoder("perp", SYMBOLS), liquidations(IN_COINS))
