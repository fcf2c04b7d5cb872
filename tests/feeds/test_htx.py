"""HTX frames, gzipped as they come, and its lists, held against recordings and the documented meaning of each field."""

import base64
import gzip
import json
from typing import Any

import pytest

from feeds.events import Funding, Liquidation, Market, Trade, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Acknowledged, Closing, Decoded, Pong, Rejected, Reply
from tests.feeds.decoding import FRAMES, NOW, recorded
from tests.feeds.garbled import check_all, checked
from tests.feeds.htx_lists import HTX, PAIRS, SWAPS, listed

SYMBOLS = SymbolTable(
    [
        *listed(SWAPS, "swap_contract_info_2022-02-19.json"),
        *listed(PAIRS, "symbols_2021-04-17.json"),
        Instrument("htx", "perp", "ETH-USDT", "ETH", "USDT", coins_per_unit=0.01, funding_interval_hours=8.0),
        Instrument("htx", "perp", "1000CAT-USDT", "CAT", "USDT", price_unit=1000.0, coins_per_unit=10_000.0),
    ]
)
LIQUIDATION = {
    "symbol": "ETH", "contract_code": "ETH-USDT", "direction": "buy", "offset": "close", "volume": 500,
    "price": 2446.26, "created_at": NOW - 5, "amount": 5, "trade_turnover": 12231.3, "business_type": "swap",
}  # fmt: skip
SWAP_TRADE = {
    "amount": 196, "quantity": 1.96, "trade_turnover": 4403.1204, "ts": NOW, "id": 1000219512747480000,
    "price": 2246.49, "direction": "sell",
}  # fmt: skip
SPOT_TRADE = {
    "id": 137005445109359290000000000, "ts": NOW, "tradeId": 102523573486, "amount": 0.006754, "price": 52648.62,
    "direction": "buy",
}  # fmt: skip
FUNDING = {
    "symbol": "ETH", "contract_code": "ETH-USDT", "fee_asset": "USDT", "funding_time": str(NOW - 9_000),
    "funding_rate": "-0.00022", "settlement_time": str(NOW + 3_600_000), "estimated_rate": None,
}  # fmt: skip


def trades(symbol: str, *rows: dict[str, Any]) -> dict[str, Any]:
    return {"ch": f"market.{symbol}.trade.detail", "ts": NOW, "tick": {"id": 1, "ts": NOW, "data": list(rows)}}


def notify(topic: str, *rows: object) -> dict[str, Any]:
    return {"op": "notify", "topic": topic, "ts": NOW, "data": list(rows)}


def liquidations(*rows: object, topic: str = "public.*.liquidation_orders") -> dict[str, Any]:
    return notify(topic, *rows)


def packed(frame: object) -> bytes:
    return gzip.compress(json.dumps(frame, separators=(",", ":")).encode(), mtime=0)


def decode(market: Market, *frames: object, received_ms: int = NOW) -> list[Decoded]:
    decoder = HTX.decoder(market, SYMBOLS)
    return [event for frame in frames for event in decoder.decode(packed(frame), received_ms)]


def replayed(market: Market, name: str) -> tuple[list[Decoded], list[dict[str, Any]]]:
    """What a decoder makes of a recording, and the trade rows in it."""
    frames = list(recorded(name))
    decoder = HTX.decoder(market, SYMBOLS)
    events = [event for at, frame in frames for event in decoder.decode(packed(frame), at)]
    return events, [{**row, "ch": frame["ch"]} for _, frame in frames if "ch" in frame for row in frame["tick"]["data"]]


def test_a_frame_recorded_as_it_came_is_unpacked() -> None:
    lines = (FRAMES / "htx/swap_gzip_2022-02-19.jsonl").read_text().splitlines()
    rows = [json.loads(line) for line in lines]
    decoder = HTX.decoder("perp", SYMBOLS)
    last_trade, reply = (decoder.decode(base64.b64decode(row["gzip"]), row["received_ms"]) for row in rows)
    assert last_trade == []
    assert reply == (Reply('{"pong":1645289389594}'),)


def test_recorded_swap_trades_without_the_last_one_said_again_on_each_subscribe() -> None:
    events, rows = replayed("perp", "htx/swap_trades_2022-02-19.jsonl")
    first_of_each = {row["ch"]: row["id"] for row in reversed(rows)}
    new = [row for row in rows if row["id"] not in first_of_each.values()]
    found = [event for event in events if isinstance(event, Trade)]
    assert [trade.identity for trade in found] == [row["id"] for row in new]
    assert len(first_of_each) == 5
    assert [trade.taker for trade in found] == [row["direction"] for row in new]


