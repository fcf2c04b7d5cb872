"""HTX's REST answers as the demo gives them: funding, open interest of both sides, and the elite accounts' ratios."""

from collections.abc import Callable, Sequence
from operator import attrgetter

import msgspec

from feeds.demo.crowd import SAMPLE_MS, Sample, Shares
from feeds.demo.exchange import HOUR_MS, LATENCY_MS, next_settlement
from feeds.demo.subject import Question, Subject

_PERIODS = {"5min": SAMPLE_MS, "60min": HOUR_MS}
_ROWS = 48
_SIDES_COUNTED = 2
_SHARES: dict[str, Callable[[Shares], float]] = {
    "swap_elite_account_ratio": attrgetter("top_accounts"),
    "swap_elite_position_ratio": attrgetter("top_positions"),
}


def htx_answer(asked: Question, subjects: dict[str, Subject]) -> bytes:
    """The answer to a poll; raises `KeyError` for an address that the demo doesn't know."""
    endpoint = asked.path.rpartition("/")[2]
    subject = subjects[asked.query["contract_code"]]
    if endpoint in _SHARES:
        data: object = _named(
            subject, "list", [_ratio(sample, _SHARES[endpoint]) for sample in _samples(asked, subject)]
        )
    else:
        data = _ENDPOINTS[endpoint](asked, subject)
    return msgspec.json.encode({"status": "ok", "data": data, "ts": asked.now_ms - LATENCY_MS})


def _named(subject: Subject, name: str, rows: object) -> dict[str, object]:
    line = subject.line
    return {"symbol": line.coin.name, "contract_code": line.symbol, "business_type": "swap", name: rows}


def _samples(asked: Question, subject: Subject) -> Sequence[Sample]:
    return subject.crowd.samples(_PERIODS[asked.query["period"]], _ROWS)


def _ratio(sample: Sample, share: Callable[[Shares], float]) -> dict[str, object]:
    longs = round(share(sample.shares), 4)
    return {"buy_ratio": longs, "sell_ratio": round(1 - longs, 4), "locked_ratio": 0, "ts": sample.at_ms}


def _funding(asked: Question, subject: Subject) -> dict[str, object]:
    line = subject.line
    rate = subject.market.quote().funding * line.coin.interval_hours / 8
    return {
        "symbol": line.coin.name,
        "contract_code": line.symbol,
        "fee_asset": "USDT",
        "funding_time": str(next_settlement(asked.now_ms, line.coin.interval_hours)),
        "funding_rate": f"{rate:.18f}",
        "estimated_rate": None,
        "next_funding_time": None,
    }


def _settlements(asked: Question, subject: Subject) -> dict[str, object]:
    hours = subject.line.coin.interval_hours
    last_ms = next_settlement(asked.now_ms, hours) - hours * HOUR_MS
    rows = [
        {"contract_code": subject.line.symbol, "funding_rate": "0.0001", "funding_time": str(last_ms - ago * HOUR_MS)}
        for ago in (0, hours)
    ]
    return {"total_page": 1, "current_page": 1, "total_size": len(rows), "data": rows}


def _open_interest(_: Question, subject: Subject) -> list[dict[str, object]]:
    quote = subject.market.quote()
    return [{"contract_code": subject.line.symbol, **_interest(subject, quote.interest, quote.price)}]


def _interest_history(asked: Question, subject: Subject) -> dict[str, object]:
    ticks = [
        {**_interest(subject, sample.interest, sample.price), "amount_type": 1, "ts": sample.at_ms}
        for sample in reversed(_samples(asked, subject))
    ]
    return _named(subject, "tick", ticks)


def _interest(subject: Subject, interest: float, price: float) -> dict[str, object]:
    coins = subject.coins(interest) * _SIDES_COUNTED
    contracts = round(coins / subject.line.size_unit)
    coins = contracts * subject.line.size_unit
    return {"volume": contracts, "amount": coins, "value": round(coins * price, 4)}


_ENDPOINTS: dict[str, Callable[[Question, Subject], object]] = {
    "swap_funding_rate": _funding,
    "swap_historical_funding_rate": _settlements,
    "swap_open_interest": _open_interest,
    "swap_his_open_interest": _interest_history,
}
