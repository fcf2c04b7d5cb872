"""OKX frames and lists, held against recordings and the documented meaning of each field."""

import json

import pytest

from feeds.events import EVERY_COIN, Funding, Liquidation, MarkPrice, Trade, Undecodable
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, BadListing, Closing, Pong, Rejected, Request
from feeds.venues import VENUES
from tests.feeds.decoding import NOW, SYMBOLS, decode, recorded

SWAPS = Request("perp", "https://www.okx.com/api/v5/public/instruments?instType=SWAP")


def liquidations(symbol: str, *details: dict[str, object]) -> dict[str, object]:
    row = {"details": list(details), "instId": symbol, "instType": "SWAP", "uly": "", "instFamily": ""}
    return {"arg": {"channel": "liquidation-orders", "instType": "SWAP"}, "data": [row]}


DETAIL = {"bkLoss": "0", "bkPx": "70000", "ccy": "", "posSide": "short", "side": "buy", "sz": "13", "ts": str(NOW)}


@pytest.mark.parametrize(
    ("held", "side", "position"),
    [
        ("long", "sell", "long"),
        ("short", "buy", "short"),
        ("net", "sell", "long"),
        ("", "buy", "short"),
        ("short", "sell", "short"),
        ("long", "buy", "long"),
    ],
)
def test_the_named_position_wins_over_the_orders_side(held: str, side: str, position: str) -> None:
    (event,) = decode("okx", "perp", liquidations("BTC-USDT-SWAP", {**DETAIL, "posSide": held, "side": side}))
    assert isinstance(event, Liquidation)
    assert event.position == position
    assert event.sampled


def test_contracts_become_coins() -> None:
    (event,) = decode("okx", "perp", liquidations("BTC-USDT-SWAP", DETAIL))
    assert isinstance(event, Liquidation)
    assert (event.quantity, event.notional_usd) == (pytest.approx(0.13), pytest.approx(9100.0))


def test_inverse_contracts_are_worth_dollars() -> None:
    (event,) = decode("okx", "perp", liquidations("BTC-USD-SWAP", DETAIL))
    assert isinstance(event, Liquidation)
    assert (event.notional_usd, event.quantity) == (1300.0, pytest.approx(1300 / 70000))


def test_pepe_costs_the_same_per_coin_at_all_venues() -> None:
    (okx,) = decode("okx", "perp", liquidations("PEPE-USDT-SWAP", {**DETAIL, "bkPx": "0.000015", "sz": "2"}))
    order = {"s": "1000PEPEUSDT", "S": "BUY", "p": "0.015", "ap": "0.015", "z": "20000", "T": NOW}
    (binance,) = decode("binance", "perp", {"e": "forceOrder", "E": NOW, "o": order})
    assert isinstance(okx, Liquidation)
    assert isinstance(binance, Liquidation)
    assert (okx.coin, okx.price) == (binance.coin, pytest.approx(binance.price))
    assert (
        (okx.quantity, okx.notional_usd)
        == (binance.quantity, pytest.approx(binance.notional_usd))
        == (2e7, pytest.approx(300.0))
    )


def test_several_details_of_several_contracts_are_all_told() -> None:
    frame = liquidations("BTC-USDT-SWAP", DETAIL, {**DETAIL, "sz": "bad"}, {**DETAIL, "ts": str(NOW + 1000)})
    frame["data"].append(liquidations("PEPE-USDT-SWAP", DETAIL)["data"][0])  # type: ignore[attr-defined,index]
    events = decode("okx", "perp", frame)
    assert [type(event) for event in events] == [Liquidation, Undecodable, Liquidation, Liquidation]


def test_a_contract_of_unknown_size_is_not_sized() -> None:
    (event,) = decode("okx", "perp", liquidations("IOST-USDT-SWAP", DETAIL))
    assert isinstance(event, Undecodable)
    assert "IOST-USDT-SWAP" in event.reason


def test_recorded_spot_trades_after_the_last_trade_said_again_on_subscribe() -> None:
    rows = [(at, frame) for at, frame in recorded("okx/trades_2022-05-13.jsonl") if "data" in frame]
    spot = [(at, frame) for at, frame in rows if frame["arg"]["instId"] == "BTC-USDT"]
    decoder = VENUES["okx"].decoder("spot", SYMBOLS)
    events = [event for at, frame in spot for event in decoder.decode(_compact(frame), at)]
    sent = [row for _, frame in spot for row in frame["data"]]
    assert [event.identity for event in events] == [row["tradeId"] for row in sent]  # type: ignore[union-attr]
    assert [event.taker for event in events] == [row["side"] for row in sent]  # type: ignore[union-attr]
    assert len(events) >= 2


def test_a_first_trade_from_before_the_subscription_is_no_new_trade() -> None:
    def frame(number: int, at_ms: int) -> dict[str, object]:
        row = {"instId": "BTC-USDT", "tradeId": str(number), "px": "9", "sz": "1", "side": "buy", "ts": str(at_ms)}
        return {"arg": {"channel": "trades", "instId": "BTC-USDT"}, "data": [row]}

    events = decode("okx", "spot", frame(1, NOW - 25_000), frame(2, NOW - 1_500))
    assert [event.identity for event in events] == ["2"]  # type: ignore[union-attr]


def test_swap_trades_are_in_contracts() -> None:
    row = {"instId": "BTC-USDT-SWAP", "tradeId": "1", "px": "70000", "sz": "2.5", "side": "sell", "ts": str(NOW)}
    (event,) = decode("okx", "perp", {"arg": {"channel": "trades", "instId": "BTC-USDT-SWAP"}, "data": [row]})
    assert isinstance(event, Trade)
    assert (event.quantity, event.notional_usd, event.taker) == (pytest.approx(0.025), pytest.approx(1750.0), "sell")


