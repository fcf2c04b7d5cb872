"""Past funding: every venue's list becomes settlements at their own time, with the hours they were paid for."""

import json
from datetime import UTC, datetime

import pytest

from feeds.events import AnyEvent, Funding, Undecodable
from feeds.symbols import Instrument
from tests.feeds.answering import answer, answers, symbols
from tests.feeds.decoding import FRAMES, NOW

HOUR = 3_600_000
BINANCE = "https://fapi.binance.com/fapi/v1/fundingRate?symbol={}&limit=200"
BYBIT = "https://api.bybit.com/v5/market/funding/history?category=linear&symbol={}&limit=200"
OKX = "https://www.okx.com/api/v5/public/funding-rate-history?instId={}&limit=100"


def rows(*settled: tuple[int, str], symbol: str = "BTCUSDT") -> list[dict[str, object]]:
    return [{"symbol": symbol, "fundingRate": rate, "fundingTime": at_ms} for at_ms, rate in settled]


def settled(events: object) -> list[Funding]:
    assert isinstance(events, list)
    assert all(isinstance(event, Funding) for event in events)
    return events


def test_binance_tells_a_recorded_month_of_settlements() -> None:
    """Every row of the recording but the one of the last quarter of an hour, of which there is none."""
    text = (FRAMES / "binance" / "answers_2020-10_to_2024-11.jsonl").read_text()
    (raw,) = [line for line in map(json.loads, text.splitlines()) if "/fundingRate?" in line["key"]]
    events = settled(answers("binance/answers_2020-10_to_2024-11.jsonl", "/fundingRate?"))
    assert [(event.at_ms, event.rate) for event in events] == [
        (row["fundingTime"], float(row["fundingRate"])) for row in raw["answer"]
    ]
    assert datetime.fromtimestamp(events[0].at_ms / 1000, UTC).isoformat() == "2020-09-15T00:00:00+00:00"
    assert {event.interval_hours for event in events} == {8.0}
    assert {event.next_at_ms for event in events} == {None}
    assert {(event.venue, event.coin, event.received_ms) for event in events} == {
        ("binance", "BTC", raw["received_ms"]),
    }


@pytest.mark.parametrize(
    ("fixture", "part", "told"),
    [
        ("bybit/answers_documented.jsonl", "/funding/history?", [(1709856000000, 0.00015), (1709884800000, 0.0001)]),
        ("okx/answers_documented.jsonl", "/funding-rate-history?", [(1704038400000, -2e-05), (1704067200000, 0.00015)]),
    ],
)  # fmt: skip
def test_lists_that_are_newest_first_are_told_oldest_first(
    fixture: str, part: str, told: list[tuple[int, float]]
) -> None:
    """OKX by the rate that was realised, not the one that had been predicted."""
    events = settled(answers(fixture, part))
    assert [(event.at_ms, event.rate) for event in events] == told
    assert [event.interval_hours for event in events] == [8.0, 8.0]


def test_the_interval_is_the_time_since_the_settlement_before() -> None:
    """A coin that went from every 8 hours to every 4; the first is taken to be like the second."""
    times = [NOW - 40 * HOUR, NOW - 32 * HOUR + 7, NOW - 24 * HOUR, NOW - 20 * HOUR + 12, NOW - 16 * HOUR]
    events = answer("binance", BINANCE.format("BTCUSDT"), rows(*((at_ms, "0.0001") for at_ms in times)))
    assert [event.interval_hours for event in settled(events)] == [8.0, 8.0, 8.0, 4.0, 4.0]


@pytest.mark.parametrize(("listed", "hours"), [(8.0, 8.0), (4.0, 4.0), (None, None)])
def test_rows_that_can_not_be_neighbours_take_the_listed_interval(listed: float | None, hours: float | None) -> None:
    """A settlement is missing between two that are 16 hours apart; of a lone one nothing tells the hours."""
    table = symbols()
    table.add([Instrument("binance", "perp", "WIFUSDT", "WIF", "USDT", funding_interval_hours=listed)])
    for times in ((NOW - 32 * HOUR, NOW - 16 * HOUR), (NOW - 16 * HOUR,)):
        body = rows(*((at_ms, "0.0001") for at_ms in times), symbol="WIFUSDT")
        events = settled(answer("binance", BINANCE.format("WIFUSDT"), body, table=table))
        assert {event.interval_hours for event in events} == {hours}


def test_what_was_settled_a_moment_ago_is_left_to_the_running_rate() -> None:
    """It is no history yet; it still tells the interval of nothing else."""
    body = rows((NOW - 16 * HOUR, "0.0001"), (NOW - 8 * HOUR, "0.0002"), (NOW - 60_000, "0.0003"))
    events = settled(answer("binance", BINANCE.format("BTCUSDT"), body))
    assert [event.rate for event in events] == [0.0001, 0.0002]


@pytest.mark.parametrize(
    ("url", "wrap", "good"),
    [
        (BINANCE.format("BTCUSDT"), lambda found: found, {"fundingRate": "0.0001", "fundingTime": NOW - HOUR}),
        (
            BYBIT.format("BTCUSDT"),
            lambda found: {"retCode": 0, "result": {"list": found}, "time": NOW},
            {"fundingRate": "0.0001", "fundingRateTimestamp": str(NOW - HOUR)},
        ),
        (
            OKX.format("BTC-USDT-SWAP"),
            lambda found: {"code": "0", "data": found},
            {"fundingRate": "0.0003", "realizedRate": "0.0001", "fundingTime": str(NOW - HOUR)},
        ),
    ],
    ids=["binance", "bybit", "okx"],
)  # fmt: skip
def test_each_bad_row_is_one_undecodable_and_the_good_ones_survive(url: str, wrap: object, good: object) -> None:
    """A rate that is no number, no time, no object, and another symbol."""
    assert isinstance(good, dict)
    assert callable(wrap)
    rates = {key: "nan" for key in good if key.endswith("Rate")}
    times = {key: "soon" for key in good if "Time" in key}
    bad = [{**good, **rates}, {**good, **times}, 7, {**good, "symbol": "ETHUSDT", "instId": "ETH-USDT-SWAP"}]
    venue = url.partition("//")[2].split(".")[1]
    events = answer({"okx": "okx", "bybit": "bybit"}.get(venue, "binance"), url, wrap([good, *bad]))
    assert sum(isinstance(event, Undecodable) for event in events) == 4
    assert [event.rate for event in _fundings(events)] == [0.0001]


def _fundings(events: object) -> list[Funding]:
    return [event for event in events if isinstance(event, Funding)]  # type: ignore[attr-defined]


def test_a_rate_that_was_not_realised_is_the_predicted_one() -> None:
    """There is no other one."""
    body = {"code": "0", "data": [{"fundingRate": "0.0003", "realizedRate": "", "fundingTime": str(NOW - HOUR)}]}
    events: list[AnyEvent] = list(answer("okx", OKX.format("BTC-USDT-SWAP"), body))
    assert [event.rate for event in _fundings(events)] == [0.0003]