def test_recorded_swap_trades_count_half_of_what_both_sides_sum_to() -> None:
    events, rows = replayed("perp", "htx/swap_trades_2022-02-19.jsonl")
    sent = {row["id"]: row for row in rows}
    found = [event for event in events if isinstance(event, Trade)]
    assert found
    for trade in found:
        row = sent[trade.identity]
        assert row["amount"] % 2 == 0
        assert trade.quantity == pytest.approx(row["quantity"] / 2)
        assert trade.notional_usd == pytest.approx(row["trade_turnover"] / 2)
        contract = next(item for item in SYMBOLS.of("htx", "perp").values() if item.symbol in row["ch"])
        assert trade.quantity == pytest.approx(row["amount"] / 2 * (contract.coins_per_unit or 0))


def test_recorded_spot_trades_count_once_each_and_not_the_ones_from_before() -> None:
    events, rows = replayed("spot", "htx/spot_trades_2021-04-17.jsonl")
    found = [event for event in events if isinstance(event, Trade)]
    began = {
        frame["subbed"]: frame["ts"] for _, frame in recorded("htx/spot_trades_2021-04-17.jsonl") if "subbed" in frame
    }
    new = [row for row in rows if row["ts"] >= began[row["ch"]] and "husd" not in row["ch"]]
    assert [trade.identity for trade in found] == [row["tradeId"] for row in new]
    assert [trade.quantity for trade in found] == [row["amount"] for row in new]
    assert len(found) > 10


def test_spot_trades_are_told_by_their_trade_id_because_the_other_has_26_digits() -> None:
    (event,) = decode("spot", trades("btcusdt", SPOT_TRADE))
    assert isinstance(event, Trade)
    assert (event.identity, event.taker, event.coin) == (102523573486, "buy", "BTC")
    assert event.notional_usd == pytest.approx(0.006754 * 52648.62)


@pytest.mark.parametrize("without", ["quantity", "trade_turnover"])
def test_a_swap_trade_can_be_sized_by_its_contracts(without: str) -> None:
    row = {key: value for key, value in SWAP_TRADE.items() if key != without}
    (event,) = decode("perp", trades("ETH-USDT", row))
    assert isinstance(event, Trade)
    assert (event.quantity, event.notional_usd) == (pytest.approx(0.98), pytest.approx(2201.5602))


def test_a_trade_from_before_the_acknowledged_subscription_is_no_news() -> None:
    acknowledged = {"id": "1", "status": "ok", "subbed": "market.btcusdt.trade.detail", "ts": NOW - 100}
    old, new = {**SPOT_TRADE, "ts": NOW - 101}, {**SPOT_TRADE, "tradeId": 2, "ts": NOW - 100}
    said, trade = decode("spot", acknowledged, trades("btcusdt", new, old))
    assert said == Acknowledged()
    assert isinstance(trade, Trade)
    assert trade.identity == 2


def test_a_second_sockets_subscription_hides_no_trade_of_the_first() -> None:
    def acknowledged(at_ms: int) -> dict[str, Any]:
        return {"id": "1", "status": "ok", "subbed": "market.btcusdt.trade.detail", "ts": at_ms}

    between = {**SPOT_TRADE, "ts": NOW - 50}
    *_, trade = decode("spot", acknowledged(NOW - 100), acknowledged(NOW), trades("btcusdt", between))
    assert isinstance(trade, Trade)


@pytest.mark.parametrize(("direction", "position"), [("sell", "long"), ("buy", "short")])
def test_the_direction_is_the_closing_orders(direction: str, position: str) -> None:
    (event,) = decode("perp", liquidations({**LIQUIDATION, "direction": direction}))
    assert isinstance(event, Liquidation)
    assert (event.position, event.sampled, event.at_ms) == (position, True, NOW - 5)


def test_liquidations_are_not_doubled() -> None:
    (event,) = decode("perp", liquidations(LIQUIDATION))
    assert isinstance(event, Liquidation)
    assert (event.quantity, event.notional_usd) == (5.0, pytest.approx(12231.3))


@pytest.mark.parametrize("topic", ["public.*.liquidation_orders", "public.ETH-USDT.liquidation_orders"])
def test_the_topic_names_all_contracts_or_one(topic: str) -> None:
    (event,) = decode("perp", liquidations(LIQUIDATION, topic=topic))
    assert isinstance(event, Liquidation)


def test_a_scaled_contract_is_told_in_whole_coins() -> None:
    row = {**LIQUIDATION, "contract_code": "1000CAT-USDT", "amount": 20, "price": 0.01}
    (event,) = decode("perp", liquidations(row))
    assert isinstance(event, Liquidation)
    assert (event.coin, event.price, event.quantity) == ("CAT", pytest.approx(1e-5), pytest.approx(20_000.0))
    assert event.notional_usd == pytest.approx(0.2)


