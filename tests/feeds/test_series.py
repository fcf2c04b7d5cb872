"""Recorded series as events: what each format's rows mean, and that dirt costs only itself."""

import gzip
from math import isnan
from pathlib import Path

import pytest

from feeds.events import Candle, Funding, LongShort, MarketEvent, MarkPrice, OpenInterest, Trade, Undecodable
from feeds.series import SeriesError, is_series, open_file, open_series

FRAMES = Path(__file__).parent.parent / "frames" / "series"
CLOSES = "binance_BTC_open_interest_5m.csv"
FIRST_MS = 1_764_547_500_000


def read(name: str) -> list[MarketEvent | Undecodable]:
    return list(open_file(FRAMES / name).events())


def written(folder: Path, lines: list[str], name: str = CLOSES) -> list[MarketEvent | Undecodable]:
    (folder / name).write_text("\n".join(lines))
    return list(open_file(folder / name).events())


def test_binance_open_interest_tells_coins_and_the_price_it_was_multiplied_with() -> None:
    """8,064,963,864.475081 USD over 89,832.175 coins are 89,778 USD a coin."""
    mark, interest = read(CLOSES)[:2]
    assert isinstance(mark, MarkPrice)
    assert (mark.mark, mark.index) == (pytest.approx(89_778.1, abs=0.1), None)
    assert isinstance(interest, OpenInterest)
    assert (interest.coins, interest.notional_usd) == (89_832.175, 8_064_963_864.475081)
    assert (interest.venue, interest.symbol, interest.coin) == ("binance", "BTCUSDT", "BTC")
    assert interest.at_ms == interest.received_ms == FIRST_MS


def test_a_binance_bar_tells_open_interest_at_its_open_and_prices_at_its_end() -> None:
    interest, candle = read("binance_BTC_price_oi_funding_cvd_5m.csv")[:2]
    assert isinstance(interest, OpenInterest)
    assert isinstance(candle, Candle)
    assert interest.received_ms == candle.at_ms == 1_779_724_500_000
    assert candle.received_ms == candle.at_ms + 300_000
    assert (candle.open, candle.high, candle.low, candle.close) == (77578.6, 77629.4, 77568.5, 77587.2)
    assert isnan(candle.volume)
    assert interest.coins == pytest.approx(7_719_003_148.8787 / 77578.6)


def test_an_aggregate_bar_tells_all_at_its_end_and_its_funding_in_percent() -> None:
    candle, interest, funding = read("aggregate_BTC_1h.csv")[:3]
    assert isinstance(candle, Candle)
    assert isinstance(interest, OpenInterest)
    assert isinstance(funding, Funding)
    end_ms = 1_764_828_000_000 + 3_600_000
    assert [one.received_ms for one in (candle, interest, funding)] == [end_ms] * 3
    assert interest.coins == pytest.approx(8_248_989_576 / 93_140.74)
    assert funding.rate == pytest.approx(0.00005673)


def test_okx_files_tell_candles_usd_and_the_share_of_longs() -> None:
    (candle, *_), (interest, *_) = read("okx_SOL_ohlcv_1m.csv"), read("okx_SOL_open_interest.csv")
    assert isinstance(candle, Candle)
    assert (candle.high, candle.volume, candle.received_ms - candle.at_ms) == (82.14, 9751.47, 60_000)
    assert isinstance(interest, OpenInterest)
    assert (interest.coins, interest.notional_usd) == (None, 257_766_545.4815)
    (ratio, *_), (funding, *_) = read("okx_SOL_long_short_ratio.csv"), read("okx_SOL_funding_rate.csv")
    assert isinstance(ratio, LongShort)
    assert ratio.long_share == pytest.approx(3.44 / 4.44)
    assert isinstance(funding, Funding)
    assert (funding.rate, funding.interval_hours) == (pytest.approx(3.80971947042e-05), 8.0)


def test_hyperliquid_files_tell_trades_by_taker_and_the_context() -> None:
    trades = read("hyperliquid_BTC_trades_2026-06-14.jsonl")
    first, last = trades[0], trades[-1]
    assert isinstance(first, Trade)
    assert isinstance(last, Trade)
    assert (first.taker, last.taker) == ("buy", "sell")
    assert (first.price, first.quantity, first.notional_usd) == (64414.0, 0.00016, pytest.approx(10.30624))
    mark, interest, funding = read("hyperliquid_BTC_context_2026-06-14.jsonl")[:3]
    assert isinstance(mark, MarkPrice)
    assert (mark.mark, mark.index) == (64427.0, 64454.0)
    assert isinstance(interest, OpenInterest)
    assert interest.coins == 31999.0672
    assert isinstance(funding, Funding)
    assert (funding.rate, funding.interval_hours) == (1.25e-05, 1.0)


