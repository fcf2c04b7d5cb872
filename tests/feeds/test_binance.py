"""Binance frames and lists, held against recordings and the documented meaning of each field."""

import json
from decimal import Decimal

import pytest

from feeds.events import Funding, Liquidation, MarkPrice, Trade, Undecodable
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, BadListing, Closing, Pong, Rejected, Request
from feeds.venues import VENUES
from tests.feeds.decoding import NOW, SYMBOLS, decode, recorded


def order(symbol: str = "BTCUSDT", side: str = "SELL", **changed: object) -> dict[str, object]:
    fields = {"s": symbol, "S": side, "q": "9", "p": "9910", "ap": "9900", "X": "FILLED", "z": "0.014", "T": NOW}
    return {"e": "forceOrder", "E": NOW, "o": {**fields, **changed}}


def test_recorded_liquidations_equal_an_independent_sum() -> None:
    expected: dict[tuple[str, str], Decimal] = {}
    got: dict[tuple[str, str], float] = {}
    for received_ms, frame in recorded("binance/liquidations_2025-01-27.jsonl"):
        row = frame["o"]
        key = (row["s"], {"SELL": "long", "BUY": "short"}[row["S"]])
        expected[key] = expected.get(key, Decimal(0)) + Decimal(row["ap"]) * Decimal(row["z"])
        (event,) = decode("binance", "perp", frame, received_ms=received_ms)
        assert isinstance(event, Liquidation)
        assert event.sampled
        assert event.at_ms == row["T"]
        got[event.symbol, event.position] = got.get((event.symbol, event.position), 0.0) + event.notional_usd
    assert {key: pytest.approx(float(value)) for key, value in expected.items()} == got
    assert len(got) >= 4


def test_sell_order_closes_a_long() -> None:
    (sell,) = decode("binance", "perp", order(side="SELL"))
    (buy,) = decode("binance", "perp", order(side="BUY"))
    assert (sell.position, buy.position) == ("long", "short")  # type: ignore[union-attr]


@pytest.mark.parametrize("average", ["0", "None", "", "nan", None])
def test_limit_price_stands_in_for_an_average_that_is_none(average: object) -> None:
    (event,) = decode("binance", "perp", order(ap=average))
    assert isinstance(event, Liquidation)
    assert event.price == 9910.0


def test_scaled_symbol_is_told_per_whole_coin() -> None:
    (event,) = decode("binance", "perp", order("1000PEPEUSDT", ap="0.0150", z="64125"))
    assert isinstance(event, Liquidation)
    assert (event.coin, event.price, event.quantity) == ("PEPE", pytest.approx(0.000015), 64_125_000.0)
    assert event.notional_usd == pytest.approx(0.0150 * 64125)


@pytest.mark.parametrize("place", ["top", "order", "absent"])
def test_coin_margined_contracts_are_sized_in_usd_wherever_the_product_is_told(place: str) -> None:
    frame = order("BTCUSD_PERP", z="1280")
    if place == "top":
        frame["st"] = 2
    elif place == "order":
        frame["o"]["st"] = 2  # type: ignore[index]
    (event,) = decode("binance", "perp", frame)
    assert isinstance(event, Liquidation)
    assert event.notional_usd == 128_000.0
    assert event.quantity == pytest.approx(128_000 / 9900)


@pytest.mark.parametrize("symbol", ["ETHUSD_PERP", "BTCUSD_261225", "BTCUSDT_261225", "XAUUSDT"])
def test_contracts_without_a_known_true_size_are_not_covered(symbol: str) -> None:
    (event,) = decode("binance", "perp", order(symbol))
    assert isinstance(event, Undecodable)
    assert event.kind == "not covered"
    assert symbol in event.reason


def test_linear_symbol_marked_as_coin_margined_is_not_taken_for_usd_margined() -> None:
    (event,) = decode("binance", "perp", {**order("BTCUSDT"), "st": 2})
    assert isinstance(event, Undecodable)


