"""OKX's REST answers, held against recordings and documented examples."""

import pytest

from feeds.events import Candle, Depth, LongShort, OpenInterest, PutCall, Undecodable
from feeds.retry import Failure, judge
from feeds.symbols import Instrument
from feeds.venue import BadAnswer
from feeds.venues import VENUES
from tests.feeds.answering import answer, answers, perpetuals, symbols, taken
from tests.feeds.decoding import NOW

DOCUMENTED = "okx/answers_documented.jsonl"
API = "https://www.okx.com/api/v5"
CONTRACTS = f"{API}/rubik/stat/contracts"
RATIOS = {
    "long-short-account-ratio-contract": "accounts",
    "long-short-account-ratio-contract-top-trader": "top_accounts",
    "long-short-position-ratio-contract-top-trader": "top_positions",
}


def data(*rows: object) -> dict[str, object]:
    return {"code": "0", "msg": "", "data": list(rows)}


def test_open_interest_is_told_in_coins_and_usd() -> None:
    (event,) = answers(DOCUMENTED, "/open-interest?")
    assert isinstance(event, OpenInterest)
    assert (event.symbol, event.coin, event.at_ms) == ("BTC-USDT-SWAP", "BTC", 1743041250440)
    assert (event.coins, event.notional_usd) == (pytest.approx(22161.13010), pytest.approx(1939251795.5477))


def test_open_interest_is_told_of_one_swap_per_coin_and_of_no_unlisted_one() -> None:
    table = symbols()
    table.add([Instrument("okx", "perp", "BTC-USDC-SWAP", "BTC", "USDC", coins_per_unit=0.01)])
    names = ("BTC-USD-SWAP", "BTC-USDC-SWAP", "BTC-USDT-SWAP", "NEW-USDT-SWAP", "PEPE-USDT-SWAP")
    rows = [{"instId": name, "oi": "3", "oiCcy": "30", "oiUsd": "300", "ts": str(NOW)} for name in names]
    events = answer("okx", f"{API}/public/open-interest?instType=SWAP", data(*rows, 7, {}), table=table)
    assert [event.symbol for event in events] == ["BTC-USDT-SWAP", "PEPE-USDT-SWAP"]


def test_contracts_stand_in_for_coins_that_are_not_told() -> None:
    row = {"instId": "BTC-USDT-SWAP", "oi": "5000", "oiCcy": "", "ts": str(NOW)}
    (event,) = answer("okx", f"{API}/public/open-interest?instType=SWAP", data(row))
    assert isinstance(event, OpenInterest)
    assert (event.coins, event.notional_usd) == (50.0, None)


def test_open_interest_history_is_told_oldest_first() -> None:
    url = f"{CONTRACTS}/open-interest-history?instId=BTC-USDT-SWAP&period=5m&limit=100"
    rows = [[str(NOW - 300_000 * n), "100", f"{n + 1}", "500"] for n in range(3)]
    events = answer("okx", url, data(*rows))
    assert [(event.at_ms - NOW, event.coins) for event in events] == [  # type: ignore[union-attr]
        (-600_000, 3.0), (-300_000, 2.0), (0, 1.0),
    ]  # fmt: skip


def test_a_series_that_stopped_long_ago_is_not_history() -> None:
    url = f"{CONTRACTS}/open-interest-history?instId=BTC-USDT-SWAP&period=1H&limit=48"
    (event,) = answer("okx", url, data(["1706745600000", "100", "1", "500"]))
    assert isinstance(event, Undecodable)
    assert event.kind == "late"


@pytest.mark.parametrize(("path", "basis"), RATIOS.items())
def test_a_ratio_becomes_the_share_that_is_long(path: str, basis: str) -> None:
    url = f"{CONTRACTS}/{path}?instId=BTC-USDT-SWAP&period=5m&limit=12"
    earlier, now = answer("okx", url, data([str(NOW), "1.25"], [str(NOW - 300_000), "3"]))
    assert isinstance(earlier, LongShort)
    assert isinstance(now, LongShort)
    assert (now.basis, now.long_share, now.at_ms) == (basis, pytest.approx(1.25 / 2.25), NOW)
    assert earlier.long_share == 0.75


