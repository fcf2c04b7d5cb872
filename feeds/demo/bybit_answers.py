"""Bybit's REST answers as the demo gives them: open interest of both sides, funding, ratio, candles, books, tiers."""

from collections.abc import Callable

import msgspec

from feeds.demo.crowd import SAMPLE_MS
from feeds.demo.exchange import HOUR_MS, LATENCY_MS
from feeds.demo.settlements import settled
from feeds.demo.subject import Question, Subject

_PERIODS = {"5min": SAMPLE_MS, "1h": HOUR_MS}
_REACH_PERCENT = 1.0
_TIERS = (1.0, 0.5, 0.25, 0.1)  # of the most leverage
_FIRST_TIER_DEPTHS = 2.0  # of the first tier's cap, in what moves the price by one basis point


def bybit_answer(asked: Question, subjects: dict[str, Subject]) -> bytes:
    """The answer to a poll; raises `KeyError` for an address that the demo doesn't know."""
    subject = subjects[asked.query["symbol"]]
    result = _ENDPOINTS[asked.path.rpartition("/")[2]](asked, subject)
    answer = {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": asked.now_ms - LATENCY_MS}
    return msgspec.json.encode(answer)


def _named(subject: Subject, rows: list[object]) -> dict[str, object]:
    return {"symbol": subject.line.symbol, "category": "linear", "list": rows, "nextPageCursor": ""}


def _open_interest(asked: Question, subject: Subject) -> dict[str, object]:
    rows: list[object] = []
    for sample in reversed(subject.crowd.samples(_PERIODS[asked.query["intervalTime"]], asked.limit)):
        coins = subject.coins(sample.interest)
        both, single = subject.units(coins * 2), subject.units(coins)
        rows.append({"openInterest": both, "singleOpenInterest": single, "timestamp": str(sample.at_ms)})
    return _named(subject, rows)


def _account_ratio(asked: Question, subject: Subject) -> dict[str, object]:
    rows: list[object] = []
    for sample in reversed(subject.crowd.samples(_PERIODS[asked.query["period"]], asked.limit)):
        longs = f"{sample.shares.accounts:.4f}"
        shorts = f"{1 - float(longs):.4f}"
        told = {"symbol": subject.line.symbol, "buyRatio": longs, "sellRatio": shorts, "timestamp": str(sample.at_ms)}
        rows.append(told)
    return _named(subject, rows)


def _funding(asked: Question, subject: Subject) -> dict[str, object]:
    symbol = subject.line.symbol
    rows: list[object] = [
        {"symbol": symbol, "fundingRate": f"{rate:.8f}", "fundingRateTimestamp": str(at_ms)}
        for at_ms, rate in settled(subject.line, asked.now_ms, asked.limit)
    ]
    return {"category": "linear", "list": rows}


def _candles(asked: Question, subject: Subject) -> dict[str, object]:
    rows: list[object] = []
    for bar in reversed(subject.chart.bars(int(asked.query["interval"]), asked.limit)):
        usd = bar.volume * subject.line.interest_share * bar.close
        rows.append((str(bar.at_ms), *subject.prices(bar), subject.line.size(usd, bar.close), f"{usd:.2f}"))
    return _named(subject, rows)


def _book(asked: Question, subject: Subject) -> dict[str, object]:
    bids, asks = subject.book(_REACH_PERCENT)
    at_ms = asked.now_ms - LATENCY_MS
    return {"s": subject.line.symbol, "b": bids, "a": asks, "ts": at_ms, "u": at_ms, "seq": at_ms, "cts": at_ms}


def _tiers(_: Question, subject: Subject) -> dict[str, object]:
    coin = subject.line.coin
    rows: list[object] = []
    for number, share in enumerate(_TIERS, 1):
        leverage = coin.most_leverage * share
        row = {
            "id": number,
            "symbol": subject.line.symbol,
            "riskLimitValue": f"{coin.depth_usd * _FIRST_TIER_DEPTHS * number:.0f}",
            "maintenanceMargin": f"{coin.maintenance / share:.6g}",
            "initialMargin": f"{1 / leverage:.6g}",
            "isLowestRisk": int(number == 1),
            "maxLeverage": f"{leverage:.2f}",
            "mmDeduction": "",
        }
        rows.append(row)
    return {"category": "linear", "list": rows, "nextPageCursor": ""}


_ENDPOINTS: dict[str, Callable[[Question, Subject], dict[str, object]]] = {
    "open-interest": _open_interest,
    "account-ratio": _account_ratio,
    "history": _funding,
    "kline": _candles,
    "orderbook": _book,
    "risk-limit": _tiers,
}
