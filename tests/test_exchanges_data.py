"""The local Binance, Bybit and OKX tell a test's market data over REST, each in its own units and its own order."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.exchanges import Exchanges, MarketData
from tests.exchanges.client import get, get_json

pytestmark = pytest.mark.anyio

NOW_MS = 1_795_000_000_000 + 20 * 60_000
BINANCE, BYBIT, OKX = "fapi.binance.com", "api.bybit.com/v5/market", "www.okx.com/api/v5"
HOUR_MS = 3_600_000


@pytest.fixture
async def venue() -> AsyncIterator[Exchanges]:
    async with Exchanges(data=MarketData(clock=lambda: NOW_MS)) as running:
        yield running


async def bybit(venue: Exchanges, target: str) -> Any:
    answer = await get_json(venue, f"{BYBIT}/{target}")
    assert answer["retCode"] == 0
    return answer["result"]


async def okx(venue: Exchanges, target: str) -> Any:
    answer = await get_json(venue, f"{OKX}/{target}")
    assert answer["code"] == "0"
    return answer["data"]


async def test_binance_open_interest_is_in_units_of_the_symbol(venue: Exchanges) -> None:
    answer = await get_json(venue, f"{BINANCE}/fapi/v1/openInterest?symbol=1000PEPEUSDT")
    assert answer == {"openInterest": "5000000000", "symbol": "1000PEPEUSDT", "time": NOW_MS}
    assert venue.data.perp("binance", "PEPE").open_interest.now == 5e12  # type: ignore[union-attr]


async def test_binance_history_ascends_and_tells_what_was_an_hour_and_a_day_ago(venue: Exchanges) -> None:
    target = f"{BINANCE}/futures/data/openInterestHist?symbol=BTCUSDT&period=1h&limit=25"
    rows = await get_json(venue, target)
    stamps = [row["timestamp"] for row in rows]
    assert stamps == sorted(stamps)
    assert (len(rows), stamps[-1]) == (25, NOW_MS // HOUR_MS * HOUR_MS)
    assert [rows[index]["sumOpenInterest"] for index in (-1, -2, 0)] == ["1000", "999", "990"]
    assert float(rows[-1]["sumOpenInterestValue"]) == pytest.approx(1000 * 60_006)


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("globalLongShortAccountRatio", "0.5100"),
        ("topLongShortAccountRatio", "0.5900"),
        ("topLongShortPositionRatio", "0.4500"),
    ],
)
async def test_binance_has_three_ratios_that_differ(venue: Exchanges, name: str, share: str) -> None:
    rows = await get_json(venue, f"{BINANCE}/futures/data/{name}?symbol=BTCUSDT&period=5m&limit=1")
    assert rows[0]["longAccount"] == share
    ratio = float(share) / (1 - float(share))
    assert float(rows[0]["longShortRatio"]) == pytest.approx(ratio, abs=1e-4)


async def test_binance_funding_mark_and_index_stand_in_one_answer(venue: Exchanges) -> None:
    one = await get_json(venue, f"{BINANCE}/fapi/v1/premiumIndex?symbol=1000PEPEUSDT")
    assert (one["markPrice"], one["indexPrice"], one["lastFundingRate"]) == ("0.010001", "0.01", "0.00002")
    assert one["nextFundingTime"] % (4 * HOUR_MS) == 0
    everything = await get_json(venue, f"{BINANCE}/fapi/v1/premiumIndex")
    assert one in everything
    assert len(everything) == 9


async def test_binance_klines_end_with_the_one_that_forms(venue: Exchanges) -> None:
    rows = await get_json(venue, f"{BINANCE}/fapi/v1/klines?symbol=BTCUSDT&interval=1h&limit=2")
    assert [row[0] for row in rows] == [NOW_MS // HOUR_MS * HOUR_MS - HOUR_MS, NOW_MS // HOUR_MS * HOUR_MS]
    assert rows[1][6] == rows[1][0] + HOUR_MS - 1 > NOW_MS
    assert float(rows[1][4]) == 60_006.0
    assert float(rows[0][4]) == float(rows[1][1]) == pytest.approx(60_006 * 0.999)


async def test_binance_depth_covers_a_percent_only_with_enough_levels(venue: Exchanges) -> None:
    def reach(book: Any) -> float:
        return 1 - float(book["bids"][-1][0]) / 60_006

    shallow = await get_json(venue, f"{BINANCE}/fapi/v1/depth?symbol=BTCUSDT&limit=50")
    deep = await get_json(venue, f"{BINANCE}/fapi/v1/depth?symbol=BTCUSDT&limit=1000")
    assert reach(shallow) < 0.01 < reach(deep)
    assert float(deep["asks"][0][0]) > float(deep["bids"][0][0])


@pytest.mark.parametrize(
    ("target", "code"),
    [
        ("fapi/v1/openInterest?symbol=NOSUCHUSDT", -1121),
        ("futures/data/openInterestHist?symbol=BTCUSDT&period=2m", -1130),
        ("fapi/v1/depth?symbol=BTCUSDT&limit=7", -4021),
    ],
)
async def test_binance_refuses_what_it_does_not_know(venue: Exchanges, target: str, code: int) -> None:
    status, _, body = await get(venue, f"{BINANCE}/{target}")
    assert (status, f'"code":{code}'.encode() in body) == (400, True)


async def test_binance_statistics_have_no_weight_header(venue: Exchanges) -> None:
    _, weighed, _ = await get(venue, f"{BINANCE}/fapi/v1/depth?symbol=BTCUSDT&limit=1000")
    _, free, _ = await get(venue, f"{BINANCE}/futures/data/openInterestHist?symbol=BTCUSDT&period=5m")
    assert (weighed["x-mbx-used-weight-1m"], free.get("x-mbx-used-weight-1m")) == ("20", None)


async def test_bybit_counts_both_sides_and_lists_the_newest_first(venue: Exchanges) -> None:
    result = await bybit(venue, "open-interest?category=linear&symbol=BTCUSDT&intervalTime=1h&limit=25")
    rows = result["list"]
    assert int(rows[0]["timestamp"]) > int(rows[-1]["timestamp"])
    assert (rows[0]["openInterest"], rows[0]["singleOpenInterest"]) == ("4000", "2000")
    assert (rows[1]["openInterest"], rows[-1]["openInterest"]) == ("3992", "3920")


async def test_bybit_can_tell_the_sum_alone(venue: Exchanges) -> None:
    venue.data.bybit_tells_one_side = False
    (ticker,) = (await bybit(venue, "tickers?category=linear&symbol=1000PEPEUSDT"))["list"]
    assert "singleOpenInterest" not in ticker
    assert ticker["openInterest"] == "20000000000"
    assert float(ticker["openInterestValue"]) == pytest.approx(2 * 1e13 * 0.00001 * 1.0002)


async def test_bybit_ratio_is_of_accounts(venue: Exchanges) -> None:
    result = await bybit(venue, "account-ratio?category=linear&symbol=BTCUSDT&period=1h&limit=25")
    shares = [(row["buyRatio"], row["sellRatio"]) for row in result["list"]]
    assert (shares[0], shares[-1]) == (("0.5200", "0.4800"), ("0.5100", "0.4900"))


async def test_bybit_klines_begin_with_the_newest(venue: Exchanges) -> None:
    rows = (await bybit(venue, "kline?category=linear&symbol=BTCUSDT&interval=60&limit=3"))["list"]
    assert [int(row[0]) - int(rows[-1][0]) for row in rows] == [2 * HOUR_MS, HOUR_MS, 0]


async def test_bybit_tiers_are_fractions_with_an_empty_deduction(venue: Exchanges) -> None:
    rows = (await bybit(venue, "risk-limit?category=linear&symbol=BTCUSDT"))["list"]
    assert [(row["riskLimitValue"], row["maintenanceMargin"]) for row in rows[:2]] == [
        ("4000000", "0.005"),
        ("20000000", "0.01"),
    ]
    assert float(rows[0]["initialMargin"]) * float(rows[0]["maxLeverage"]) == pytest.approx(1)
    assert {row["mmDeduction"] for row in rows} == {""}


async def test_bybit_options_give_the_ratio_of_the_data(venue: Exchanges) -> None:
    rows = (await bybit(venue, "tickers?category=option&baseCoin=BTC"))["list"]
    puts, calls = (sum(float(row["openInterest"]) for row in rows if f"-{right}-" in row["symbol"]) for right in "PC")
    assert puts / calls == pytest.approx(0.75)
    assert rows[0]["symbol"] == "BTC-4DEC26-60000-C-USDT"


async def test_okx_open_interest_is_contracts_coins_and_usd(venue: Exchanges) -> None:
    rows = {row["instId"]: row for row in await okx(venue, "public/open-interest?instType=SWAP")}
    assert (rows["PEPE-USDT-SWAP"]["oi"], rows["PEPE-USDT-SWAP"]["oiCcy"]) == ("1500000", "15000000000000")
    assert float(rows["BTC-USDT-SWAP"]["oiUsd"]) == pytest.approx(3000 * 60_018)


async def test_an_inverse_swap_counts_contracts_of_100_usd(venue: Exchanges) -> None:
    (row,) = await okx(venue, "public/open-interest?instType=SWAP&instId=BTC-USD-SWAP")
    assert row["oiCcy"] == "300"
    assert float(row["oi"]) * 100 == float(row["oiUsd"]) == pytest.approx(300 * 60_018)


async def test_okx_interest_history_lists_the_newest_first(venue: Exchanges) -> None:
    target = "rubik/stat/contracts/open-interest-history?instId=BTC-USDT-SWAP&period=1H&limit=25"
    rows = await okx(venue, target)
    assert [rows[index][2] for index in (0, 1, -1)] == ["3000", "2991", "2910"]
    assert rows[0][1] == "300000"


@pytest.mark.parametrize(
    ("target", "share"),
    [
        ("long-short-account-ratio-contract?instId=BTC-USDT-SWAP&period=5m", 0.53),
        ("long-short-account-ratio-contract-top-trader?instId=BTC-USDT-SWAP&period=5m", 0.61),
        ("long-short-position-ratio-contract-top-trader?instId=BTC-USDT-SWAP&period=5m", 0.47),
        ("long-short-account-ratio?ccy=BTC&period=1H", 0.53),
    ],
)
async def test_okx_ratios_are_longs_per_short(venue: Exchanges, target: str, share: float) -> None:
    (_, ratio), *_ = await okx(venue, f"rubik/stat/contracts/{target}")
    assert float(ratio) == pytest.approx(share / (1 - share), abs=1e-6)


async def test_okx_option_statistics_are_calls_per_put(venue: Exchanges) -> None:
    rows = await okx(venue, "rubik/stat/option/open-interest-volume-ratio?ccy=BTC")
    assert (float(rows[0][1]), float(rows[0][2])) == (1.25, 0.8)
    assert venue.data.put_call("okx", "BTC") == pytest.approx((0.8, 1.25))


async def test_okx_options_agree_with_the_statistics(venue: Exchanges) -> None:
    interest = await okx(venue, "public/open-interest?instType=OPTION&instFamily=BTC-USD")
    traded = await okx(venue, "market/tickers?instType=OPTION&instFamily=BTC-USD")
    assert [row["instId"] for row in interest] == [row["instId"] for row in traded]
    assert interest[0]["instId"] == "BTC-USD-261204-60000-C"
    for rows, field, ratio in ((interest, "oi", 0.8), (traded, "vol24h", 1.25)):
        puts, calls = (sum(float(row[field]) for row in rows if row["instId"].endswith(right)) for right in "PC")
        assert puts / calls == pytest.approx(ratio)


async def test_okx_books_are_contracts_of_at_most_400_levels(venue: Exchanges) -> None:
    (book,) = await okx(venue, "market/books?instId=BTC-USDT-SWAP&sz=400")
    price, contracts, *_ = book["bids"][0]
    assert float(price) == pytest.approx(60_018 * (1 - 0.00005))
    assert float(contracts) * 0.01 == pytest.approx(3.0)
    (top,) = await okx(venue, "market/books?instId=BTC-USDT-SWAP")
    assert len(top["bids"]) == 1
    (full,) = await okx(venue, "market/books-full?instId=BTC-USDT-SWAP&sz=5000")
    assert full["bids"][0] == [price, contracts, "3"]


async def test_okx_candles_say_which_are_closed_and_days_begin_in_hong_kong(venue: Exchanges) -> None:
    hours = await okx(venue, "market/candles?instId=BTC-USDT-SWAP&bar=1H&limit=2")
    assert [row[-1] for row in hours] == ["0", "1"]
    assert float(hours[0][5]) * 0.01 == float(hours[0][6])
    local, utc = [await okx(venue, f"market/candles?instId=BTC-USDT-SWAP&bar={bar}&limit=1") for bar in ("1D", "1Dutc")]
    assert (int(local[0][0]) % (24 * HOUR_MS), int(utc[0][0]) % (24 * HOUR_MS)) == (16 * HOUR_MS, 0)


async def test_okx_pages_candles_without_the_bounds_themselves(venue: Exchanges) -> None:
    first = await okx(venue, "market/candles?instId=BTC-USDT-SWAP&bar=1H&limit=3")
    later = await okx(venue, f"market/candles?instId=BTC-USDT-SWAP&bar=1H&limit=3&after={first[-1][0]}")
    assert int(first[-1][0]) - int(later[0][0]) == HOUR_MS


async def test_okx_tiers_are_contracts_and_fractions(venue: Exchanges) -> None:
    rows = await okx(venue, "public/position-tiers?instType=SWAP&tdMode=cross&instFamily=BTC-USDT")
    assert [(row["minSz"], row["maxSz"]) for row in rows[:2]] == [("0", "10000"), ("10001", "50000")]
    assert (rows[0]["imr"], rows[0]["mmr"], rows[0]["maxLever"]) == ("0.01", "0.005", "100")


async def test_okx_funding_interval_is_between_two_settlements(venue: Exchanges) -> None:
    (row,) = await okx(venue, "public/funding-rate?instId=POPCAT-USDT-SWAP")
    assert int(row["nextFundingTime"]) - int(row["fundingTime"]) == 4 * HOUR_MS
    assert int(row["fundingTime"]) > NOW_MS


async def test_past_funding_is_told_by_three_venues_in_their_own_order(venue: Exchanges) -> None:
    """PEPE pays every 4 hours on two of them; Binance stamps are a bit late."""
    binance = await get_json(venue, f"{BINANCE}/fapi/v1/fundingRate?symbol=1000PEPEUSDT&limit=3")
    (*_, newest) = [row["fundingTime"] // HOUR_MS * HOUR_MS for row in binance]
    assert [row["fundingTime"] // HOUR_MS for row in binance] == [newest // HOUR_MS - back for back in (8, 4, 0)]
    assert 0 <= NOW_MS - newest < 4 * HOUR_MS
    assert {row["fundingRate"] for row in binance} == {"0.00002000"}
    listed = (await bybit(venue, "funding/history?category=linear&symbol=1000PEPEUSDT&limit=200"))["list"]
    assert [int(row["fundingRateTimestamp"]) for row in listed] == [newest - n * 4 * HOUR_MS for n in range(200)]
    rows = await okx(venue, "public/funding-rate-history?instId=BTC-USDT-SWAP&limit=400")
    times = [int(row["fundingTime"]) for row in rows]
    assert (len(times), times[0] - times[-1]) == (100, 99 * 8 * HOUR_MS)
    assert {row["realizedRate"] for row in rows} == {"0.00006"}
