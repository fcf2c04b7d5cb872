"""OKX's REST answers as the demo gives them: open interest, ratios, funding, candles, books, tiers, and options."""

from collections.abc import Callable
from operator import attrgetter

import msgspec

from feeds.demo.crowd import SAMPLE_MS, Shares
from feeds.demo.exchange import HOUR_MS, LATENCY_MS
from feeds.demo.options import okx_options
from feeds.demo.settlements import settled
from feeds.demo.subject import Question, Subject

_PERIODS = {"5m": SAMPLE_MS, "1H": HOUR_MS}
_MINUTES = {"15m": 15, "1H": 60}
_REACH_PERCENT = {"books": 1.0, "books-full": 1.0}
_FINE_REACH_PERCENT = 0.15  # 400 levels of a fine tick end here
_FINE = ("BTC", "ETH")
_TIERS = (1.0, 0.5, 0.25, 0.1)  # of the most leverage
_FIRST_TIER_DEPTHS = 2.0  # of the first tier's cap, in what moves the price by one basis point
_SHARES: dict[str, Callable[[Shares], float]] = {
    "long-short-account-ratio-contract": attrgetter("accounts"),
    "long-short-account-ratio-contract-top-trader": attrgetter("top_accounts"),
    "long-short-position-ratio-contract-top-trader": attrgetter("top_positions"),
}

_Rows = list[object]


def okx_answer(asked: Question, subjects: dict[str, Subject]) -> bytes:
    """The answer to a poll; raises `KeyError` for an address that the demo doesn't know."""
    return msgspec.json.encode({"code": "0", "msg": "", "data": _data(asked, subjects)})


def _data(asked: Question, subjects: dict[str, Subject]) -> _Rows:
    endpoint = asked.path.rpartition("/")[2]
    if asked.query.get("instType") == "OPTION":
        coin = asked.query["instFamily"].partition("-")[0]
        return okx_options(endpoint, subjects[f"{coin}-USDT-SWAP"], asked.now_ms)
    if endpoint == "open-interest":
        return [_open_interest(asked, subject) for subject in subjects.values()]
    subject = subjects[asked.query.get("instId") or f"{asked.query['instFamily']}-SWAP"]
    if endpoint in _SHARES:
        return _ratio(asked, subject, _SHARES[endpoint])
    return _ENDPOINTS[endpoint](asked, subject)


def _open_interest(asked: Question, subject: Subject) -> dict[str, str]:
    quote = subject.market.quote()
    coins = subject.coins(quote.interest)
    return {
        "instId": subject.line.symbol,
        "instType": "SWAP",
        "oi": subject.units(coins),
        "oiCcy": f"{coins:.8g}",
        "oiUsd": f"{coins * quote.price:.4f}",
        "ts": str(asked.now_ms - LATENCY_MS),
    }


def _interest_history(asked: Question, subject: Subject) -> _Rows:
    rows: _Rows = []
    for sample in reversed(subject.crowd.samples(_PERIODS[asked.query["period"]], asked.limit)):
        coins = subject.coins(sample.interest)
        rows.append((str(sample.at_ms), subject.units(coins), f"{coins:.8g}", f"{coins * sample.price:.4f}"))
    return rows


def _ratio(asked: Question, subject: Subject, share: Callable[[Shares], float]) -> _Rows:
    rows: _Rows = []
    for sample in reversed(subject.crowd.samples(_PERIODS[asked.query["period"]], asked.limit)):
        longs = share(sample.shares)
        rows.append((str(sample.at_ms), f"{longs / (1 - longs):.4f}"))
    return rows


def _funding(asked: Question, subject: Subject) -> _Rows:
    symbol = subject.line.symbol
    told = [(at_ms, f"{rate:.10f}") for at_ms, rate in settled(subject.line, asked.now_ms, asked.limit)]
    return [
        {"instId": symbol, "instType": "SWAP", "fundingRate": rate, "realizedRate": rate, "fundingTime": str(at_ms)}
        for at_ms, rate in told
    ]


def _candles(asked: Question, subject: Subject) -> _Rows:
    minutes = _MINUTES[asked.query["bar"]]
    rows: _Rows = []
    for bar in reversed(subject.chart.bars(minutes, asked.limit)):
        usd = bar.volume * subject.line.interest_share * bar.close
        contracts = subject.line.size(usd, bar.close)
        coins = f"{float(contracts) * subject.line.size_unit:.8g}"
        confirm = "1" if bar.at_ms + minutes * 60_000 <= asked.now_ms else "0"
        rows.append((str(bar.at_ms), *subject.prices(bar), contracts, coins, f"{usd:.2f}", confirm))
    return rows


def _book(asked: Question, subject: Subject) -> _Rows:
    endpoint = asked.path.rpartition("/")[2]
    near = endpoint == "books" and subject.line.coin.name in _FINE
    bids, asks = subject.book(_FINE_REACH_PERCENT if near else _REACH_PERCENT[endpoint])
    told = {side: [(*row, "0", "1") for row in rows] for side, rows in (("asks", asks), ("bids", bids))}
    return [{**told, "ts": str(asked.now_ms - LATENCY_MS)}]


def _tiers(_: Question, subject: Subject) -> _Rows:
    line, coin = subject.line, subject.line.coin
    rows: _Rows = []
    most = 0.0
    for number, share in enumerate(_TIERS, 1):
        least, most = most, coin.depth_usd * _FIRST_TIER_DEPTHS * number / coin.price / line.size_unit
        leverage = coin.most_leverage * share
        row = {
            "tier": str(number),
            "uly": line.symbol.removesuffix("-SWAP"),
            "instFamily": line.symbol.removesuffix("-SWAP"),
            "instId": "",
            "minSz": f"{least:.4f}",
            "maxSz": f"{most:.4f}",
            "mmr": f"{coin.maintenance / share:.6g}",
            "imr": f"{1 / leverage:.6g}",
            "maxLever": f"{leverage:.6g}",
        }
        rows.append(row)
    return rows


_ENDPOINTS: dict[str, Callable[[Question, Subject], _Rows]] = {
    "open-interest-history": _interest_history,
    "funding-rate-history": _funding,
    "candles": _candles,
    "books": _book,
    "books-full": _book,
    "position-tiers": _tiers,
}
