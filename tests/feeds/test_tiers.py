"""Margin tiers: Binance's dated table, and what Bybit and OKX tell of theirs."""

import pytest

from feeds.symbols import SymbolTable
from feeds.tiers import BINANCE, MarginTier, tier_of
from feeds.venue import BadAnswer
from tests.feeds.answering import answer, answers, symbols

RISK = "https://api.bybit.com/v5/market/risk-limit?category=linear&symbol=BTCUSDT"
TIERS = "https://www.okx.com/api/v5/public/position-tiers?instType=SWAP&tdMode=isolated&instFamily="


def test_binances_table_has_the_published_deductions() -> None:
    deductions = [tier.deduction_usd for tier in BINANCE["BTCUSDT"]]
    published = [0, 50, 1_300, 16_300, 266_300, 1_266_300, 2_516_300, 5_016_300, 25_016_300, 100_016_300]
    assert deductions == pytest.approx(published)


@pytest.mark.parametrize(("notional", "leverage"), [(1, 125), (50_000, 125), (50_001, 100), (5e6, 20), (1e9, 1)])
def test_a_position_falls_into_the_tier_of_its_notional(notional: float, leverage: float) -> None:
    tier = tier_of(BINANCE["BTCUSDT"], notional / 80_000, 80_000.0)
    assert tier is not None
    assert tier.max_leverage == leverage


def test_no_tiers_are_no_tier() -> None:
    assert tier_of((), 1.0, 1.0) is None


def test_what_a_venue_told_stands_before_the_dated_table() -> None:
    table = SymbolTable()
    assert table.margin_tiers("binance", "BTCUSDT") == BINANCE["BTCUSDT"]
    assert table.margin_tiers("binance", "POPCATUSDT") == ()
    assert table.margin_tiers("bybit", "BTCUSDT") == ()
    told = (MarginTier(0.004, 125.0, floor_usd=0.0),)
    table.tiers["binance", "BTCUSDT"] = told
    assert table.margin_tiers("binance", "BTCUSDT") == told


def bybit(*rows: dict[str, str]) -> tuple[MarginTier, ...]:
    table = symbols()
    answer("bybit", RISK, {"retCode": 0, "result": {"category": "linear", "list": list(rows)}, "time": 1}, table=table)
    return table.margin_tiers("bybit", "BTCUSDT")


def risk(cap: str, rate: str, margin: str, leverage: str, deduction: str = "") -> dict[str, str]:
    values = {"riskLimitValue": cap, "maintenanceMargin": rate, "initialMargin": margin, "maxLeverage": leverage}
    return {"symbol": "BTCUSDT", "mmDeduction": deduction, **values}


def test_recorded_fractions_become_tiers_that_join() -> None:
    table = symbols()
    answers("bybit/answers_documented.jsonl", "/risk-limit?", table)
    first, second = table.margin_tiers("bybit", "BTCUSDT")
    assert (first.floor_usd, first.maintenance_rate, first.max_leverage, first.deduction_usd) == (
        0.0,
        0.005,
        100.0,
        0.0,
    )
    assert (second.floor_usd, second.maintenance_rate, second.max_leverage) == (2e6, 0.01, 57.14)
    assert second.deduction_usd == pytest.approx(2e6 * 0.005)


def test_percents_are_told_from_fractions_by_the_leverage() -> None:
    percent = bybit(risk("150", "0.5", "1", "100.00"), risk("300", "1", "1.5", "66.67"))
    fraction = bybit(risk("150", "0.005", "0.01", "100.00"), risk("300", "0.01", "0.015", "66.67"))
    assert percent == fraction
    assert [tier.maintenance_rate for tier in percent] == [0.005, 0.01]


def test_a_told_deduction_is_taken_and_the_order_of_rows_does_not_matter() -> None:
    tiers = bybit(risk("4000000", "0.01", "0.02", "50", "9999"), risk("2000000", "0.005", "0.01", "100", "0"))
    assert [(tier.floor_usd, tier.deduction_usd) for tier in tiers] == [(0.0, 0.0), (2e6, 9999.0)]


@pytest.mark.parametrize(
    "row",
    [
        risk("150", "0.5", "10", "100"),  # 1000: neither percent nor fraction
        risk("150", "0", "1", "100"),
        risk("", "0.5", "1", "100"),
        {**risk("150", "0.5", "1", "100"), "symbol": "ETHUSDT"},
    ],
)
def test_a_risk_limit_that_cannot_be_read_leaves_no_tiers(row: dict[str, str]) -> None:
    with pytest.raises(BadAnswer):
        bybit(row)


def test_okx_contracts_become_coins() -> None:
    table = symbols()
    assert answers("okx/answers_documented.jsonl", "/position-tiers?", table) == ()
    first, last = table.margin_tiers("okx", "BTC-USDT-SWAP")
    assert (first.floor_coins, first.maintenance_rate, first.max_leverage) == (0.0, 0.004, 125.0)
    # 500 contracts of 0.01 BTC are the most of the first tier, so the next one starts above 5 BTC
    assert (last.floor_coins, last.maintenance_rate, last.max_leverage) == (5.0, 0.495, 2.0)
    assert (last.floor_usd, last.deduction_usd) == (None, 0.0)


def test_an_okx_tier_is_found_by_the_size_in_coins() -> None:
    table = symbols()
    answers("okx/answers_documented.jsonl", "/position-tiers?", table)
    tiers = table.margin_tiers("okx", "BTC-USDT-SWAP")
    found = [tier_of(tiers, coins, 1.0) for coins in (5.0, 5.01)]
    assert [tier.max_leverage for tier in found if tier is not None] == [125.0, 2.0]


def test_inverse_contracts_are_counted_in_usd() -> None:
    table = symbols()
    rows = [
        {"minSz": "0", "maxSz": "500", "mmr": "0.004", "maxLever": "125"},
        {"minSz": "501", "maxSz": "900", "mmr": "0.01", "maxLever": "50"},
    ]
    answer("okx", f"{TIERS}BTC-USD", {"code": "0", "msg": "", "data": rows}, table=table)
    assert [tier.floor_usd for tier in table.margin_tiers("okx", "BTC-USD-SWAP")] == [0.0, 50_000.0]
