"""Bybit frames and lists, held against recordings and the documented meaning of each field."""

import json

import pytest

from feeds.events import Funding, Liquidation, MarkPrice, Trade, Undecodable
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, BadListing, Pong, Rejected, Reply, Request
from feeds.venues import VENUES
from tests.feeds.decoding import NOW, decode, recorded

LINEAR = Request("perp", "https://api.bybit.com/v5/market/instruments-info?category=linear&limit=1000")


def liquidations(*rows: dict[str, object]) -> dict[str, object]:
    return {"topic": "allLiquidation.ROSEUSDT", "type": "snapshot", "ts": NOW, "data": list(rows)}


ROSE = {"T": NOW - 275, "s": "ROSEUSDT", "S": "Sell", "v": "20000", "p": "0.04499"}


def test_the_side_is_the_positions() -> None:
    short, long = decode("bybit", "perp", liquidations(ROSE, {**ROSE, "S": "Buy"}))
    assert isinstance(short, Liquidation)
    assert isinstance(long, Liquidation)
    assert (short.position, long.position) == ("short", "long")
    assert not short.sampled
    assert short.notional_usd == pytest.approx(899.8)


def test_equal_rows_of_one_frame_are_two_liquidations() -> None:
    first, second = decode("bybit", "perp", liquidations(ROSE, ROSE))
    assert first.identity != second.identity  # type: ignore[union-attr]


def test_a_frame_sent_twice_carries_the_same_identities() -> None:
    first, second, again, once_more = decode("bybit", "perp", liquidations(ROSE, ROSE), liquidations(ROSE, ROSE))
    assert [first.identity, second.identity] == [again.identity, once_more.identity]  # type: ignore[union-attr]


def test_one_bad_row_does_not_take_the_others_with_it() -> None:
    good, bad, also_good = decode("bybit", "perp", liquidations(ROSE, {**ROSE, "v": "-1"}, {**ROSE, "p": "0.05"}))
    assert isinstance(good, Liquidation)
    assert isinstance(bad, Undecodable)
    assert "expected v above 0" in bad.reason
    assert isinstance(also_good, Liquidation)


def test_thousands_are_unscaled_wherever_they_stand() -> None:
    row = {"T": NOW, "s": "SHIB1000USDT", "S": "Buy", "v": "500", "p": "0.0125"}
    (event,) = decode("bybit", "perp", {**liquidations(row), "topic": "allLiquidation.SHIB1000USDT"})
    assert isinstance(event, Liquidation)
    assert (event.coin, event.price, event.quantity) == ("SHIB", pytest.approx(0.0000125), 500_000.0)


def trades(*rows: dict[str, object]) -> dict[str, object]:
    return {"topic": "publicTrade.BTCUSDT", "ts": NOW, "type": "snapshot", "data": list(rows)}


TRADE = {"i": "21", "T": NOW, "p": "77140.5", "v": "0.5", "S": "Sell", "seq": 1, "s": "BTCUSDT", "BT": False}


def test_trades_are_told_by_their_taker_and_block_trades_left_out() -> None:
    events = decode("bybit", "perp", trades(TRADE, {**TRADE, "BT": True}, {**TRADE, "S": "Buy", "i": "22"}))
    assert [(event.taker, event.identity) for event in events] == [("sell", "21"), ("buy", "22")]  # type: ignore[union-attr]


def test_a_bad_trade_among_good_ones_is_left_out_alone() -> None:
    events = decode("bybit", "perp", trades(TRADE, {**TRADE, "p": "nan"}, {**TRADE, "i": "22"}))
    assert [type(event) for event in events] == [Trade, Undecodable, Trade]


def test_recorded_ticker_deltas_are_merged_into_their_snapshot() -> None:
    frames = [frame for _, frame in recorded("bybit/tickers_2024-05-15.jsonl") if frame["topic"] == "tickers.BTCUSDT"]
    mark, funding, _, moved = decode("bybit", "perp", *frames)  # open interest stands between them
    assert isinstance(mark, MarkPrice)
    assert isinstance(funding, Funding)
    assert isinstance(moved, MarkPrice)
    assert (mark.mark, mark.index, moved.mark, moved.index) == (61875.25, 61903.73, 61875.06, 61903.59)
    assert (funding.rate, funding.interval_hours, funding.next_at_ms) == (0.00008055, 8.0, 1715760000000)


def ticker(kind: str, ts: int = NOW, **data: str) -> dict[str, object]:
    return {"topic": "tickers.BTCUSDT", "type": kind, "data": {"symbol": "BTCUSDT", **data}, "ts": ts}


def test_a_delta_before_its_snapshot_is_no_price() -> None:
    (event,) = decode("bybit", "perp", ticker("delta", markPrice="9"))
    assert isinstance(event, Undecodable)
    assert event.kind == "no snapshot"


def test_a_delta_of_the_rate_alone_keeps_the_other_fields() -> None:
    first = ticker(
        "snapshot", markPrice="9", fundingRate="0.0001", nextFundingTime="1792000000000", fundingIntervalHour="4"
    )
    *_, event = decode("bybit", "perp", first, ticker("delta", fundingRate="-0.0002"))
    assert isinstance(event, Funding)
    assert (event.rate, event.interval_hours, event.next_at_ms) == (-0.0002, 4.0, 1792000000000)


def test_an_unchanged_rate_is_confirmed_every_half_minute() -> None:
    first = ticker("snapshot", markPrice="9", fundingRate="0.0001")
    deltas = [ticker("delta", NOW + seconds * 1000, bid1Price="8") for seconds in (10, 29, 31, 45)]
    rates = [event for event in decode("bybit", "perp", first, *deltas) if isinstance(event, Funding)]
    assert [event.at_ms - NOW for event in rates] == [0, 31_000]


