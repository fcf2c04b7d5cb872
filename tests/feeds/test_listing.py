"""One odd row of an instrument list costs the venue nothing else."""

import json

import pytest

from feeds.venue import BadListing, Request
from feeds.venues import VENUES

ODD = [None, 5, [], {}, {"symbol": 5}, {"symbol": {}, "instId": []}]
LISTS = [
    (
        Request("perp", "https://fapi.binance.com/fapi/v1/exchangeInfo"),
        {"symbols": []},
        "symbols",
        {
            "symbol": "BTCUSDT", "baseAsset": "BTC", "quoteAsset": "USDT",
            "contractType": "PERPETUAL", "status": "TRADING",
        },
    ),
    (
        Request("perp", "https://api.bybit.com/v5/market/instruments-info?category=linear"),
        {"retCode": 0, "result": {"list": []}},
        "list",
        {
            "symbol": "BTCUSDT", "baseCoin": "BTC", "quoteCoin": "USDT",
            "contractType": "LinearPerpetual", "status": "Trading", "fundingInterval": 480,
        },
    ),
    (
        Request("perp", "https://www.okx.com/api/v5/public/instruments?instType=SWAP"),
        {"code": "0", "data": []},
        "data",
        {"instId": "BTC-USDT-SWAP", "uly": "BTC-USDT", "ctVal": "0.01", "ctValCcy": "BTC", "state": "live"},
    ),
]  # fmt: skip
NAMES = ["binance", "bybit", "okx"]


def answer(shape: dict[str, object], key: str, rows: list[object]) -> bytes:
    copy = json.loads(json.dumps(shape))
    place = copy.get("result", copy)
    place[key] = rows
    return json.dumps(copy).encode()


@pytest.mark.parametrize(("venue", "parts"), list(zip(NAMES, LISTS, strict=True)), ids=NAMES)
def test_odd_rows_are_left_out(venue: str, parts: tuple[Request, dict[str, object], str, dict[str, object]]) -> None:
    request, shape, key, row = parts
    listed = VENUES[venue].listing(request, answer(shape, key, [*ODD, row, *ODD])).instruments
    assert [item.coin for item in listed] == ["BTC"]


@pytest.mark.parametrize(("venue", "parts"), list(zip(NAMES, LISTS, strict=True)), ids=NAMES)
def test_a_list_of_odd_rows_only_is_none(
    venue: str, parts: tuple[Request, dict[str, object], str, dict[str, object]]
) -> None:
    request, shape, key, _ = parts
    with pytest.raises(BadListing):
        VENUES[venue].listing(request, answer(shape, key, [5, None]))
