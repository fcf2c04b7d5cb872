"""Puts per call of OKX's options, summed over all strikes and expiries of a family.

    public/open-interest   {"instId":"BTC-USD-241227-92000-C","oi":"105","oiCcy":"1.05","ts":"1"}
    market/tickers         {"instId":"BTC-USD-241227-92000-P","vol24h":"12","ts":"1"}

The last part of `instId` tells calls (C) from puts (P); `oi` and `vol24h` are contracts, all of one size within a
family (OKX documentation, v5 public data and market data). The statistics address `option/open-interest-volume-ratio`
is not used: its figures are calls per put, of whole days.
"""

from collections.abc import Sequence
from typing import Any

from feeds.events import AnyEvent, PutCall
from feeds.symbols import unscale
from feeds.venues.asked import Asked
from feeds.venues.reading import LEAST, Rejection, fields, left_out, milliseconds, not_negative, shown, text


def read_options(asked: Asked, data: Sequence[Any], size: str) -> Sequence[AnyEvent]:
    """Puts per call by `size` ("oi" or "vol24h"), and an `Undecodable` for each row that isn't in the sums."""
    family = text(asked.query.get("instFamily"), "instFamily")
    sums = {"C": 0.0, "P": 0.0}
    at_ms = 0
    bad: list[AnyEvent] = []
    for row in data:
        try:
            kind, amount, row_ms = _row(row, family, size)
        except Rejection as error:
            reason = f"{asked.path}: {error.reason}"
            bad.append(left_out(asked.venue, "option", asked.received_ms, error.kind, reason))
            continue
        sums[kind] += amount
        at_ms = max(at_ms, row_ms)
    if not at_ms:
        return bad
    ratio = sums["P"] / sums["C"] if sums["C"] > LEAST else None
    event = PutCall(
        venue=asked.venue,
        market="option",
        symbol=family,
        coin=unscale(family.partition("-")[0])[0],
        at_ms=at_ms,
        received_ms=asked.received_ms,
        open_interest=ratio if size == "oi" else None,
        volume=ratio if size == "vol24h" else None,
    )
    return [*bad, event]


def _row(message: object, family: str, size: str) -> tuple[str, float, int]:
    row = fields(message, "an option")
    symbol = text(row.get("instId"), "instId")
    kind = symbol.rpartition("-")[2]
    if kind not in ("C", "P") or not symbol.startswith(f"{family}-"):
        raise Rejection("wrong symbol", f"expected an option of {family}, found {shown(symbol)}")
    return kind, not_negative(row.get(size), size), milliseconds(row.get("ts"), "ts")