def test_candles_are_in_coins_and_the_unconfirmed_one_is_forming() -> None:
    older, newer = answers(DOCUMENTED, "/candles?")
    assert isinstance(older, Candle)
    assert isinstance(newer, Candle)
    assert (newer.open, newer.high, newer.low, newer.close) == (3.721, 3.743, 3.677, 3.708)
    assert newer.volume == pytest.approx(8422410 * 0.01)
    assert (newer.interval, newer.closed, older.volume) == ("1h", False, pytest.approx(24912403 * 0.01))


def test_a_confirmed_candle_is_closed() -> None:
    row = [str(NOW), "2", "4", "1", "3", "5", "50", "150", "1"]
    (event,) = answer("okx", f"{API}/market/candles?instId=PEPE-USDT-SWAP&bar=15m&limit=12", data(row))
    assert isinstance(event, Candle)
    assert (event.interval, event.closed, event.volume) == ("15m", True, 50_000_000.0)


def book(*, bids: list[list[str]], asks: list[list[str]]) -> dict[str, object]:
    return data({"bids": bids, "asks": asks, "ts": str(NOW)})


def test_depth_counts_contracts_in_usd() -> None:
    body = book(
        bids=[["100", "3", "0", "1"], ["98", "7", "0", "1"]], asks=[["100.2", "5", "0", "2"], ["102", "1", "0", "1"]]
    )
    (event,) = answer("okx", f"{API}/market/books?instId=BTC-USDT-SWAP&sz=400", body)
    assert isinstance(event, Depth)
    assert (event.band_percent, event.bid_usd, event.ask_usd) == (1.0, 3.0, pytest.approx(5.01))


def test_a_short_book_of_a_finely_quoted_coin_waits_for_the_full_one() -> None:
    narrow = book(bids=[["100", "3", "1"], ["99.5", "7", "1"]], asks=[["100.2", "5", "2"], ["100.8", "1", "1"]])
    assert answer("okx", f"{API}/market/books?instId=BTC-USDT-SWAP&sz=400", narrow) == []
    (full,) = answer("okx", f"{API}/market/books-full?instId=BTC-USDT-SWAP&sz=5000", narrow)
    (other,) = answer("okx", f"{API}/market/books?instId=PEPE-USDT-SWAP&sz=400", narrow)
    assert isinstance(full, Depth)
    assert isinstance(other, Depth)
    assert (full.band_percent, other.band_percent) == (0.5, 0.5)


def test_the_documented_book_of_one_level_tells_no_band() -> None:
    assert list(answers(DOCUMENTED, "/books?")) == []


def option(name: str, **sizes: str) -> dict[str, str]:
    return {"instId": f"BTC-USD-241227-{name}", "ts": str(NOW), **sizes}


def test_puts_per_call_are_summed_by_open_interest() -> None:
    body = data(option("90000-C", oi="40"), option("95000-C", oi="60"), option("80000-P", oi="75", ts=str(NOW + 9)))
    url = f"{API}/public/open-interest?instType=OPTION&instFamily=BTC-USD"
    (event,) = answer("okx", url, body, market="option")
    assert isinstance(event, PutCall)
    assert (event.market, event.symbol, event.coin, event.at_ms) == ("option", "BTC-USD", "BTC", NOW + 9)
    assert (event.open_interest, event.volume) == (0.75, None)


def test_puts_per_call_are_summed_by_volume() -> None:
    body = data(option("90000-C", vol24h="40"), option("80000-P", vol24h="50"), option("70000-P", vol24h="0"))
    url = f"{API}/market/tickers?instType=OPTION&instFamily=BTC-USD"
    (event,) = answer("okx", url, body, market="option")
    assert isinstance(event, PutCall)
    assert (event.open_interest, event.volume) == (None, 1.25)


def test_puts_without_calls_are_no_ratio() -> None:
    url = f"{API}/market/tickers?instType=OPTION&instFamily=BTC-USD"
    (event,) = answer("okx", url, data(option("80000-P", vol24h="50")), market="option")
    assert isinstance(event, PutCall)
    assert event.volume is None


