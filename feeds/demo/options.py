"""The options of a coin as OKX and Deribit tell them: puts and calls over a few strikes and expiries."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from math import floor, log10

import msgspec

from feeds.demo.exchange import LATENCY_MS
from feeds.demo.subject import Question, Subject

_STRIKES = (0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.2)
_EXPIRES_DAYS = (3, 17, 45)
_CONTRACTS = 40_000  # of open interest in the calls of one expiry, before the strikes' weights
_TRADED = 0.12  # share of the open interest that changes hands in a day
_HELD_PUTS, _TRADED_PUTS = 0.62, 0.7  # puts per call, held and traded
_HELD_FEAR, _TRADED_FEAR = 0.15, 0.9  # by how much full stress lets them rise


def okx_options(endpoint: str, subject: Subject, now_ms: int) -> list[object]:
    """The rows of `open-interest` or `tickers`; under stress more puts, most of all in what is traded."""
    at = str(now_ms - LATENCY_MS)
    rows: list[object] = []
    for expires, strike, kind, held, traded in _options(subject, now_ms):
        row = {"instType": "OPTION", "instId": f"{subject.line.coin.name}-USD-{expires:%y%m%d}-{strike}-{kind}"}
        if endpoint == "tickers":
            rows.append({**row, "vol24h": f"{traded:.0f}", "volCcy24h": f"{traded / 100:.2f}", "ts": at})
        else:
            rows.append({**row, "oi": f"{held:.0f}", "oiCcy": f"{held / 100:.2f}", "ts": at})
    return rows


def deribit_answer(asked: Question, subjects: dict[str, Subject]) -> bytes:
    """A book summary of all options of a coin."""
    name = asked.query["currency"]
    at_ms = asked.now_ms - LATENCY_MS
    rows = [
        {
            "instrument_name": f"{name}-{f'{expires:%d%b%y}'.lstrip('0').upper()}-{strike}-{kind}",
            "open_interest": round(held / 10, 1),
            "volume": round(traded / 10, 1),
            "creation_timestamp": at_ms,
        }
        for expires, strike, kind, held, traded in _options(subjects[f"{name}-PERPETUAL"], asked.now_ms)
    ]
    return msgspec.json.encode({"jsonrpc": "2.0", "result": rows, "usOut": at_ms * 1000})


def _options(subject: Subject, now_ms: int) -> Iterator[tuple[datetime, str, str, float, float]]:
    """Expiry, strike, C or P, open interest and a day's volume of each option."""
    today = datetime.fromtimestamp(now_ms / 1000, UTC)
    stress = subject.market.stress
    held_puts, traded_puts = _HELD_PUTS + _HELD_FEAR * stress, _TRADED_PUTS + _TRADED_FEAR * stress
    for days in _EXPIRES_DAYS:
        for share in _STRIKES:
            strike = _strike(subject.line.coin.price * share)
            calls = _CONTRACTS / (1 + 60 * abs(share - 1)) / len(_EXPIRES_DAYS)
            yield today + timedelta(days=days), strike, "C", calls, calls * _TRADED
            yield today + timedelta(days=days), strike, "P", calls * held_puts, calls * _TRADED * traded_puts


def _strike(price: float) -> str:
    """A price rounded to two figures, as strikes are."""
    return f"{round(price, 1 - floor(log10(price))):.0f}"
