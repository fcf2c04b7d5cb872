"""Binance's REST answers as the demo gives them: open interest, ratios, past funding, candles and books."""

from collections.abc import Callable
from operator import attrgetter

import msgspec

from feeds.demo.crowd import SAMPLE_MS, Shares
from feeds.demo.exchange import LATENCY_MS
from feeds.demo.settlements import settled
from feeds.demo.subject import Question, Subject

_MINUTES = {"15m": 15, "1h": 60}
_REACH_PERCENT = 1.0
_SHARES: dict[str, Callable[[Shares], float]] = {
    "globalLongShortAccountRatio": attrgetter("accounts"),
    "topLongShortAccountRatio": attrgetter("top_accounts"),
    "topLongShortPositionRatio": attrgetter("top_positions"),
}


def binance_answer(asked: Question, subjects: dict[str, Subject]) -> bytes:
    """The answer to a poll; raises `KeyError` for an address that the demo doesn't know."""
    endpoint = asked.path.rpartition("/")[2]
    subject = subjects[asked.query["symbol"]]
    if endpoint in _SHARES:
        return _ratio(asked, subject, _SHARES[endpoint])
    return _ENDPOINTS[endpoint](asked, subject)


def _open_interest(asked: Question, subject: Subject) -> bytes:
    units = subject.units(subject.coins(subject.market.quote().interest))
    return (
        f'{{"symbol":"{subject.line.symbol}","openInterest":"{units}","time":{asked.now_ms - LATENCY_MS}}}'
    ).encode()


def _interest_history(asked: Question, subject: Subject) -> bytes:
    symbol = subject.line.symbol
    rows = []
    for sample in subject.crowd.samples(SAMPLE_MS, asked.limit):
        coins = subject.coins(sample.interest)
        rows.append(
            f'{{"symbol":"{symbol}","sumOpenInterest":"{subject.units(coins)}",'
            f'"sumOpenInterestValue":"{coins * sample.price:.8f}","timestamp":{sample.at_ms}}}'
        )
    return f"[{','.join(rows)}]".encode()


def _ratio(asked: Question, subject: Subject, share: Callable[[Shares], float]) -> bytes:
    symbol = subject.line.symbol
    rows = []
    for sample in subject.crowd.samples(SAMPLE_MS, asked.limit):
        longs = share(sample.shares)
        rows.append(
            f'{{"symbol":"{symbol}","longAccount":"{longs:.4f}","longShortRatio":"{longs / (1 - longs):.4f}",'
            f'"shortAccount":"{1 - longs:.4f}","timestamp":{sample.at_ms}}}'
        )
    return f"[{','.join(rows)}]".encode()


def _funding(asked: Question, subject: Subject) -> bytes:
    symbol = subject.line.symbol
    rows = [
        {"symbol": symbol, "fundingTime": at_ms, "fundingRate": f"{rate:.8f}", "markPrice": ""}
        for at_ms, rate in reversed(settled(subject.line, asked.now_ms, asked.limit))
    ]
    return msgspec.json.encode(rows)


def _candles(asked: Question, subject: Subject) -> bytes:
    minutes = _MINUTES[asked.query["interval"]]
    rows = []
    for bar in subject.chart.bars(minutes, asked.limit):
        opened, high, low, close = subject.prices(bar)
        usd = bar.volume * subject.line.interest_share * bar.close
        size = subject.line.size(usd, bar.close)
        rows.append(
            f'[{bar.at_ms},"{opened}","{high}","{low}","{close}","{size}",{bar.at_ms + minutes * 60_000 - 1},'
            f'"{usd:.2f}",{int(usd / 2000) + 1},"{float(size) / 2:.3f}","{usd / 2:.2f}","0"]'
        )
    return f"[{','.join(rows)}]".encode()


def _depth(asked: Question, subject: Subject) -> bytes:
    bids, asks = subject.book(_REACH_PERCENT)
    at_ms = asked.now_ms - LATENCY_MS
    return msgspec.json.encode({"lastUpdateId": at_ms, "E": at_ms, "T": at_ms, "bids": bids, "asks": asks})


_ENDPOINTS: dict[str, Callable[[Question, Subject], bytes]] = {
    "openInterest": _open_interest,
    "openInterestHist": _interest_history,
    "fundingRate": _funding,
    "klines": _candles,
    "depth": _depth,
}