def test_an_option_that_cannot_be_read_is_counted() -> None:
    url = f"{API}/market/tickers?instType=OPTION&instFamily=BTC-USD"
    rows = (option("9-C", vol24h="4"), option("8-P", vol24h=""), {"instId": "ETH-USD-1-2-P", "vol24h": "1", "ts": "1"})
    *bad, event = answer("okx", url, data(*rows), market="option")
    assert [type(item) for item in bad] == [Undecodable, Undecodable]
    assert isinstance(event, PutCall)


@pytest.mark.parametrize(("code", "outcome"), [("50011", "refused"), ("51001", "retry")])
def test_an_error_in_the_body_is_told_in_the_venues_words(code: str, outcome: str) -> None:
    with pytest.raises(BadAnswer, match=f"{code}: 'no'") as caught:
        answer("okx", f"{API}/market/books?instId=BTC-USDT-SWAP&sz=400", {"code": code, "msg": "no", "data": []})
    assert judge(Failure("http", str(caught.value), code=200, body=str(caught.value)), 300.0).outcome == outcome


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("market/books?instId=BTC-USDT-SWAP", data()),
        ("market/books?instId=NONE-USDT-SWAP", data({"bids": [], "asks": [], "ts": "1"})),
        ("market/candles?instId=BTC-USDT-SWAP&bar=1D", data()),
        ("market/candles?instId=BTC-USDT-SWAP&bar=1H", {"code": "0", "data": {}}),
        ("market/candles?instId=BTC-USDT-SWAP&bar=1H", "[]"),
        ("market/candles?instId=BTC-USDT-SWAP&bar=1H", '{"code":"0","da'),
        ("public/position-tiers?instFamily=NONE-USDT", data()),
        ("public/time", data()),
    ],
)
def test_an_answer_that_is_unusable_as_a_whole_says_so(address: str, body: object) -> None:
    with pytest.raises(BadAnswer):
        answer("okx", f"{API}/{address}", body)


def test_one_coin_is_asked_for_with_the_documented_addresses() -> None:
    polls = {poll.key: poll for poll in VENUES["okx"].polls(perpetuals("okx", 1))}
    coin = "instId=BTC-USDT-SWAP"
    assert set(polls) == {
        f"{API}/public/open-interest?instType=SWAP",
        *(f"{API}/market/candles?{coin}&bar={bar}&limit={rows}" for bar in ("1H", "15m") for rows in (300, 12)),
        f"{API}/market/books?{coin}&sz=400",
        f"{API}/market/books-full?{coin}&sz=5000",
        f"{API}/public/open-interest?instType=OPTION&instFamily=BTC-USD",
        f"{API}/market/tickers?instType=OPTION&instFamily=BTC-USD",
        f"{CONTRACTS}/open-interest-history?{coin}&period=1H&limit=100",
        f"{CONTRACTS}/open-interest-history?{coin}&period=5m&limit=100",
        *(f"{CONTRACTS}/{path}?{coin}&period={of}" for path in RATIOS for of in ("1H&limit=48", "5m&limit=12")),
        f"{API}/public/funding-rate-history?{coin}&limit=100",
        f"{API}/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily=BTC-USDT",
    }
    markets = {poll.market for key, poll in polls.items() if "OPTION" in key}
    assert markets == {"option"}


@pytest.mark.parametrize("number", [1, 10, 200, 600])
def test_repeated_polls_leave_room_in_each_budget(number: int) -> None:
    polls = VENUES["okx"].polls(perpetuals("okx", number))
    shares = {budget.name: taken(polls, budget) for budget in VENUES["okx"].budgets()}
    assert set(shares) == {poll.budget for poll in polls}
    assert all(0 <= share <= 0.6 for share in shares.values()), shares


def test_the_open_interest_of_all_swaps_is_one_call_however_many_there_are() -> None:
    polls = VENUES["okx"].polls(perpetuals("okx", 200))
    (call,) = [poll for poll in polls if poll.url.endswith("open-interest?instType=SWAP")]
    assert call.every_seconds == 15.0
