"""Binance's REST answers, held against recordings and the documented meaning of each field."""

import pytest

from feeds.events import Candle, Depth, LongShort, OpenInterest, Undecodable
from feeds.retry import Failure, judge
from feeds.venue import BadAnswer
from feeds.venues import VENUES
from tests.feeds.answering import answer, answers, perpetuals, taken
from tests.feeds.decoding import NOW

RECORDED = "binance/answers_2020-10_to_2024-11.jsonl"
API = "https://fapi.binance.com/fapi/v1"
DATA = "https://fapi.binance.com/futures/data"


def test_open_interest_is_in_coins_and_has_no_value() -> None:
    (event,) = answers(RECORDED, "/openInterest?")
    assert isinstance(event, OpenInterest)
    assert (event.symbol, event.coin, event.at_ms) == ("BTCUSDT", "BTC", 1702244985273)
    assert (event.coins, event.notional_usd) == (83782.317, None)


def test_open_interest_of_a_scaled_contract_is_in_whole_coins() -> None:
    body = {"openInterest": "250", "symbol": "1000PEPEUSDT", "time": NOW}
    (event,) = answer("binance", f"{API}/openInterest?symbol=1000PEPEUSDT", body)
    assert isinstance(event, OpenInterest)
    assert (event.coin, event.coins) == ("PEPE", 250_000.0)


def test_open_interest_history_ascends_and_has_both_units() -> None:
    events = answers(RECORDED, "/openInterestHist?")
    assert [event.at_ms for event in events] == sorted(event.at_ms for event in events)
    last = events[-1]
    assert isinstance(last, OpenInterest)
    assert (last.at_ms, last.coins, last.notional_usd) == (1602806400000, 378181.602, 18701080.2189)
    assert len(events) == 10


@pytest.mark.parametrize(
    ("address", "basis", "share"),
    [
        ("/globalLongShortAccountRatio?", "accounts", 0.5810),
        ("/topLongShortAccountRatio?", "top_accounts", 0.5163),
        ("/topLongShortPositionRatio?", "top_positions", 0.5310),
    ],
)
def test_each_ratio_is_told_with_its_basis(address: str, basis: str, share: float) -> None:
    last = answers(RECORDED, address)[-1]
    assert isinstance(last, LongShort)
    assert (last.basis, last.long_share) == (basis, pytest.approx(share))


def test_shares_are_believed_rather_than_the_ratio_beside_them() -> None:
    row = {"symbol": "BTCUSDT", "longShortRatio": "0.1960", "longAccount": "0.6622", "shortAccount": "0.3378"}
    body = [{**row, "timestamp": str(NOW)}]
    (event,) = answer("binance", f"{DATA}/globalLongShortAccountRatio?symbol=BTCUSDT&period=5m", body)
    assert isinstance(event, LongShort)
    assert event.long_share == pytest.approx(0.6622)


def test_position_shares_are_read_under_their_other_name() -> None:
    row = {"longShortRatio": "0.9353", "longPosition": "0.4833", "shortPosition": "0.5167", "timestamp": NOW}
    (event,) = answer("binance", f"{DATA}/topLongShortPositionRatio?symbol=BTCUSDT&period=5m", [row])
    assert isinstance(event, LongShort)
    assert event.long_share == pytest.approx(0.4833)


def test_recorded_candles_are_closed_except_the_one_that_still_forms() -> None:
    events = answers(RECORDED, "/klines?")
    assert all(isinstance(event, Candle) for event in events)
    assert [event.closed for event in events] == [True, True, True, True, False]  # type: ignore[union-attr]
    first = events[0]
    assert isinstance(first, Candle)
    assert (first.at_ms, first.interval) == (1602633600000, "1d")
    assert (first.open, first.high, first.low, first.close) == (11419.36, 11550.0, 11280.5, 11417.13)
    assert first.volume == pytest.approx(192936.97)


def test_candles_of_a_scaled_contract_are_per_whole_coin() -> None:
    row = [NOW - 3_600_000, "0.012", "0.014", "0.010", "0.013", "500", NOW - 1, "6.5", 9, "1", "1", "0"]
    (event,) = answer("binance", f"{API}/klines?symbol=1000PEPEUSDT&interval=1h&limit=12", [row])
    assert isinstance(event, Candle)
    assert (event.high, event.low, event.volume) == (pytest.approx(0.000014), pytest.approx(0.00001), 500_000.0)
    assert (event.interval, event.closed) == ("1h", True)


def test_a_candle_whose_close_is_outside_of_its_range_is_left_out_alone() -> None:
    good = [NOW, "2", "4", "1", "3", "5", NOW + 1, "6", 9, "1", "1", "0"]
    bad = [NOW, "2", "4", "1", "5", "5", NOW + 1, "6", 9, "1", "1", "0"]
    events = answer("binance", f"{API}/klines?symbol=BTCUSDT&interval=15m&limit=12", [bad, good])
    assert [type(event) for event in events] == [Undecodable, Candle]


def test_a_hundred_levels_of_bitcoin_cover_no_band_and_tell_none() -> None:
    assert answers(RECORDED, "/depth?") == ()


def test_a_book_that_reaches_the_band_is_summed_within_it() -> None:
    bids = [["100.0", "1"], ["99.5", "2"], ["99.1", "4"], ["98", "8"]]
    asks = [["100.2", "1"], ["101.0", "2"], ["101.2", "4"], ["103", "8"]]
    body = {"lastUpdateId": 1, "E": NOW + 1, "T": NOW, "bids": bids, "asks": asks}
    (event,) = answer("binance", f"{API}/depth?symbol=BTCUSDT&limit=1000", body)
    assert isinstance(event, Depth)
    # the middle is 100.1: from 99.099 to 101.101
    assert (event.band_percent, event.at_ms) == (1.0, NOW)
    assert event.bid_usd == pytest.approx(100.0 + 2 * 99.5 + 4 * 99.1)
    assert event.ask_usd == pytest.approx(100.2 + 2 * 101.0)


