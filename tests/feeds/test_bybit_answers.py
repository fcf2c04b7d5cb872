"""Bybit's REST answers and its tickers' open interest, held against recordings and documented examples."""

import pytest

from feeds.events import Candle, Depth, LongShort, OpenInterest, Undecodable
from feeds.retry import Failure, judge
from feeds.venue import BadAnswer
from feeds.venues import VENUES
from tests.feeds.answering import answer, answers, perpetuals, symbols, taken
from tests.feeds.decoding import NOW, decode
from tests.feeds.decoding import recorded as frames

DOCUMENTED = "bybit/answers_documented.jsonl"
API = "https://api.bybit.com/v5/market"


def listed(*rows: object, symbol: str = "BTCUSDT", time: int = NOW) -> dict[str, object]:
    result = {"category": "linear", "symbol": symbol, "list": list(rows)}
    return {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": time}


def test_open_interest_history_is_of_one_side_told_or_halved_and_oldest_first() -> None:
    halved, told = answers(DOCUMENTED, "/open-interest?")
    assert isinstance(halved, OpenInterest)
    assert isinstance(told, OpenInterest)
    assert (halved.at_ms, halved.coins) == (1780962900000, 63910000 / 2)
    assert (told.at_ms, told.coins, told.notional_usd) == (1780963200000, 31955346.0, None)


def test_an_empty_single_side_is_not_zero() -> None:
    row = {"openInterest": "10", "singleOpenInterest": "", "timestamp": str(NOW)}
    url = f"{API}/open-interest?category=linear&symbol=SHIB1000USDT&intervalTime=1h&limit=48"
    (event,) = answer("bybit", url, listed(row, symbol="SHIB1000USDT"))
    assert isinstance(event, OpenInterest)
    assert event.coins == 5_000.0


def test_the_account_ratio_is_the_share_that_is_long() -> None:
    (event,) = answers(DOCUMENTED, "/account-ratio?")
    assert isinstance(event, LongShort)
    assert (event.basis, event.long_share, event.at_ms) == ("accounts", pytest.approx(0.5777), 1695772800000)


def test_candles_come_newest_first_and_the_newest_is_still_forming() -> None:
    events = answers(DOCUMENTED, "/kline?")
    assert [event.at_ms for event in events] == [1670601600000, 1670605200000, 1670608800000]
    newest = events[-1]
    assert isinstance(newest, Candle)
    assert (newest.interval, newest.open, newest.high, newest.low, newest.close) == (
        "1h", 17071.0, 17073.0, 17027.0, 17055.5,
    )  # fmt: skip
    assert newest.volume == 268611.0
    assert newest.closed  # the example was answered two weeks after the candle


@pytest.mark.parametrize(("late_ms", "closed"), [(-1, False), (0, True)])
def test_a_candle_is_closed_once_the_venues_own_clock_is_past_its_end(late_ms: int, closed: bool) -> None:
    row = [str(NOW), "2", "4", "1", "3", "5", "15"]
    url = f"{API}/kline?category=linear&symbol=BTCUSDT&interval=15&limit=12"
    (event,) = answer("bybit", url, listed(row, time=NOW + 900_000 + late_ms))
    assert isinstance(event, Candle)
    assert (event.interval, event.closed) == ("15m", closed)


def test_a_book_that_ends_early_tells_no_band() -> None:
    assert answers(DOCUMENTED, "/orderbook?") == ()


def test_a_book_tells_the_band_that_both_sides_reach() -> None:
    book = {
        "s": "BTCUSDT",
        "b": [["100", "1"], ["99.4", "2"]],
        "a": [["100", "0"], ["100.2", "3"], ["102", "1"]],
        "ts": NOW,
    }
    url = f"{API}/orderbook?category=linear&symbol=BTCUSDT&limit=1000"
    (event,) = answer("bybit", url, {"retCode": 0, "retMsg": "OK", "result": book, "time": NOW})
    assert isinstance(event, Depth)
    # the middle is 100.1; bids end 0.699 % below it, so 0.6 % is covered: from 99.4994 to 100.7006
    assert event.band_percent == 0.6
    assert (event.bid_usd, event.ask_usd) == (100.0, pytest.approx(300.6))


def test_one_bad_row_does_not_take_the_others_with_it() -> None:
    good = {"symbol": "BTCUSDT", "buyRatio": "0.5", "sellRatio": "0.5", "timestamp": str(NOW)}
    url = f"{API}/account-ratio?category=linear&symbol=BTCUSDT&period=5min&limit=12"
    events = answer("bybit", url, listed(good, {**good, "buyRatio": "0", "sellRatio": "0"}, good))
    assert [type(event) for event in events] == [LongShort, Undecodable, LongShort]


def test_a_rate_limit_in_the_body_rests_the_venue() -> None:
    body = {"retCode": 10006, "retMsg": "Too many visits!", "result": {}}
    with pytest.raises(BadAnswer, match="10006: 'Too many visits!'") as caught:
        answer("bybit", f"{API}/kline?category=linear&symbol=BTCUSDT&interval=15", body)
    verdict = judge(Failure("http", str(caught.value), code=200, body=str(caught.value)), 300.0)
    assert (verdict.outcome, verdict.whole_venue) == ("refused", True)


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("kline?symbol=BTCUSDT&interval=15", listed(symbol="ETHUSDT")),
        ("kline?symbol=BTCUSDT&interval=7", listed()),
        ("kline?symbol=NONEUSDT&interval=15", listed(symbol="NONEUSDT")),
        ("kline?symbol=BTCUSDT&interval=15", {"retCode": 0, "result": {"list": None}, "time": NOW}),
        ("kline?symbol=BTCUSDT&interval=15", {"retCode": 0, "result": [], "time": NOW}),
        ("kline?symbol=BTCUSDT&interval=15", "<html>The Amazon CloudFront distribution is configured</html>"),
        ("mark-price?symbol=BTCUSDT", listed()),
    ],
)
def test_an_answer_that_is_unusable_as_a_whole_says_so(address: str, body: object) -> None:
    with pytest.raises(BadAnswer):
        answer("bybit", f"{API}/{address}", body)