def test_funding_interval_is_the_time_between_two_settlements() -> None:
    row = {"instId": "BTC-USDT-SWAP", "fundingRate": "0.0001875", "nextFundingRate": "", "ts": str(NOW)}
    times = {"fundingTime": str(NOW + 3_600_000), "nextFundingTime": str(NOW + 5 * 3_600_000)}
    (event,) = decode("okx", "perp", {"arg": {"channel": "funding-rate", "instId": ""}, "data": [{**row, **times}]})
    assert isinstance(event, Funding)
    assert (event.rate, event.interval_hours, event.next_at_ms) == (0.0001875, 4.0, NOW + 3_600_000)


def test_mark_price_has_no_index() -> None:
    row = {"instType": "SWAP", "instId": "BTC-USDT-SWAP", "markPx": "42310.6", "ts": str(NOW)}
    (event,) = decode("okx", "perp", {"arg": {"channel": "mark-price", "instId": ""}, "data": [row]})
    assert isinstance(event, MarkPrice)
    assert (event.mark, event.index) == (42310.6, None)


@pytest.mark.parametrize(
    ("frame", "kind"),
    [
        ("pong", Pong),
        (
            '{"id":"1512","event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"},"connId":"a"}',
            Acknowledged,
        ),
        ('{"event":"error","code":"60018","msg":"Wrong URL or channel","connId":"a4d3ae55"}', Rejected),
        ('{"event":"notice","code":"64008","msg":"The connection will soon be closed","connId":"a"}', Closing),
    ],
)
def test_what_the_protocol_says_is_no_market_event(frame: str, kind: type) -> None:
    (said,) = decode("okx", "perp", frame)
    assert isinstance(said, kind)


def test_swaps_are_listed_with_their_contract_value() -> None:
    def row(symbol: str, uly: str, value: str, currency: str, **changed: str) -> dict[str, str]:
        fields = {"instId": symbol, "instType": "SWAP", "uly": uly, "ctVal": value, "ctMult": "1", "ctValCcy": currency}
        return {**fields, "state": "live", **changed}

    data = [
        row("BTC-USDT-SWAP", "BTC-USDT", "0.01", "BTC"),
        row("PEPE-USDT-SWAP", "PEPE-USDT", "10000000", "PEPE"),
        row("BTC-USD-SWAP", "BTC-USD", "100", "USD"),
        row("ETH-USDT-SWAP", "ETH-USDT", "", "ETH"),
        row("SOL-USDT-SWAP", "SOL-USDT", "1", "SOL", state="suspend"),
        row("NEW-USDT-SWAP", "NEW-USDT", "1", "NEW", ruleType="pre_market"),
    ]
    payload = json.dumps({"code": "0", "msg": "", "data": data}).encode()
    listed = VENUES["okx"].listing(SWAPS, payload).instruments
    assert [(item.symbol, item.coin, item.coins_per_unit, item.usd_per_unit) for item in listed] == [
        ("BTC-USDT-SWAP", "BTC", 0.01, None),
        ("PEPE-USDT-SWAP", "PEPE", 1e7, None),
        ("BTC-USD-SWAP", "BTC", None, 100.0),
    ]


def test_an_error_code_is_no_list() -> None:
    with pytest.raises(BadListing, match="50011"):
        VENUES["okx"].listing(SWAPS, b'{"code":"50011","data":[],"msg":"Rate limit reached"}')


def test_liquidations_are_asked_for_by_type_alone_and_once() -> None:
    coins = [Instrument("okx", "perp", f"C{n}-USDT-SWAP", f"C{n}", "USDT") for n in range(450)]
    sockets = VENUES["okx"].connections(coins)
    asked = [argument for socket in sockets for text in socket.subscribe for argument in json.loads(text)["args"]]
    assert [argument for argument in asked if argument["channel"] == "liquidation-orders"] == [
        {"channel": "liquidation-orders", "instType": "SWAP"}
    ]
    assert all(len(socket.subscribe) < 480 for socket in sockets)
    assert {socket.url for socket in sockets} == {"wss://ws.okx.com/ws/v5/public"}


def _compact(frame: object) -> bytes:
    return json.dumps(frame, separators=(",", ":")).encode()


@pytest.mark.parametrize(
    ("code", "message", "ends", "unseen"),
    [
        ("60018", "Wrong URL or channel:liquidation-orders,instType:SWAP doesn't exist.", False, EVERY_COIN),
        ("60014", "Requests too frequent", True, ""),
        ("60018", "Wrong URL or channel:trades,instId:X-USDT doesn't exist.", False, ""),
    ],
)
def test_a_refusal_tells_whether_the_socket_is_of_use_and_what_it_lacks(
    code: str, message: str, ends: bool, unseen: str
) -> None:
    frame = json.dumps({"event": "error", "code": code, "msg": message, "connId": "a"}).encode()
    (control,) = VENUES["okx"].decoder("perp", SYMBOLS).decode(frame, 1)
    assert isinstance(control, Rejected)
    assert (control.ends, control.unseen) == (ends, unseen)


def test_a_socket_stays_within_the_subscriptions_an_hour() -> None:
    coins = [Instrument("okx", market, f"C{n}", f"C{n}", "USDT") for n in range(200) for market in ("perp", "spot")]
    sockets = VENUES["okx"].connections(coins)
    assert len(sockets) == 4
    for socket in sockets:
        assert sum(len(json.loads(text)["args"]) for text in socket.subscribe) <= 480
