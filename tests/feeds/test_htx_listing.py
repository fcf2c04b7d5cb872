"""HTX's instrument lists, and the sockets that carry what they list."""

import json

import pytest

from feeds.symbols import Instrument, SymbolTable
from feeds.venue import BadListing, Request
from tests.feeds.htx_lists import HTX, PAIRS, SWAPS, listed

SYMBOLS = SymbolTable([*listed(SWAPS, "swap_contract_info_2022-02-19.json"), *listed(PAIRS, "symbols_2021-04-17.json")])


def test_recorded_contracts_are_listed_with_their_size() -> None:
    sizes = {item.symbol: item.coins_per_unit for item in listed(SWAPS, "swap_contract_info_2022-02-19.json")}
    assert sizes == {
        "BTC-USDT": 0.001, "GRT-USDT": 10.0, "SNX-USDT": 1.0, "BTT-USDT": 1e6, "SOS-USDT": 1e5, "ACH-USDT": 10.0,
    }  # fmt: skip


def test_recorded_pairs_are_listed_where_they_trade_against_dollars() -> None:
    pairs = {item.symbol: item.coin for item in listed(PAIRS, "symbols_2021-04-17.json")}
    assert pairs == {"btcusdt": "BTC", "fil3susdt": "FIL3S", "borusdt": "BOR"}


@pytest.mark.parametrize("request_", [SWAPS, PAIRS])
def test_an_error_is_no_list(request_: Request) -> None:
    with pytest.raises(BadListing, match="HTX"):
        HTX.listing(request_, b'{"status":"error","err_code":1030,"err-msg":"no","ts":1}')


def test_dated_and_suspended_contracts_are_not_listed() -> None:
    row = {"contract_code": "BTC-USDT", "contract_size": 0.001, "contract_status": 1, "business_type": "swap"}
    rows = [
        {**row, "contract_code": "BTC-USDT-211210", "business_type": "futures"},
        {**row, "contract_code": "ETH-USDT", "contract_status": 3},
        {**row, "contract_code": "SOL-USDT", "contract_size": 0},
        row,
    ]
    found = HTX.listing(SWAPS, json.dumps({"status": "ok", "data": rows, "ts": 1}).encode()).instruments
    assert [item.symbol for item in found] == ["BTC-USDT"]


def test_one_notification_socket_carries_all_liquidations() -> None:
    sockets = HTX.connections([*SYMBOLS.of("htx", "perp").values(), *SYMBOLS.of("htx", "spot").values()])
    assert [(socket.name, socket.url, socket.liquidations) for socket in sockets] == [
        ("htx perp", "wss://api.hbdm.com/linear-swap-ws", False),
        ("htx spot", "wss://api.huobi.pro/ws", False),
        ("htx perp notification", "wss://api.hbdm.com/linear-swap-notification", True),
    ]
    topics = [json.loads(text)["topic"] for text in sockets[-1].subscribe]
    assert topics[0] == "public.*.liquidation_orders"
    assert topics[1:] == [f"public.{symbol}.funding_rate" for symbol in SYMBOLS.of("htx", "perp")]
    assert {json.loads(text)["sub"] for text in sockets[1].subscribe} == {
        f"market.{symbol}.trade.detail" for symbol in ("btcusdt", "borusdt", "fil3susdt")
    }


def test_the_spot_market_alone_needs_no_notification() -> None:
    assert [socket.name for socket in HTX.connections(SYMBOLS.of("htx", "spot").values())] == ["htx spot"]


def test_sockets_stay_within_forty_subscriptions_a_second() -> None:
    coins = [Instrument("htx", "perp", f"C{n}-USDT", f"C{n}", "USDT") for n in range(250)]
    sockets = HTX.connections(coins)
    assert all(socket.messages_per_second < 40 for socket in sockets)
    assert len({socket.name for socket in sockets}) == len(sockets) == 4
