"""Bybit's REST answers: histories of open interest and funding, account ratio, candles, order books and margin tiers.

    {"retCode":0,"retMsg":"OK","result":{...},"retExtInfo":{},"time":1672054488010}
    open-interest   "list":[{"openInterest":"63910691.0","singleOpenInterest":"31955345.5","timestamp":"1780963200000"}]
    account-ratio   "list":[{"symbol":"BTCUSDT","buyRatio":"0.49","sellRatio":"0.51","timestamp":"1696262400000"}]
    funding/history "list":[{"symbol":"ETHPERP","fundingRate":"0.0001","fundingRateTimestamp":"1672041600000"}]
    kline           "list":[["1670608800000","open","high","low","close","volume","turnover"]]
    orderbook       {"s":"BTCUSDT","b":[["27450.50","1.500"]],"a":[["27451.00","1.200"]],"ts":1709891679000}

`openInterest` is the sum of both sides, `singleOpenInterest` is one side, in coins for linear contracts; `buyRatio` is
the share of accounts that hold longs. Lists are newest first; the newest candle is forming until the answer's own
`time` is past its end (Bybit documentation, v5 market).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from feeds.events import AnyEvent, Candle, LongShort, OpenInterest
from feeds.symbols import Instrument
from feeds.venue import BadAnswer
from feeds.venues.asked import Asked, Bar, cells, rows
from feeds.venues.book import levels
from feeds.venues.bybit_tickers import one_side
from feeds.venues.bybit_tiers import read_tiers
from feeds.venues.reading import Rejection, fields, finite, milliseconds, not_negative, parse, shown
from feeds.venues.settlements import settlements

_INTERVALS = {"15": "15m", "60": "1h"}


def answer(asked: Asked, payload: bytes) -> Sequence[AnyEvent]:
    """The events of an answer, oldest first; margin tiers go to the symbols instead. Raises `BadAnswer`."""
    read = _READERS.get(asked.path)
    if read is None:
        raise BadAnswer(f"no such poll: {asked.path}")
    try:
        envelope = fields(parse(payload), "a Bybit answer")
        if envelope.get("retCode") != 0:
            raise BadAnswer(f"Bybit answered {envelope.get('retCode')!s:.10}: {shown(envelope.get('retMsg'))}")
        result = fields(envelope.get("result"), "result")
        instrument = asked.instrument("symbol")
        if result.get("symbol", result.get("s", instrument.symbol)) != instrument.symbol:
            raise Rejection("wrong symbol", f"expected {instrument.symbol}, found {shown(result.get('symbol'))}")
        return read(asked, instrument, result, envelope)
    except Rejection as error:
        raise BadAnswer(f"{asked.path}: {error.reason}") from None


def _open_interest(
    asked: Asked, instrument: Instrument, result: Mapping[str, Any], _: Mapping[str, Any]
) -> Sequence[AnyEvent]:
    def read(message: object) -> OpenInterest:
        row = fields(message, "a row of open interest")
        units = one_side(row)
        if units is None:
            raise Rejection("wrong type", f"expected openInterest, found {shown(row)}")
        at_ms = milliseconds(row.get("timestamp"), "timestamp")
        return asked.open_interest(instrument, at_ms, units * instrument.price_unit, None)

    return asked.each(_oldest_first(result), read)


def _long_short(
    asked: Asked, instrument: Instrument, result: Mapping[str, Any], _: Mapping[str, Any]
) -> Sequence[AnyEvent]:
    def read(message: object) -> LongShort:
        row = fields(message, "a row of account ratios")
        longs = not_negative(row.get("buyRatio"), "buyRatio")
        shorts = not_negative(row.get("sellRatio"), "sellRatio")
        at_ms = milliseconds(row.get("timestamp"), "timestamp")
        return asked.long_short(instrument, at_ms, "accounts", longs, shorts)

    return asked.each(_oldest_first(result), read)


def _funding(
    asked: Asked, instrument: Instrument, result: Mapping[str, Any], _: Mapping[str, Any]
) -> Sequence[AnyEvent]:
    def read(message: object) -> tuple[int, float]:
        row = fields(message, "a settlement")
        if row.get("symbol", instrument.symbol) != instrument.symbol:
            raise Rejection("wrong symbol", f"expected {instrument.symbol}, found {shown(row.get('symbol'))}")
        at_ms = milliseconds(row.get("fundingRateTimestamp"), "fundingRateTimestamp")
        return at_ms, finite(row.get("fundingRate"), "fundingRate")

    return settlements(asked, instrument, rows(result.get("list"), "list"), read)


def _candles(
    asked: Asked, instrument: Instrument, result: Mapping[str, Any], envelope: Mapping[str, Any]
) -> Sequence[AnyEvent]:
    minutes = asked.query.get("interval", "")
    if minutes not in _INTERVALS:
        raise BadAnswer(f"no such interval: {shown(minutes)}")
    now_ms = milliseconds(envelope.get("time"), "time")

    def read(row: object) -> Candle:
        start, opened, high, low, close, volume = cells(row, 6, "a candle")[:6]
        at_ms = milliseconds(start, "startTime")
        bar = Bar(opened, high, low, close, volume, at_ms + int(minutes) * 60_000 <= now_ms)
        return asked.candle(instrument, _INTERVALS[minutes], at_ms, bar)

    return asked.each(_oldest_first(result), read)


def _depth(asked: Asked, instrument: Instrument, result: Mapping[str, Any], _: Mapping[str, Any]) -> Sequence[AnyEvent]:
    at_ms = milliseconds(result.get("ts"), "ts")
    return asked.depth(instrument, at_ms, levels(result.get("b"), "bids"), levels(result.get("a"), "asks"))


def _margin_tiers(
    asked: Asked, instrument: Instrument, result: Mapping[str, Any], _: Mapping[str, Any]
) -> Sequence[AnyEvent]:
    asked.symbols.tiers["bybit", instrument.symbol] = read_tiers(rows(result.get("list"), "list"), instrument.symbol)
    return ()


def _oldest_first(result: Mapping[str, Any]) -> list[Any]:
    return rows(result.get("list"), "list")[::-1]


_Reader = Callable[[Asked, Instrument, Mapping[str, Any], Mapping[str, Any]], Sequence[AnyEvent]]

_READERS: dict[str, _Reader] = {
    "/v5/market/open-interest": _open_interest,
    "/v5/market/account-ratio": _long_short,
    "/v5/market/funding/history": _funding,
    "/v5/market/kline": _candles,
    "/v5/market/orderbook": _depth,
    "/v5/market/risk-limit": _margin_tiers,
}