def test_buyer_is_maker_means_the_taker_sold() -> None:
    for received_ms, frame in recorded("binance/aggtrades_2025-01-27.jsonl"):
        (event,) = (
            decode("binance", "perp", frame, received_ms=received_ms)
            if frame["s"]
            in (
                "BTCUSDT",
                "ETHUSDT",
            )
            else (None,)
        )
        if event is None:
            continue
        assert isinstance(event, Trade)
        assert event.taker == ("sell" if frame["m"] else "buy")
        assert event.notional_usd == pytest.approx(float(Decimal(frame["p"]) * Decimal(frame["q"])))
        assert event.identity == frame["a"]


def test_insurance_fund_fills_are_not_market_trades() -> None:
    frames = [frame for _, frame in recorded("binance/futures_trades_2023-04-04.jsonl")]
    fills = [frame["data"] for frame in frames if frame["data"]["e"] == "trade"]
    events = [event for event in decode("binance", "perp", *frames) if isinstance(event, Trade)]
    assert len(events) == len([fill for fill in fills if fill["X"] == "MARKET"]) == len(fills) - 1


def test_spot_trades_carry_the_spot_market() -> None:
    frames = [frame for _, frame in recorded("binance/spot_trades_2024-08-08.jsonl")]
    events = decode("binance", "spot", *frames)
    assert {event.market for event in events} == {"spot"}  # type: ignore[union-attr]
    assert len(events) == len(frames)


def test_mark_price_and_funding_across_a_settlement() -> None:
    frames = [frame["data"] for _, frame in recorded("binance/markprice_2023-04-05.jsonl")]
    events = decode("binance", "perp", *frames)
    marks = [event for event in events if isinstance(event, MarkPrice)]
    rates = [event for event in events if isinstance(event, Funding)]
    assert [event.mark for event in marks] == [float(frame["p"]) for frame in frames]
    assert [event.index for event in marks] == [float(frame["i"]) for frame in frames]
    assert [event.rate for event in rates] == [float(frame["r"]) for frame in frames]
    assert {event.interval_hours for event in rates} == {8.0}
    settlements = sorted({event.next_at_ms for event in rates if event.next_at_ms})
    assert len(settlements) == 2
    assert settlements[1] - settlements[0] == 8 * 3_600_000


def test_mark_price_of_a_contract_without_funding_has_none() -> None:
    frame = {"e": "markPriceUpdate", "E": NOW, "s": "BTCUSDT", "p": "9", "i": "9", "r": "", "T": 0}
    (event,) = decode("binance", "perp", frame)
    assert isinstance(event, MarkPrice)


def test_a_wrapped_frame_equals_the_raw_one() -> None:
    trade = {
        "e": "aggTrade",
        "E": NOW,
        "s": "BTCUSDT",
        "a": 5,
        "p": "1.5",
        "q": "2",
        "f": 1,
        "l": 2,
        "T": NOW,
        "m": True,
    }
    assert decode("binance", "perp", trade) == decode("binance", "perp", {"stream": "btcusdt@aggTrade", "data": trade})


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ('{"result":null,"id":1}', Acknowledged),
        ('{"result":["!forceOrder@arr"],"id":3}', Pong),
        ('{"code":2,"msg":"Invalid request: unknown variant"}', Rejected),
        ('{"error":{"code":3,"msg":"Invalid JSON"},"id":1}', Rejected),
        ('{"stream":"!serverShutdown","data":{"e":"serverShutdown","E":1770123456789}}', Closing),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: str, kind: type) -> None:
    (said,) = decode("binance", "perp", frame)
    assert isinstance(said, kind)


def test_perpetuals_are_listed_with_their_coin_and_unit() -> None:
    symbol = {"status": "TRADING", "quoteAsset": "USDT", "contractType": "PERPETUAL"}
    payload = json.dumps(
        {
            "symbols": [
                {**symbol, "symbol": "BTCUSDT", "baseAsset": "BTC"},
                {**symbol, "symbol": "1000SHIBUSDT", "baseAsset": "1000SHIB"},
                {**symbol, "symbol": "BTCUSDT_261225", "baseAsset": "BTC", "contractType": "CURRENT_QUARTER"},
                {**symbol, "symbol": "XAUUSDT", "baseAsset": "XAU", "contractType": "TRADIFI_PERPETUAL"},
                {**symbol, "symbol": "OLDUSDT", "baseAsset": "OLD", "status": "SETTLING"},
                {**symbol, "symbol": "ETHBTC", "baseAsset": "ETH", "quoteAsset": "BTC"},
            ]
        }
    ).encode()
    listing = VENUES["binance"].listing(Request("perp", "https://fapi.binance.com/fapi/v1/exchangeInfo"), payload)
    assert [(item.symbol, item.coin, item.price_unit) for item in listing.instruments] == [
        ("BTCUSDT", "BTC", 1.0),
        ("1000SHIBUSDT", "SHIB", 1000.0),
    ]


