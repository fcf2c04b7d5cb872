"""Coinbase's frames and list, held against recordings and the documented meaning of each field."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Trade, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Acknowledged, BadAnswer, BadListing, Pong, Rejected, Request
from feeds.venues.coinbase import Coinbase
from feeds.venues.coinbase_frames import CoinbaseDecoder
from tests.feeds.decoding import FRAMES, NOW, recorded
from tests.feeds.garbled import check_all, checked, compact, flipped

VENUE = Coinbase()
PRODUCTS = (FRAMES / "coinbase/products_2021-04-17.json").read_bytes()
(REQUEST,) = VENUE.requests()
SYMBOLS = SymbolTable(VENUE.listing(REQUEST, PRODUCTS).instruments)

MATCH: dict[str, Any] = {
    "type": "match",
    "trade_id": 10,
    "sequence": 50,
    "maker_order_id": "ac928c66",
    "taker_order_id": "132fb6ae",
    "time": "2026-10-14T17:46:40.028999Z",
    "product_id": "BTC-USD",
    "size": "5.25",
    "price": "400.20",
    "side": "sell",
}


def fresh() -> CoinbaseDecoder:
    return VENUE.decoder("spot", SYMBOLS)


def decode(frame: object) -> list[object]:
    return list(fresh().decode(compact(frame), NOW))


def test_recorded_matches_follow_the_last_match_that_is_no_new_one() -> None:
    decoder = fresh()
    frames = list(recorded("coinbase/matches_2021-04-17.jsonl"))
    events = [event for at, frame in frames for event in decoder.decode(compact(frame), at)]
    told = [event for event in events if isinstance(event, Trade)]
    sent = [frame for _, frame in frames if frame["type"] == "match"]
    assert sum(frame["type"] == "last_match" for _, frame in frames) == 1
    assert [event.identity for event in told] == [row["trade_id"] for row in sent]
    assert sum(event.notional_usd for event in told) == pytest.approx(
        sum(float(row["price"]) * float(row["size"]) for row in sent)
    )
    delays = [at - event.at_ms for (at, _), event in zip(frames[-len(told) :], told, strict=True)]
    assert all(abs(delay) < 1000 for delay in delays)


def test_a_taker_who_buys_through_the_book_pays_more_and_more() -> None:
    fills: dict[str, list[Trade]] = {}
    for at, frame in recorded("coinbase/matches_2021-04-17.jsonl"):
        for event in fresh().decode(compact(frame), at):
            if isinstance(event, Trade):
                fills.setdefault(frame["taker_order_id"], []).append(event)
    moved = [order for order in fills.values() if order[0].price != order[-1].price]
    assert len(moved) == 4
    assert [order[-1].price > order[0].price for order in moved] == [order[0].taker == "buy" for order in moved]


@pytest.mark.parametrize(("maker", "taker"), [("sell", "buy"), ("buy", "sell")])
@pytest.mark.parametrize("first", ["type", "side"])
def test_the_side_is_the_makers(maker: str, taker: str, first: str) -> None:
    frame = {first: MATCH[first], **MATCH}
    (event,) = decode({**frame, "side": maker})
    assert isinstance(event, Trade)
    assert event.taker == taker
    assert (event.price, event.quantity, event.notional_usd) == (400.2, 5.25, pytest.approx(2101.05))


@pytest.mark.parametrize(
    ("time", "at_ms"),
    [
        ("2021-04-17T16:43:37.121358Z", 1_618_677_817_121),
        ("2021-04-17T16:43:37.999999Z", 1_618_677_817_999),
        ("2021-04-17T16:43:37Z", 1_618_677_817_000),
        ("2021-04-17T18:43:37.121+02:00", 1_618_677_817_121),
    ],
)
def test_times_become_whole_milliseconds(time: str, at_ms: int) -> None:
    (event,) = decode({**MATCH, "time": time})
    assert isinstance(event, Trade)
    assert event.at_ms == at_ms


@pytest.mark.parametrize("time", ["2021-04-17T16:43:37", "yesterday", "0001-01-01T00:00:00+23:59", "1960-01-01T00:00Z"])
def test_a_time_without_zone_or_sense_is_left_out(time: str) -> None:
    (event,) = decode({**MATCH, "time": time})
    assert isinstance(event, Undecodable)
    assert time in event.reason


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ({"type": "heartbeat", "sequence": 90, "last_trade_id": 20, "product_id": "BTC-USD", "time": "x"}, Pong),
        ({"type": "subscriptions", "channels": [{"name": "matches", "product_ids": ["BTC-USD"]}]}, Acknowledged),
        ({"type": "error", "message": "Failed to subscribe", "reason": "FOO-USD is not a valid product"}, Rejected),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: dict[str, Any], kind: type) -> None:
    (said,) = decode(frame)
    assert isinstance(said, kind)


def test_a_refusal_quotes_the_venue() -> None:
    (said,) = decode({"type": "error", "message": "Failed to subscribe", "reason": "FOO-USD is not a valid product"})
    assert isinstance(said, Rejected)
    assert "FOO-USD is not a valid product" in said.reason


def test_only_dollar_pairs_are_listed() -> None:
    listed = VENUE.listing(REQUEST, PRODUCTS).instruments
    assert {(item.symbol, item.coin) for item in listed} == {
        ("BTC-USD", "BTC"),
        ("BTC-USDC", "BTC"),
        ("1INCH-USD", "1INCH"),
        ("SKL-USD", "SKL"),
    }


@pytest.mark.parametrize("fault", [{"status": "delisted"}, {"trading_disabled": True}, {"id": None}])
def test_a_product_that_does_not_trade_is_not_asked_for(fault: dict[str, Any]) -> None:
    rows = [{**row, **fault} if row["id"] == "BTC-USD" else row for row in json.loads(PRODUCTS)]
    listed = VENUE.listing(REQUEST, compact(rows)).instruments
    assert "BTC-USD" not in {item.symbol for item in listed}
    assert "SKL-USD" in {item.symbol for item in listed}


def test_the_dollar_book_is_watched_before_the_others() -> None:
    pairs = ("BTC-USDT", "USDT"), ("BTC-USDC", "USDC"), ("BTC-USD", "USD")
    rows = [{"id": name, "base_currency": "BTC", "quote_currency": quote, "status": "online"} for name, quote in pairs]
    both = SymbolTable(VENUE.listing(REQUEST, compact(rows)).instruments)
    rest = SymbolTable(VENUE.listing(REQUEST, compact(rows[:2])).instruments)
    chosen = [table.best("coinbase", "spot", "BTC") for table in (both, rest)]
    assert [item.symbol for item in chosen if item is not None] == ["BTC-USD", "BTC-USDT"]


@pytest.mark.parametrize("payload", [b"null", b"<html>", b'{"message":"rate limited"}', b'[{"id":1}]'])
def test_what_is_no_list_says_so(payload: bytes) -> None:
    with pytest.raises(BadListing):
        VENUE.listing(Request("spot", REQUEST.url), payload)


def test_each_product_is_asked_for_by_itself_and_at_once() -> None:
    pairs = [Instrument("coinbase", "spot", f"C{n}-USD", f"C{n}", "USD") for n in range(150)]
    sockets = VENUE.connections(pairs)
    asked = [json.loads(text) for socket in sockets for text in socket.subscribe]
    assert [message["product_ids"] for message in asked] == [[item.symbol] for item in pairs]
    assert {tuple(message["channels"]) for message in asked} == {("matches", "heartbeat")}
    assert all(socket.subscribe for socket in sockets), "a socket that is silent for 5 s is closed"
    assert len({socket.name for socket in sockets}) == len(sockets) == 2
    assert not any(socket.liquidations for socket in sockets)


def test_silence_is_normal_for_a_quiet_coin_but_not_for_bitcoin() -> None:
    coins = [Instrument("coinbase", "spot", f"{coin}-USD", coin, "USD") for coin in ("SKL", "BTC")]
    quiet, busy = (VENUE.connections([coin])[0] for coin in coins)
    assert quiet.silence_seconds is None
    assert busy.silence_seconds is not None
    assert quiet.heartbeat is not None, "the venue's heartbeats tell a live socket from a dead one"


def test_perpetuals_are_not_for_this_venue() -> None:
    assert not VENUE.connections([Instrument("coinbase", "perp", "BTC-PERP", "BTC", "USD")])


def test_nothing_is_polled() -> None:
    assert not VENUE.polls([Instrument("coinbase", "spot", "BTC-USD", "BTC", "USD")])
    with pytest.raises(BadAnswer):
        VENUE.answer(REQUEST.url, "spot", PRODUCTS, NOW, SYMBOLS)


def test_wrong_values_and_cuts_are_harmless() -> None:
    check_all(fresh, MATCH)


@given(st.sampled_from([MATCH]), st.data())
@settings(max_examples=150)
def test_flipped_bytes_are_harmless(frame: dict[str, Any], data: st.DataObject) -> None:
    checked(fresh, flipped(frame, data))