def test_files_of_one_market_become_one_series_in_order_of_time() -> None:
    series, unused = open_series([FRAMES])
    assert [one.name for one in series] == [
        "aggregate BTC, bars of 1h",
        "binance BTC, bars of 5 min",
        "binance BTC, closes of 5 min",
        "hyperliquid BTC, trades",
        "okx SOL, bars of 1 min",
    ]
    assert [one.extremes for one in series] == [True, True, False, True, True]
    assert [one.step_seconds for one in series] == [3600, 300, 300, 60, 60]
    assert unused == ("okx_SOL_taker_volume.csv: hourly sums of taker volume are no trades",)
    for one in series:
        times = [event.received_ms for event in one.events()]
        assert times == sorted(times)
        assert len(times) == sum(len(list(file.events())) for file in one.files)


GOOD = f"{FIRST_MS},10,1000"


@pytest.mark.parametrize(
    ("row", "kind", "reason"),
    [
        (f"{FIRST_MS},nan,1000", "number", "oi: expected a number, found 'nan'"),
        (f"{FIRST_MS},,1000", "number", "oi: expected a number, found ''"),
        (f"{FIRST_MS},10,-5", "number", "oi_usd: expected a number above 0, found -5"),
        ("12,10,1000", "time", "t: expected milliseconds since 1970, found 12"),
        (f"{FIRST_MS},10", "malformed", "expected 3 columns, found 2"),
        ("INFO starting up", "malformed", "expected 3 columns, found 1"),
        (GOOD, "duplicate", f"expected one row of a time, found {FIRST_MS} again"),
        (f"{FIRST_MS - 900_000},10,1000", "late", f"expected rows in order of time, found {FIRST_MS - 900_000}"),
    ],
)
def test_a_bad_row_is_named_and_costs_only_itself(tmp_path: Path, row: str, kind: str, reason: str) -> None:
    found = written(tmp_path, ["t,oi,oi_usd", GOOD, row, f"{FIRST_MS + 300_000},10,1000"])
    bad = [one for one in found if isinstance(one, Undecodable)]
    assert [(one.kind, one.reason) for one in bad] == [(kind, f"{CLOSES}, line 3: {reason}")]
    assert len(found) == 5


@pytest.mark.parametrize(
    "line", ['{"ts":', "[]", "log line", '{"ts":1781395198190,"px":1,"sz":1,"side":"X"}', "\0\x1b"]
)
def test_bad_lines_of_json_cost_only_themselves(tmp_path: Path, line: str) -> None:
    good = '{"ts":1781395198190,"px":64414.0,"sz":0.00016,"side":"B"}'
    found = written(tmp_path, [good, line, good], "hyperliquid_BTC_trades_2026-06-14.jsonl")
    assert [type(one) for one in found] == [Trade, Undecodable, Trade]
    assert isinstance(found[1], Undecodable)
    assert "2026-06-14.jsonl, line 2: " in found[1].reason


def test_a_candle_that_contradicts_itself_is_left_out(tmp_path: Path) -> None:
    rows = ["ts,open,high,low,close,volume", "1780238220000,82,81,80,80.5,1"]
    found = written(tmp_path, rows, "okx_SOL_ohlcv_1m.csv")
    assert [one.kind for one in found if isinstance(one, Undecodable)] == ["candle"]


def test_a_file_that_is_cut_off_gives_what_is_there(tmp_path: Path) -> None:
    rows = "\n".join(["t,oi,oi_usd", *(f"{FIRST_MS + 300_000 * row},1{row},{row}77" for row in range(1, 3000))])
    path = tmp_path / f"{CLOSES}.gz"
    path.write_bytes(gzip.compress(rows.encode())[:-4000])
    found = list(open_file(path).events())
    assert len(found) > 100
    assert isinstance(found[-1], Undecodable)
    assert found[-1].kind == "cut off"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        (
            "notes.csv",
            b"a,b\n1,2\n",
            "expected a name of a recorded series such as binance_BTC_open_interest_5m.csv.gz",
        ),
        (CLOSES, b"a,b\n1,2\n", "expected the columns of a recorded series"),
        (f"{CLOSES}.gz", b"t,oi,oi_usd\n", "expected a gzip file"),
    ],
)
def test_a_file_of_no_known_format_is_refused_with_its_name(
    tmp_path: Path, name: str, content: bytes, complaint: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SeriesError, match=name) as refused:
        open_file(tmp_path / name)
    assert complaint in str(refused.value)


def test_an_absent_file_and_an_empty_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SeriesError, match="No such file"):
        open_file(tmp_path / CLOSES)
    with pytest.raises(SeriesError, match=r"expected files that end in \.csv"):
        open_series([tmp_path])


def test_a_file_without_a_row_is_a_series_without_events(tmp_path: Path) -> None:
    assert written(tmp_path, ["t,oi,oi_usd"]) == []


def test_folders_and_endings_tell_a_series_from_a_tape(tmp_path: Path) -> None:
    names = (FRAMES, FRAMES / CLOSES, Path("a.jsonl.gz"), Path("a.tape"), Path("sample"))
    assert [is_series(name) for name in names] == [True, True, True, False, False]