def test_coin_margined_list_gives_contract_sizes_in_usd() -> None:
    row = {"symbol": "BTCUSD_PERP", "baseAsset": "BTC", "quoteAsset": "USD", "contractType": "PERPETUAL"}
    payload = json.dumps({"symbols": [{**row, "contractStatus": "TRADING", "contractSize": 100}]}).encode()
    listing = VENUES["binance"].listing(Request("perp", "https://dapi.binance.com/dapi/v1/exchangeInfo"), payload)
    assert listing.instruments == (
        Instrument("binance", "perp", "BTCUSD_PERP", "BTC", "USD", coins_per_unit=None, usd_per_unit=100.0),
    )


def test_funding_list_names_only_the_exceptions() -> None:
    payload = b'[{"symbol":"BLZUSDT","fundingIntervalHours":4,"disclaimer":false}]'
    listing = VENUES["binance"].listing(Request("perp", "https://fapi.binance.com/fapi/v1/fundingInfo"), payload)
    assert listing.funding_hours == {"BLZUSDT": 4.0}
    assert listing.funding_otherwise == 8.0


def test_a_block_page_is_no_list() -> None:
    with pytest.raises(BadListing, match="expected Binance exchangeInfo, found"):
        VENUES["binance"].listing(Request("perp", "https://fapi.binance.com/fapi/v1/exchangeInfo"), b"<html>no</html>")


def test_market_streams_use_the_market_route_within_the_limits() -> None:
    coins = [Instrument("binance", "perp", f"C{n}USDT", f"C{n}", "USDT") for n in range(250)]
    sockets = VENUES["binance"].connections(coins)
    assert {socket.url for socket in sockets} == {"wss://fstream.binance.com/market/stream"}
    streams = [stream for socket in sockets for text in socket.subscribe for stream in json.loads(text)["params"]]
    assert len(streams) == len(set(streams)) == 501
    assert streams[0] == "!forceOrder@arr"
    assert all(
        stream == stream.lower() or stream[0] == "!" or "@markPrice" in stream or "@aggTrade" in stream
        for stream in streams
    )
    assert [socket.liquidations for socket in sockets] == [True, False, False]
    assert all(socket.messages_per_second < 10 for socket in sockets)


def test_the_best_instrument_of_a_coin_is_linear_and_in_usdt() -> None:
    best = SYMBOLS.best("binance", "perp", "BTC")
    assert best is not None
    assert best.symbol == "BTCUSDT"


@pytest.mark.parametrize(("identity", "ends"), [(1, True), (3, True), (900, False), (None, False), ("1", False)])
def test_a_refused_subscription_ends_a_socket_and_a_refused_heartbeat_does_not(identity: object, ends: bool) -> None:
    frame = json.dumps({"error": {"code": 2, "msg": "Invalid request"}, "id": identity}).encode()
    (control,) = VENUES["binance"].decoder("perp", SYMBOLS).decode(frame, 1)
    assert isinstance(control, Rejected)
    assert control.ends is ends


def test_a_coin_margined_row_without_its_size_is_left_out() -> None:
    row = {"symbol": "BTCUSD_PERP", "baseAsset": "BTC", "quoteAsset": "USD", "contractType": "PERPETUAL"}
    payload = json.dumps({"symbols": [{**row, "status": "TRADING"}]}).encode()
    request = Request("perp", "https://fapi.binance.com/fapi/v1/exchangeInfo")
    assert VENUES["binance"].listing(request, payload).instruments == ()
