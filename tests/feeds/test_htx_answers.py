"""HTX's REST answers, held against the documented samples: what is doubled, what is an interval, what is bad."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from feeds.events import AnyEvent, Funding, LongShort, OpenInterest, Undecodable
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import BadAnswer
from feeds.venues.htx import Htx
from feeds.venues.schedule import load
from tests.feeds.garbled import wrong_values

HTX = Htx()
HOUR = 3_600_000
SETTLED = 1_603_670_400_000
TS = 1_638_754_059_540
OPEN = {
    "volume": 78696, "amount": 78.696, "symbol": "BTC", "value": 3823138.2456, "contract_code": "BTC-USDT",
    "business_type": "swap", "pair": "BTC-USDT", "contract_type": "swap",
}  # fmt: skip
PAST = {"volume": 27112, "amount_type": 1, "ts": 1_638_720_000_000, "value": 1321498.5264}
RATIO = {"buy_ratio": 0.62, "sell_ratio": 0.38, "locked_ratio": 0, "ts": 1_638_115_200_000}
RUNNING = {"funding_rate": "0.0001", "contract_code": "BTC-USDT", "symbol": "BTC", "funding_time": str(SETTLED)}


def symbols(hours: float | None = None) -> SymbolTable:
    btc = Instrument("htx", "perp", "BTC-USDT", "BTC", "USDT", coins_per_unit=0.001, funding_interval_hours=hours)
    cat = Instrument("htx", "perp", "1000CAT-USDT", "CAT", "USDT", price_unit=1000.0, coins_per_unit=10_000.0)
    return SymbolTable([btc, cat])


def key(endpoint: str, options: str = "", symbol: str = "BTC-USDT") -> str:
    return f"https://api.hbdm.com/linear-swap-api/v1/{endpoint}?contract_code={symbol}{options}"


def ask(address: str, data: object, table: SymbolTable | None = None) -> list[Any]:
    payload = json.dumps({"status": "ok", "data": data, "ts": TS}).encode()
    return list(HTX.answer(address, "perp", payload, TS + 50, table if table is not None else symbols()))


def answered(address: str, payload: bytes) -> Sequence[AnyEvent]:
    """The events of an answer; none where it is refused."""
    try:
        return HTX.answer(address, "perp", payload, TS, symbols())
    except BadAnswer:
        return ()


def settlements(*times: int) -> dict[str, Any]:
    rows = [{"funding_rate": "0.0001", "funding_time": str(at), "contract_code": "BTC-USDT"} for at in times]
    return {"total_page": 14, "current_page": 1, "total_size": 14, "data": rows}


def history(*rows: object) -> dict[str, Any]:
    return {"symbol": "BTC", "tick": list(rows), "contract_code": "BTC-USDT", "business_type": "swap"}


def test_open_interest_is_halved_in_coins_and_in_dollars() -> None:
    (event,) = ask(key("swap_open_interest"), [OPEN])
    assert isinstance(event, OpenInterest)
    assert (event.coins, event.notional_usd, event.at_ms) == (39.348, pytest.approx(1911569.1228), TS)


def test_open_interest_of_a_scaled_contract_is_in_whole_coins() -> None:
    row = {**OPEN, "contract_code": "1000CAT-USDT", "amount": 4000, "value": 40}
    (event,) = ask(key("swap_open_interest", symbol="1000CAT-USDT"), [row])
    assert isinstance(event, OpenInterest)
    assert (event.coin, event.coins, event.notional_usd) == ("CAT", 2_000_000.0, 20.0)


@pytest.mark.parametrize(("kind", "volume", "coins"), [(1, 27112, 13.556), (2, 27.112, 13.556)])
def test_past_open_interest_is_in_contracts_or_in_coins(kind: int, volume: float, coins: float) -> None:
    earlier = {**PAST, "ts": PAST["ts"] - HOUR}
    row = {**PAST, "amount_type": kind, "volume": volume}
    events = ask(key("swap_his_open_interest", "&period=60min&amount_type=1"), history(row, earlier))
    assert [event.at_ms for event in events] == [PAST["ts"] - HOUR, PAST["ts"]]
    assert (events[-1].coins, events[-1].notional_usd) == (pytest.approx(coins), pytest.approx(660749.2632))


def test_open_interest_without_its_value_is_not_zero_dollars() -> None:
    (event,) = ask(key("swap_open_interest"), [{**OPEN, "value": None}])
    assert (event.coins, event.notional_usd) == (39.348, None)


def test_one_settlement_tells_no_interval() -> None:
    (event,) = ask(key("swap_funding_rate"), RUNNING)
    assert isinstance(event, Funding)
    assert (event.rate, event.interval_hours, event.next_at_ms, event.at_ms) == (0.0001, None, SETTLED, TS)


@pytest.mark.parametrize(("apart", "hours"), [(8 * HOUR, 8.0), (4 * HOUR, 4.0), (72 * HOUR, None)])
def test_two_settlements_tell_the_interval_of_the_rates_that_follow(apart: int, hours: float | None) -> None:
    table = symbols()
    assert ask(key("swap_historical_funding_rate"), settlements(SETTLED, SETTLED - apart), table) == []
    (event,) = ask(key("swap_funding_rate"), RUNNING, table)
    assert event.interval_hours == hours


def test_one_past_settlement_leaves_the_interval_as_it_was() -> None:
    table = symbols(8.0)
    ask(key("swap_historical_funding_rate"), settlements(SETTLED), table)
    assert table.of("htx", "perp")["BTC-USDT"].funding_interval_hours == 8.0


@pytest.mark.parametrize(
    ("endpoint", "basis"),
    [("swap_elite_account_ratio", "top_accounts"), ("swap_elite_position_ratio", "top_positions")],
)
def test_the_elite_ratios_are_those_of_top_accounts_and_positions(endpoint: str, basis: str) -> None:
    (event,) = ask(key(endpoint, "&period=5min"), {"list": [RATIO], "contract_code": "BTC-USDT"})
    assert isinstance(event, LongShort)
    assert (event.basis, event.long_share, event.at_ms) == (basis, pytest.approx(0.62), RATIO["ts"])


def test_locked_accounts_are_neither_long_nor_short() -> None:
    row = {**RATIO, "buy_ratio": 0.45, "sell_ratio": 0.45, "locked_ratio": 0.1}
    (event,) = ask(key("swap_elite_account_ratio", "&period=5min"), {"list": [row]})
    assert event.long_share == pytest.approx(0.5)


def test_history_tells_every_hour_and_the_running_ratio_the_latest_only() -> None:
    rows = [{**RATIO, "ts": RATIO["ts"] + hour * HOUR} for hour in (2, 0, 1)]
    told = [
        [
            event.at_ms - RATIO["ts"]
            for event in ask(key("swap_elite_account_ratio", f"&period={period}"), {"list": rows})
        ]
        for period in ("60min", "5min")
    ]
    assert told == [[0, HOUR, 2 * HOUR], [2 * HOUR]]


def test_a_bad_row_leaves_the_good_ones() -> None:
    rows = [{**RATIO, "buy_ratio": "x"}, RATIO, {**RATIO, "buy_ratio": 0, "sell_ratio": 0}]
    for period in ("60min", "5min"):
        events = ask(key("swap_elite_account_ratio", f"&period={period}"), {"list": rows})
        assert [type(event) for event in events] == [LongShort, Undecodable, Undecodable]


def test_the_open_interest_of_another_contract_is_left_out() -> None:
    events = ask(key("swap_open_interest"), [{**OPEN, "contract_code": "BTC-USDT-211217"}, OPEN])
    assert [type(event) for event in events] == [Undecodable, OpenInterest]


@pytest.mark.parametrize(
    ("address", "payload"),
    [
        (key("swap_funding_rate"), '{"status":"error","err_code":1032,"err_msg":"The number of access exceeded"}'),
        (key("swap_open_interest"), "<html>"),
        (key("swap_open_interest"), '{"status":"ok","data":5,"ts":1}'),
        (key("swap_funding_rate", symbol="NEW-USDT"), '{"status":"ok","data":{},"ts":1}'),
        (key("swap_nonsense"), '{"status":"ok","data":{},"ts":1}'),
        ("http://[", '{"status":"ok","data":{},"ts":1}'),
    ],
)
def test_an_answer_that_is_none_is_refused(address: str, payload: str) -> None:
    with pytest.raises(BadAnswer):
        HTX.answer(address, "perp", payload.encode(), TS, symbols())


@pytest.mark.parametrize(
    ("address", "data"),
    [
        (key("swap_open_interest"), [OPEN]),
        (key("swap_his_open_interest"), history(PAST)),
        (key("swap_funding_rate"), RUNNING),
        (key("swap_historical_funding_rate"), settlements(SETTLED, SETTLED - HOUR)),
        (key("swap_elite_account_ratio"), {"list": [RATIO]}),
    ],
)
def test_whatever_is_answered_is_harmless(address: str, data: object) -> None:
    for payload in wrong_values({"status": "ok", "data": data, "ts": TS}):
        for event in answered(address, payload):
            assert not isinstance(event, OpenInterest) or 0 <= (event.coins or 0) < 1e15
            assert not isinstance(event, LongShort) or 0 <= event.long_share <= 1
            assert not isinstance(event, Undecodable) or event.reason.isprintable()


def test_every_perpetual_is_polled_and_each_poll_is_answered() -> None:
    polls = HTX.polls([*symbols(), Instrument("htx", "spot", "btcusdt", "BTC", "USDT")])
    assert len({poll.key for poll in polls}) == len(polls) == 16
    once = [poll.key for poll in polls if poll.every_seconds is None and "BTC-USDT" in poll.key]
    assert [address.rpartition("/")[2].partition("?")[0] for address in once] == [
        "swap_his_open_interest", "swap_elite_account_ratio", "swap_elite_position_ratio",
    ]  # fmt: skip
    assert all("period=60min" in address for address in once)
    for poll in polls:
        with pytest.raises(BadAnswer, match="error"):
            HTX.answer(poll.key, "perp", b'{"status":"error"}', TS, symbols())


def test_polls_of_a_thousand_coins_stay_within_the_budget() -> None:
    coins = [Instrument("htx", "perp", f"C{n}-USDT", f"C{n}", "USDT") for n in range(1000)]
    (budget,) = HTX.budgets()
    assert load(HTX.polls(coins), budget) <= 0.5 + 1e-9