def test_one_bad_row_does_not_take_the_others_with_it() -> None:
    good = {"symbol": "BTCUSDT", "sumOpenInterest": "1", "sumOpenInterestValue": "2", "timestamp": NOW}
    body = [good, {**good, "sumOpenInterest": "nan"}, 7, {**good, "timestamp": None}, good]
    events = answer("binance", f"{DATA}/openInterestHist?symbol=BTCUSDT&period=5m&limit=300", body)
    kinds = [type(event) for event in events]
    assert kinds == [OpenInterest, Undecodable, Undecodable, Undecodable, OpenInterest]


def test_a_coin_without_history_tells_nothing() -> None:
    assert answer("binance", f"{DATA}/openInterestHist?symbol=BTCUSDT&period=5m&limit=300", []) == []


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("openInterest?symbol=BTCUSDT", {"openInterest": "-1", "symbol": "BTCUSDT", "time": NOW}),
        ("openInterest?symbol=BTCUSDT", {"openInterest": "1", "symbol": "ETHUSDT", "time": NOW}),
        ("openInterest?symbol=NONEUSDT", {"openInterest": "1", "symbol": "NONEUSDT", "time": NOW}),
        ("openInterest?symbol=BTCUSDT", "<html>blocked</html>"),
        ("openInterest?symbol=BTCUSDT", '{"openInterest":"1","symb'),
        ("klines?symbol=BTCUSDT&interval=1h", {"rows": []}),
        ("depth?symbol=BTCUSDT", {"T": NOW, "bids": [["1", "x"]], "asks": [["2", "1"]]}),
        ("depth?symbol=BTCUSDT", {"T": NOW, "bids": [], "asks": [["2", "1"]]}),
        ("ticker?symbol=BTCUSDT", {}),
    ],
)
def test_an_answer_that_is_unusable_as_a_whole_says_so(address: str, body: object) -> None:
    with pytest.raises(BadAnswer):
        answer("binance", f"{API}/{address}", body)


def test_a_rate_limit_in_the_body_rests_the_venue() -> None:
    with pytest.raises(BadAnswer) as caught:
        answer("binance", f"{API}/openInterest?symbol=BTCUSDT", {"code": -1003, "msg": "Too many requests; ip banned"})
    verdict = judge(Failure("http", str(caught.value), code=200, body=str(caught.value)), 300.0)
    assert (verdict.outcome, verdict.whole_venue) == ("refused", True)


def test_an_invalid_symbol_is_told_in_the_venues_words_and_rests_nothing() -> None:
    with pytest.raises(BadAnswer, match=r"-1121: 'Invalid symbol\.'") as caught:
        answer("binance", f"{API}/openInterest?symbol=BTCUSDT", {"code": -1121, "msg": "Invalid symbol."})
    assert judge(Failure("http", str(caught.value), code=200, body=str(caught.value)), 300.0).outcome == "retry"


def test_one_coin_is_asked_for_with_the_documented_addresses() -> None:
    polls = {poll.key: poll for poll in VENUES["binance"].polls(perpetuals("binance", 1))}
    ratios = [
        f"{kind}LongShort{of}Ratio" for kind, of in (("global", "Account"), ("top", "Account"), ("top", "Position"))
    ]
    assert set(polls) == {
        f"{API}/openInterest?symbol=BTCUSDT",
        f"{API}/depth?symbol=BTCUSDT&limit=1000",
        *(f"{API}/klines?symbol=BTCUSDT&interval={bar}&limit={rows}" for bar in ("1h", "15m") for rows in (499, 12)),
        f"{API}/fundingRate?symbol=BTCUSDT&limit=200",
        f"{DATA}/openInterestHist?symbol=BTCUSDT&period=5m&limit=300",
        f"{DATA}/openInterestHist?symbol=BTCUSDT&period=1h&limit=500",
        *(f"{DATA}/{ratio}?symbol=BTCUSDT&period=5m&limit={rows}" for ratio in ratios for rows in (300, 12)),
    }
    assert polls[f"{API}/openInterest?symbol=BTCUSDT"].every_seconds == 30.0
    depth = polls[f"{API}/depth?symbol=BTCUSDT&limit=1000"]
    assert (depth.every_seconds, depth.weight) == (10.0, 20.0)


@pytest.mark.parametrize("number", [1, 10, 200, 600])
def test_repeated_polls_leave_room_in_each_budget(number: int) -> None:
    polls = VENUES["binance"].polls(perpetuals("binance", number))
    shares = {budget.name: taken(polls, budget) for budget in VENUES["binance"].budgets()}
    assert set(shares) == {poll.budget for poll in polls}
    assert shares.pop("funding") == 0  # asked for once
    assert all(0 < share <= 0.6 for share in shares.values()), shares


def test_books_of_many_coins_are_asked_for_the_first_and_seldom_enough() -> None:
    polls = [poll for poll in VENUES["binance"].polls(perpetuals("binance", 200)) if "/depth?" in poll.url]
    assert [poll.url.split("symbol=")[1].split("&")[0] for poll in polls[:2]] == ["BTCUSDT", "ETHUSDT"]
    assert sum(poll.weight * 60 / (poll.every_seconds or 0) for poll in polls) <= 600
    assert all(10 < (poll.every_seconds or 0) <= 90 for poll in polls)


def test_nothing_is_asked_without_perpetuals() -> None:
    assert VENUES["binance"].polls([]) == ()
