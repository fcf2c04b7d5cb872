"""Deribit's frames and lists, held against recordings and the documented meaning of each field."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feeds.events import Funding, Liquidation, MarkPrice, OpenInterest, Trade, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Acknowledged, BadListing, Pong, Rejected, Reply
from feeds.venues.deribit import Deribit
from feeds.venues.deribit_frames import DeribitDecoder
from tests.feeds.decoding import FRAMES, NOW, recorded
from tests.feeds.garbled import check_all, checked, compact, flipped

VENUE = Deribit()
LISTED = {
    request.url: VENUE.listing(request, (FRAMES / f"deribit/instruments_{currency}.json").read_bytes()).instruments
    for request, currency in zip(VENUE.requests(), ("BTC", "ETH", "USDC"), strict=True)
}
SYMBOLS = SymbolTable(item for items in LISTED.values() for item in items)


def fresh() -> DeribitDecoder:
    return VENUE.decoder("perp", SYMBOLS)


def subscription(channel: str, data: object) -> dict[str, Any]:
    return {"jsonrpc": "2.0", "method": "subscription", "params": {"channel": channel, "data": data}}


def trades(*rows: dict[str, Any], symbol: str = "BTC-PERPETUAL") -> dict[str, Any]:
    good = {
        "timestamp": NOW,
        "price": 80000.0,
        "amount": 20000.0,
        "direction": "sell",
        "index_price": 80010.0,
        "instrument_name": symbol,
        "trade_seq": 140284854,
        "mark_price": 80005.0,
        "tick_direction": 0,
        "trade_id": "267258393",
        "contracts": 2000.0,
    }
    return subscription(f"trades.{symbol}.100ms", [{**good, **row} for row in rows])


def ticker(symbol: str = "BTC-PERPETUAL", **changes: object) -> dict[str, Any]:
    good = {
        "timestamp": NOW,
        "instrument_name": symbol,
        "index_price": 80010.0,
        "mark_price": 80000.0,
        "open_interest": 160000000.0,
        "current_funding": 0.0,
        "funding_8h": 0.00001742,
    }
    return subscription(f"ticker.{symbol}.100ms", {**good, **changes})


def decode(frame: object) -> list[Any]:
    return list(fresh().decode(compact(frame), NOW))


def test_recorded_trades_of_the_inverse_perpetual_are_in_dollars() -> None:
    frames = [
        frame for name in ("trades_2025-03-22", "perpetual_2025-12-12") for frame in recorded(f"deribit/{name}.jsonl")
    ]
    frames = [(at, frame) for at, frame in frames if frame["params"]["channel"].startswith("trades")]
    told = [event for at, frame in frames for event in fresh().decode(compact(frame), at)]
    assert [(event.taker, event.notional_usd, event.identity) for event in told] == [  # type: ignore[union-attr]
        ("buy", 8430.0, "356130997"),
        ("sell", 580.0, "356130979"),
        ("sell", 10.0, "403691824"),
        ("sell", 750.0, "403691825"),
    ]
    assert told[0].quantity == pytest.approx(8430 / 84295.5)  # type: ignore[union-attr]


def test_the_recorded_ticker_tells_mark_funding_and_open_interest() -> None:
    at, frame = next(recorded("deribit/perpetual_2025-12-12.jsonl"))
    mark, funding, interest = fresh().decode(compact(frame), at)
    assert isinstance(mark, MarkPrice)
    assert isinstance(funding, Funding)
    assert isinstance(interest, OpenInterest)
    assert (mark.mark, mark.index, mark.at_ms) == (92281.78, 92263.55, 1_765_541_474_086)
    assert (funding.rate, funding.interval_hours, funding.next_at_ms) == (0.00001742, 8.0, None)
    assert (interest.notional_usd, interest.coins) == (1132329370.0, pytest.approx(12270.34, abs=0.01))


def test_linear_perpetuals_count_in_coins() -> None:
    (trade,) = decode(trades({"price": 150.0, "amount": 2.5, "direction": "buy"}, symbol="SOL_USDC-PERPETUAL"))
    assert (trade.coin, trade.quantity, trade.notional_usd, trade.taker) == ("SOL", 2.5, 375.0, "buy")
    _, _, interest = decode(ticker("SOL_USDC-PERPETUAL", mark_price=150.0, open_interest=4000.0))
    assert (interest.coins, interest.notional_usd) == (4000.0, 600_000.0)


@pytest.mark.parametrize(
    ("mark", "direction", "positions"),
    [
        ("T", "sell", ["long"]),
        ("T", "buy", ["short"]),
        ("M", "sell", ["short"]),
        ("M", "buy", ["long"]),
        ("MT", "sell", ["long", "short"]),
        ("MT", "buy", ["short", "long"]),
    ],
)
@pytest.mark.parametrize("timestamp", [NOW, str(NOW)])
def test_a_liquidating_trade_is_a_trade_and_a_liquidation_of_whoever_was_forced(
    mark: str, direction: str, positions: list[str], timestamp: object
) -> None:
    trade, *forced = decode(trades({"liquidation": mark, "direction": direction, "timestamp": timestamp}))
    assert isinstance(trade, Trade)
    assert trade.taker == direction
    assert all(isinstance(event, Liquidation) for event in forced)
    assert [event.position for event in forced] == positions
    assert {(event.notional_usd, event.quantity, event.price, event.sampled) for event in forced} == {
        (20000.0, 0.25, 80000.0, False)
    }
    assert len({event.identity for event in forced}) == len(forced)


def test_a_trade_with_an_unknown_mark_is_still_a_trade() -> None:
    trade, odd = decode(trades({"liquidation": "X"}))
    assert isinstance(trade, Trade)
    assert isinstance(odd, Undecodable)


def test_block_trades_are_left_out() -> None:
    assert decode(trades({"block_trade_id": "BLOCK-1"})) == []


def test_a_bad_row_does_not_cost_its_frame() -> None:
    events = decode(trades({"trade_id": "1"}, {"amount": "many"}, {"trade_id": "3", "liquidation": "T"}))
    assert [type(event) for event in events] == [Trade, Undecodable, Trade, Liquidation]


def test_a_contract_that_is_not_listed_is_not_sized() -> None:
    (event,) = decode(trades({}, symbol="BTC-25MAR22"))
    assert isinstance(event, Undecodable)
    assert "BTC-25MAR22" in event.reason


def test_one_bad_field_of_a_ticker_leaves_the_others() -> None:
    assert [type(event) for event in decode(ticker(funding_8h=None))] == [MarkPrice, Undecodable, OpenInterest]


def test_the_venues_question_is_answered() -> None:
    (said,) = decode({"jsonrpc": "2.0", "method": "heartbeat", "params": {"type": "test_request"}})
    assert isinstance(said, Reply)
    assert json.loads(said.text)["method"] == "public/test"


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ({"jsonrpc": "2.0", "method": "heartbeat", "params": {"type": "heartbeat"}}, Pong),
        ({"jsonrpc": "2.0", "id": 2, "result": {"version": "1.2.26"}, "testnet": False}, Pong),
        ({"jsonrpc": "2.0", "id": 1, "result": "ok", "testnet": False}, Acknowledged),
        ({"id": 100, "result": ["trades.BTC-PERPETUAL.100ms", "ticker.BTC-PERPETUAL.100ms"]}, Acknowledged),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: dict[str, Any], kind: type) -> None:
    (said,) = decode(frame)
    assert isinstance(said, kind)


@pytest.mark.parametrize(("number", "ends"), [(100, True), (1, False), (None, False)])
def test_too_many_requests_ends_a_socket_that_lacks_its_subscriptions(number: object, ends: bool) -> None:
    error = {"code": 10028, "message": "too_many_requests", "data": None}
    (said,) = decode({"jsonrpc": "2.0", "id": number, "error": error})
    assert isinstance(said, Rejected)
    assert "10028" in said.reason
    assert said.ends is ends


def test_channels_left_out_of_the_answer_are_missed() -> None:
    (none,) = decode({"id": 100, "result": []})
    (half,) = decode({"id": 100, "result": ["ticker.BTC-PERPETUAL.100ms"]})
    assert none == Rejected("Deribit accepted none of the channels that were asked for", ends=True)
    assert isinstance(half, Rejected)
    assert "BTC-PERPETUAL" in half.reason


def test_only_perpetuals_are_listed() -> None:
    assert {(item.symbol, item.coin, item.usd_per_unit, item.coins_per_unit) for item in SYMBOLS} == {
        ("BTC-PERPETUAL", "BTC", 1.0, None),
        ("ETH-PERPETUAL", "ETH", 1.0, None),
        ("BTC_USDC-PERPETUAL", "BTC", None, 1.0),
        ("SOL_USDC-PERPETUAL", "SOL", None, 1.0),
        ("UNI_USDC-PERPETUAL", "UNI", None, 1.0),
    }


@pytest.mark.parametrize(("coin", "symbol"), [("BTC", "BTC-PERPETUAL"), ("SOL", "SOL_USDC-PERPETUAL")])
def test_the_inverse_book_is_watched_where_there_is_one(coin: str, symbol: str) -> None:
    best = SYMBOLS.best("deribit", "perp", coin)
    assert best is not None
    assert best.symbol == symbol


@pytest.mark.parametrize(
    "payload", [b"null", b"<html>", b'{"error":{"code":10028,"message":"too_many_requests"}}', b'{"result":[{"a":1}]}']
)
def test_what_is_no_list_says_so(payload: bytes) -> None:
    with pytest.raises(BadListing):
        VENUE.listing(VENUE.requests()[0], payload)


def test_every_perpetual_is_asked_for_by_trades_and_ticker_without_login() -> None:
    coins = [Instrument("deribit", "perp", f"C{n}_USDC-PERPETUAL", f"C{n}", "USDC") for n in range(45)]
    (socket,) = VENUE.connections(coins)
    first, *subscriptions = [json.loads(text) for text in socket.subscribe]
    assert (first["method"], first["params"]) == ("public/set_heartbeat", {"interval": 30})
    assert {message["method"] for message in subscriptions} == {"public/subscribe"}
    asked = [channel for message in subscriptions for channel in message["params"]["channels"]]
    assert sorted(asked) == sorted(f"{kind}.{item.symbol}.100ms" for item in coins for kind in ("trades", "ticker"))
    assert len({message["id"] for message in subscriptions}) == len(subscriptions)
    assert socket.liquidations


@pytest.mark.parametrize("frame", [trades({}), trades({"liquidation": "MT"}), ticker()])
def test_wrong_values_and_cuts_are_harmless(frame: dict[str, Any]) -> None:
    check_all(fresh, frame)


@given(st.sampled_from([trades({"liquidation": "MT"}), ticker()]), st.data())
@settings(max_examples=150)
def test_flipped_bytes_are_harmless(frame: dict[str, Any], data: st.DataObject) -> None:
    checked(fresh, flipped(frame, data))