def test_dated_contracts_are_not_covered_and_bad_rows_leave_the_good_ones() -> None:
    dated = {**LIQUIDATION, "contract_code": "BTC-USDT-211210", "business_type": "futures"}
    events = decode("perp", liquidations(dated, LIQUIDATION, {**LIQUIDATION, "amount": -1}, LIQUIDATION, "row"))
    kinds = [event.kind if isinstance(event, Undecodable) else "" for event in events]
    assert kinds == ["not covered", "", "invalid number", "", "wrong type"]
    assert events[1].identity != events[3].identity  # type: ignore[union-attr]


def test_the_notified_funding_time_is_no_settlement() -> None:
    (event,) = decode("perp", notify("public.*.funding_rate", FUNDING))
    assert isinstance(event, Funding)
    assert (event.rate, event.next_at_ms, event.interval_hours) == (-0.00022, NOW + 3_600_000, 8.0)


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ({"ping": 18212558000}, Reply('{"pong":18212558000}')),
        ({"op": "ping", "ts": "1670903745088"}, Reply('{"op":"pong","ts":"1670903745088"}')),
        ({"op": "ping", "ts": 1670903745088}, Reply('{"op":"pong","ts":1670903745088}')),
        ({"pong": 1}, Pong()),
        ({"op": "sub", "topic": "public.*.liquidation_orders", "ts": 1, "err-code": 0}, Acknowledged()),
        ({"op": "sub", "topic": "public.*.liquidation_orders", "ts": 1, "err-code": 2014}, Acknowledged()),
    ],
)
def test_pings_are_answered_in_the_form_they_came_in(frame: dict[str, Any], expected: object) -> None:
    assert decode("perp", frame) == [expected]


@pytest.mark.parametrize(
    ("frame", "ends"),
    [
        ({"id": "1", "status": "error", "err-code": "bad-request", "err-msg": "invalid topic"}, False),
        ({"op": "sub", "topic": "public.X.funding_rate", "err-code": 2012, "err-msg": "no"}, False),
        ({"op": "sub", "topic": "public.*.liquidation_orders", "err-code": 2012, "err-msg": "no"}, True),
    ],
)
def test_a_refusal_is_told_and_ends_what_is_of_no_use_without_it(frame: dict[str, Any], ends: bool) -> None:
    (said,) = decode("perp", frame)
    assert isinstance(said, Rejected)
    assert said.ends == ends


def test_an_announced_close_is_told() -> None:
    (said,) = decode("perp", {"op": "close", "ts": 1})
    assert isinstance(said, Closing)


def test_a_torn_frame_is_one_undecodable() -> None:
    whole = packed(trades("ETH-USDT", SWAP_TRADE))
    for length in range(2, len(whole)):
        (event,) = checked(lambda: HTX.decoder("perp", SYMBOLS), whole[:length])
        assert isinstance(event, Undecodable)
        assert event.kind == "malformed"


def test_a_frame_that_unpacks_to_too_much_is_left_out_before_it_is_read() -> None:
    bomb = gzip.compress(b" " * (64 * 1024 * 1024))
    assert len(bomb) < 100_000
    (event,) = checked(lambda: HTX.decoder("perp", SYMBOLS), bomb)
    assert isinstance(event, Undecodable)
    assert event.kind == "oversized"


def test_flipped_bytes_in_a_packed_frame_are_harmless() -> None:
    whole = packed(liquidations(LIQUIDATION))
    for place in range(len(whole)):
        for value in (0, 0x55, 0xFF):
            checked(lambda: HTX.decoder("perp", SYMBOLS), whole[:place] + bytes([value]) + whole[place + 1 :])


@pytest.mark.parametrize(
    ("market", "frame"),
    [
        ("perp", trades("ETH-USDT", SWAP_TRADE)),
        ("spot", trades("btcusdt", SPOT_TRADE)),
        ("perp", liquidations(LIQUIDATION)),
        ("perp", notify("public.*.funding_rate", FUNDING)),
    ],
)
def test_whatever_comes_is_harmless(market: Market, frame: dict[str, Any]) -> None:
    check_all(lambda: HTX.decoder(market, SYMBOLS), frame)


def test_a_second_settlement_tells_the_funding_interval() -> None:
    table = SymbolTable([Instrument("htx", "perp", "ETH-USDT", "ETH", "USDT", coins_per_unit=0.01)])
    decoder = HTX.decoder("perp", table)
    told = [
        event.interval_hours
        for settles_at in (NOW, NOW, NOW + 4 * 3_600_000, NOW + 4 * 3_600_000)
        for event in decoder.decode(
            packed(notify("public.*.funding_rate", {**FUNDING, "settlement_time": str(settles_at)})), NOW
        )
        if isinstance(event, Funding)
    ]
    assert told == [None, None, 4.0, 4.0]
    assert table.of("htx", "perp")["ETH-USDT"].funding_interval_hours == 4.0
