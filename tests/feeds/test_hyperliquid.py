"""Hyperliquid's frames and list, held against recordings and the documented meaning of each field."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Funding, MarkPrice, OpenInterest, Trade, Undecodable
from feeds.intake import Intake
from feeds.settings import IntakeSettings
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Acknowledged, BadListing, Pong, Rejected
from feeds.venues.hyperliquid import Hyperliquid
from feeds.venues.hyperliquid_frames import HyperliquidDecoder
from tests.feeds.decoding import NOW, recorded
from tests.feeds.garbled import check_all, checked, compact, flipped

VENUE = Hyperliquid()
META = {
    "universe": [
        {"isDelisted": None, "maxLeverage": 40, "name": "BTC", "onlyIsolated": None, "szDecimals": 5},
        {"maxLeverage": 25, "name": "ETH", "szDecimals": 4},
        {"maxLeverage": 20, "name": "SOL", "szDecimals": 2},
        {"maxLeverage": 10, "name": "kPEPE", "szDecimals": 0},
        {"maxLeverage": 3, "name": "OLD", "szDecimals": 0, "isDelisted": True},
        {"maxLeverage": 20, "name": "km:US500", "szDecimals": 3},
        {"maxLeverage": 3, "name": 7},
    ]
}
LISTED = VENUE.listing(VENUE.requests()[0], compact(META)).instruments
SYMBOLS = SymbolTable(LISTED)


def fresh() -> HyperliquidDecoder:
    return VENUE.decoder("perp", SYMBOLS)


def trades(*rows: dict[str, Any]) -> dict[str, Any]:
    good = {
        "coin": "BTC",
        "side": "B",
        "px": "104320.0",
        "sz": "0.015",
        "hash": "0x0",
        "time": NOW,
        "tid": 1,
        "users": [],
    }
    return {"channel": "trades", "data": [{**good, **row} for row in rows]}


def context(coin: str = "BTC", **changes: str) -> dict[str, Any]:
    good = {"funding": "-0.0000015", "openInterest": "27353.5", "oraclePx": "77605.0", "markPx": "77562.0"}
    return {"channel": "activeAssetCtx", "data": {"coin": coin, "ctx": {**good, **changes}}}


def test_recorded_trades_after_the_back_fill() -> None:
    decoder = fresh()
    frames = list(recorded("hyperliquid/trades_2026-06-14.jsonl"))
    events = [event for at, frame in frames for event in decoder.decode(compact(frame), at)]
    told = [event for event in events if isinstance(event, Trade)]
    sent = [row for _, frame in frames[2:] for row in frame["data"]]
    assert [(event.at_ms, event.taker, event.quantity) for event in told] == [
        (row["time"], {"A": "sell", "B": "buy"}[row["side"]], float(row["sz"])) for row in sent
    ]
    sold = sum(event.notional_usd for event in told if event.taker == "sell")
    assert sold == pytest.approx(37665.84, abs=0.01)


def test_only_the_first_trades_of_a_coin_can_be_a_back_fill() -> None:
    decoder = fresh()
    acknowledged = {"method": "subscribe", "subscription": {"type": "trades", "coin": "BTC"}}
    decoder.decode(compact({"channel": "subscriptionResponse", "data": acknowledged}), NOW)
    first = decoder.decode(compact(trades({"time": NOW - 1, "tid": 1}, {"time": NOW + 1, "tid": 2})), NOW + 2)
    second = decoder.decode(compact(trades({"time": NOW - 1, "tid": 3})), NOW + 3)
    assert [event.identity for event in (*first, *second)] == [f"2 {NOW + 1}", f"3 {NOW - 1}"]  # type: ignore[union-attr]


def test_without_an_acknowledgement_old_first_trades_are_a_back_fill() -> None:
    events = fresh().decode(compact(trades({"time": NOW - 10_001}, {"time": NOW - 9_999, "tid": 2})), NOW)
    assert [event.at_ms for event in events] == [NOW - 9_999]  # type: ignore[union-attr]


def test_a_trade_is_recognised_by_its_number_and_time_together() -> None:
    rows = {"tid": 1}, {"tid": 1, "time": NOW - 1}, {"tid": 1}
    admitted = Intake(IntakeSettings()).admit(fresh().decode(compact(trades(*rows)), NOW), "hyperliquid perp", [])
    assert [type(event) for event in admitted] == [Trade, Trade, Undecodable]


@pytest.mark.parametrize("spelled", [compact, lambda frame: json.dumps(frame, indent=1).encode()])
def test_a_thousand_pepe_are_counted_one_by_one(spelled: Any) -> None:
    (event,) = fresh().decode(spelled(trades({"coin": "kPEPE", "px": "0.0125", "sz": "2000", "side": "A"})), NOW)
    assert isinstance(event, Trade)
    assert (event.coin, event.symbol, event.taker) == ("PEPE", "kPEPE", "sell")
    assert (event.price, event.quantity) == (pytest.approx(0.0000125), 2_000_000)
    assert event.notional_usd == pytest.approx(25.0)


def test_names_are_case_sensitive() -> None:
    (event,) = fresh().decode(compact(trades({"coin": "KPEPE"})), NOW)
    assert isinstance(event, Undecodable)
    assert event.kind == "unknown symbol"


def test_a_bad_row_does_not_cost_its_frame() -> None:
    events = fresh().decode(compact(trades({"tid": 1}, {"side": "C"}, {"tid": 3})), NOW)
    assert [type(event) for event in events] == [Trade, Undecodable, Trade]


def test_recorded_contexts_tell_mark_funding_and_open_interest() -> None:
    rows = list(recorded("hyperliquid/contexts.jsonl"))
    mark, funding, interest, *eth = [event for at, frame in rows for event in fresh().decode(compact(frame), at)]
    assert isinstance(mark, MarkPrice)
    assert isinstance(funding, Funding)
    assert isinstance(interest, OpenInterest)
    assert (mark.mark, mark.index) == (77562.0, 77605.0)
    assert (funding.rate, funding.interval_hours, funding.next_at_ms) == (-0.0000015186, 1.0, None)
    assert (interest.coins, interest.notional_usd) == (27353.17682, pytest.approx(2_121_567_100.5, rel=1e-6))
    assert [event.symbol for event in eth] == ["ETH"] * 3  # type: ignore[union-attr]


def test_open_interest_of_scaled_coins_is_in_whole_coins() -> None:
    mark, _, interest = fresh().decode(compact(context("kPEPE", markPx="0.0125", openInterest="4000000")), NOW)
    assert isinstance(mark, MarkPrice)
    assert isinstance(interest, OpenInterest)
    assert mark.mark == pytest.approx(0.0000125)
    assert (interest.coins, interest.notional_usd) == (4e9, pytest.approx(50_000.0))


def test_one_bad_field_of_a_context_leaves_the_others() -> None:
    events = fresh().decode(compact(context(funding="soon", openInterest="0.0")), NOW)
    assert [type(event) for event in events] == [MarkPrice, Undecodable, OpenInterest]


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        (b"Websocket connection established.", Acknowledged),
        (b'{"channel":"pong"}', Pong),
        (b'{"channel":"subscriptionResponse","data":{"method":"subscribe","subscription":{}}}', Acknowledged),
        (b'{"channel":"error","data":"Error parsing JSON into valid websocket request"}', Rejected),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: bytes, kind: type) -> None:
    (said,) = fresh().decode(frame, NOW)
    assert isinstance(said, kind)


def test_only_trading_perpetuals_of_the_own_exchange_are_listed() -> None:
    assert [(item.symbol, item.coin, item.price_unit) for item in LISTED] == [
        ("BTC", "BTC", 1.0),
        ("ETH", "ETH", 1.0),
        ("SOL", "SOL", 1.0),
        ("kPEPE", "PEPE", 1000.0),
    ]
    assert {item.funding_interval_hours for item in LISTED} == {1.0}


def test_the_list_is_asked_for_by_a_post() -> None:
    (request,) = VENUE.requests()
    assert json.loads(request.body or "") == {"type": "meta"}
    assert request.key == 'https://api.hyperliquid.xyz/info#{"type":"meta"}'


@pytest.mark.parametrize("payload", [b"null", b"<html>", b'{"universe":{}}', b'{"universe":[{}]}'])
def test_what_is_no_list_says_so(payload: bytes) -> None:
    with pytest.raises(BadListing):
        VENUE.listing(VENUE.requests()[0], payload)


def test_one_socket_with_two_subscriptions_a_coin_claims_no_liquidations() -> None:
    (socket,) = VENUE.connections([Instrument("hyperliquid", "perp", f"C{n}", f"C{n}", "USDC") for n in range(230)])
    asked = [json.loads(text)["subscription"] for text in socket.subscribe]
    assert asked[:2] == [{"type": "trades", "coin": "C0"}, {"type": "activeAssetCtx", "coin": "C0"}]
    assert 2 * len(asked) <= 1000, "a successor is up before the old socket goes"
    assert socket.messages_per_second < 2000 / 60
    assert not socket.liquidations
    assert socket.heartbeat is not None
    assert (socket.heartbeat.text, socket.heartbeat.every_seconds < 60) == ('{"method":"ping"}', True)


def test_nothing_to_watch_is_no_socket() -> None:
    assert VENUE.connections([]) == ()


@pytest.mark.parametrize("frame", [trades({}), context()])
def test_wrong_values_and_cuts_are_harmless(frame: dict[str, Any]) -> None:
    check_all(fresh, frame)


@given(st.sampled_from([trades({}), context()]), st.data())
@settings(max_examples=150)
def test_flipped_bytes_are_harmless(frame: dict[str, Any], data: st.DataObject) -> None:
    checked(fresh, flipped(frame, data))