def ticker(kind: str, ts: int = NOW, **data: str) -> dict[str, object]:
    return {"topic": "tickers.BTCUSDT", "type": kind, "data": {"symbol": "BTCUSDT", **data}, "ts": ts}


def interest(*messages: object) -> list[OpenInterest]:
    return [event for event in decode("bybit", "perp", *messages) if isinstance(event, OpenInterest)]


def test_the_open_interest_of_a_recorded_ticker_is_halved() -> None:
    recordings = frames("bybit/tickers_2024-05-15.jsonl")
    (event,) = interest(*(frame for _, frame in recordings if frame["topic"] == "tickers.BTCUSDT"))
    assert event.coins == pytest.approx(58117.022 / 2)
    assert event.notional_usd == pytest.approx(3596005265.51 / 2)


def test_the_side_told_alone_is_taken_as_it_is() -> None:
    told = {
        "openInterest": "10",
        "openInterestValue": "100",
        "singleOpenInterest": "5.5",
        "singleOpenInterestValue": "55",
    }
    (event,) = interest(ticker("snapshot", **told))
    assert (event.coins, event.notional_usd) == (5.5, 55.0)


def test_a_changing_open_interest_is_told_every_five_seconds_with_its_latest_value() -> None:
    deltas = [ticker("delta", NOW + n * 1000, openInterest=str(100 + n)) for n in range(1, 13)]
    events = interest(ticker("snapshot", openInterest="100"), *deltas)
    assert [(event.at_ms - NOW, event.coins) for event in events] == [(0, 50.0), (5000, 52.5), (10_000, 55.0)]


def test_an_unchanged_open_interest_is_confirmed_every_half_minute() -> None:
    deltas = [ticker("delta", NOW + seconds * 1000, bid1Price="8") for seconds in (10, 29, 31, 45)]
    events = interest(ticker("snapshot", openInterest="100"), *deltas)
    assert [event.at_ms - NOW for event in events] == [0, 31_000]


def test_a_broken_open_interest_takes_neither_price_nor_funding_with_it() -> None:
    message = ticker("snapshot", markPrice="9", fundingRate="0.0001", openInterest="-4")
    mark, funding, bad = decode("bybit", "perp", message)
    assert [type(event).__name__ for event in (mark, funding)] == ["MarkPrice", "Funding"]
    assert isinstance(bad, Undecodable)
    assert "expected openInterest of at least 0" in bad.reason


def test_one_coin_is_asked_for_with_the_documented_addresses() -> None:
    polls = {poll.key: poll for poll in VENUES["bybit"].polls(perpetuals("bybit", 1))}
    coin = "category=linear&symbol=BTCUSDT"
    assert set(polls) == {
        *(f"{API}/kline?{coin}&interval={bar}&limit={rows}" for bar in (60, 15) for rows in (500, 12)),
        f"{API}/orderbook?{coin}&limit=1000",
        f"{API}/open-interest?{coin}&intervalTime=5min&limit=200",
        f"{API}/open-interest?{coin}&intervalTime=1h&limit=200",
        *(f"{API}/account-ratio?{coin}&period=5min&limit={rows}" for rows in (300, 12)),
        f"{API}/risk-limit?{coin}",
        f"{API}/funding/history?{coin}&limit=200",
    }
    assert polls[f"{API}/risk-limit?{coin}"].every_seconds is None


@pytest.mark.parametrize("number", [1, 10, 200, 600])
def test_repeated_polls_leave_room_in_each_budget(number: int) -> None:
    polls = VENUES["bybit"].polls(perpetuals("bybit", number))
    shares = {budget.name: taken(polls, budget) for budget in VENUES["bybit"].budgets()}
    assert set(shares) == {poll.budget for poll in polls}
    assert all(0 < share <= 0.6 for share in shares.values()), shares


def test_risk_limits_go_to_the_symbols() -> None:
    table = symbols()
    assert answers(DOCUMENTED, "/risk-limit?", table) == ()
    assert [tier.maintenance_rate for tier in table.margin_tiers("bybit", "BTCUSDT")] == [0.005, 0.01]