def test_dated_futures_send_an_empty_rate() -> None:
    events = decode("bybit", "perp", ticker("snapshot", markPrice="9", fundingRate="", nextFundingTime=""))
    assert [type(event) for event in events] == [MarkPrice]


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ('{"success":true,"ret_msg":"","conn_id":"c","req_id":"BTCUSDT","op":"subscribe"}', Acknowledged),
        ('{"success":true,"ret_msg":"pong","conn_id":"c","op":"ping"}', Pong),
        ('{"args":["1672916271846"],"op":"pong"}', Pong),
        ('{"success":false,"ret_msg":"Invalid topic: x","conn_id":"c","op":"subscribe"}', Rejected),
        ('{"success":false,"ret_msg":"error:handler not found,topic:allLiquidation.X","op":"subscribe"}', Rejected),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: str, kind: type) -> None:
    (said,) = decode("bybit", "perp", frame)
    assert isinstance(said, kind)


def refused(symbol: str, topic: str, request: str = "") -> list[object]:
    """What follows from Bybit's no to this topic in the request of this name, by default the symbol's first."""
    message = {"success": False, "ret_msg": f"error:handler not found,topic:{topic}", "req_id": request or symbol}
    return list(decode("bybit", "perp", json.dumps({**message, "op": "subscribe"})))


def test_a_refused_topic_is_named_and_the_others_are_asked_for_again() -> None:
    said, again = refused("SHIB1000USDT", "allLiquidation.SHIB1000USDT")
    assert isinstance(said, Rejected)
    assert (said.ends, said.unseen) == (False, "SHIB")
    assert said.reason.startswith("Bybit refused allLiquidation of SHIB1000USDT: 'error:handler not found")
    assert isinstance(again, Reply)
    assert json.loads(again.text)["args"] == ["publicTrade.SHIB1000USDT", "tickers.SHIB1000USDT"]


def test_liquidations_are_not_missing_where_only_another_topic_is_refused() -> None:
    said, again = refused("BTCUSDT", "tickers.BTCUSDT")
    assert isinstance(said, Rejected)
    assert isinstance(again, Reply)
    assert said.unseen == ""
    assert json.loads(again.text)["args"] == ["allLiquidation.BTCUSDT", "publicTrade.BTCUSDT"]


def test_asking_again_ends_with_the_last_topic() -> None:
    """Each request is shorter than the one before, whatever is refused of it."""
    request = "BTCUSDT"
    for topic, left in (("publicTrade", "allLiquidation,tickers"), ("tickers", "allLiquidation")):
        _, again = refused("BTCUSDT", f"{topic}.BTCUSDT", request)
        request = json.loads(again.text)["req_id"]  # type: ignore[attr-defined]
        assert request == f"BTCUSDT/{left}"
    (said,) = refused("BTCUSDT", "allLiquidation.BTCUSDT", request)
    assert said == Rejected(said.reason, unseen="BTC")  # type: ignore[attr-defined]


def test_a_refusal_that_names_no_topic_of_the_request_is_not_repeated() -> None:
    (said,) = refused("BTCUSDT", "orderbook.1.BTCUSDT")
    assert said.unseen == "BTC"  # type: ignore[attr-defined]


def listed(cursor: str = "", **changed: object) -> bytes:
    row = {
        "symbol": "SHIB1000USDT",
        "contractType": "LinearPerpetual",
        "status": "Trading",
        "baseCoin": "SHIB1000",
        "quoteCoin": "USDT",
        "fundingInterval": 480,
        "symbolType": "",
    }
    return json.dumps(
        {"retCode": 0, "retMsg": "OK", "result": {"list": [{**row, **changed}], "nextPageCursor": cursor}}
    ).encode()


def test_listed_funding_interval_is_in_minutes() -> None:
    (item,) = VENUES["bybit"].listing(LINEAR, listed()).instruments
    assert (item.coin, item.price_unit, item.coins_per_unit, item.funding_interval_hours) == (
        "SHIB",
        1000.0,
        1000.0,
        8.0,
    )


@pytest.mark.parametrize(
    "changed",
    [{"status": "PreLaunch"}, {"contractType": "LinearFutures"}, {"symbolType": "stock"}, {"quoteCoin": "EUR"}],
)
def test_what_is_no_crypto_perpetual_in_dollars_is_not_listed(changed: dict[str, object]) -> None:
    assert VENUES["bybit"].listing(LINEAR, listed(**changed)).instruments == ()


def test_a_cursor_asks_for_the_next_page() -> None:
    more = VENUES["bybit"].listing(LINEAR, listed("first%3DA%26last%3DB")).more
    assert more is not None
    assert more.url == LINEAR.url + "&cursor=first%3DA%26last%3DB"


def test_an_error_code_is_no_list() -> None:
    with pytest.raises(BadListing, match="10006: Too many visits"):
        VENUES["bybit"].listing(LINEAR, b'{"retCode":10006,"retMsg":"Too many visits!","result":{}}')


def test_each_coin_is_asked_for_in_a_request_of_its_own() -> None:
    coins = [Instrument("bybit", "perp", f"1000{'X' * 12}{n}USDT", f"C{n}", "USDT") for n in range(400)]
    sockets = VENUES["bybit"].connections(coins)
    requests = [json.loads(text) for socket in sockets for text in socket.subscribe]
    assert len(requests) == 400
    assert all({topic.split(".")[1] for topic in request["args"]} == {request["req_id"]} for request in requests)
    for socket in sockets:
        assert sum(len(topic) for text in socket.subscribe for topic in json.loads(text)["args"]) <= 21_000
    assert {socket.url for socket in sockets} == {"wss://stream.bybit.com/v5/public/linear"}
