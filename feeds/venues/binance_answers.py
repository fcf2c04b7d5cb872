"""Binance's REST answers: open interest, ratios, past funding, candles and order books of USD-M perpetuals.

    /fapi/v1/openInterest   {"openInterest":"10659.509","symbol":"BTCUSDT","time":1589437530011}
    /futures/data/openInterestHist
        [{"symbol":"BTCUSDT","sumOpenInterest":"20403.12","sumOpenInterestValue":"176196512.12","timestamp":1591261042378}]
    /futures/data/globalLongShortAccountRatio, topLongShortAccountRatio, topLongShortPositionRatio
        [{"symbol":"BTCUSDT","longShortRatio":"1.3781","longAccount":"0.5795","shortAccount":"0.4205","timestamp":1}]
    /fapi/v1/fundingRate  [{"symbol":"BTCUSDT","fundingRate":"-0.03750000","fundingTime":1570608000000,"markPrice":"1"}]
    /fapi/v1/klines   [[openTime,"open","high","low","close","volume",closeTime,"quoteVolume",trades,...]]
    /fapi/v1/depth    {"lastUpdateId":1,"E":1,"T":1,"bids":[["4.0","431.0"]],"asks":[["4.1","12.0"]]}

Open interest is in units of the base asset, one side; the value is in USDT. "Top" are the 20 % of accounts with the
most margin; the ratio of positions has the same field names, or `longPosition` and `shortPosition` (Binance
documentation, USD-M market data). `longShortRatio` is not used: the documented sample contradicts its own shares. All
lists ascend; the last candle is forming until its close time is past. `fundingRate` is what was paid at
`fundingTime`, some milliseconds after the hour. An error is `{"code":-1121,"msg":"Invalid ..."}`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from feeds.events import AnyEvent, Basis, Candle, LongShort, OpenInterest
from feeds.symbols import Instrument
from feeds.venue import BadAnswer
from feeds.venues.asked import Asked, Bar, cells, rows
from feeds.venues.book import levels
from feeds.venues.reading import Rejection, fields, finite, milliseconds, not_negative, parse, shown
from feeds.venues.settlements import settlements

_BASES: dict[str, Basis] = {
    "globalLongShortAccountRatio": "accounts",
    "topLongShortAccountRatio": "top_accounts",
    "topLongShortPositionRatio": "top_positions",
}


def answer(asked: Asked, payload: bytes) -> Sequence[AnyEvent]:
    """The events of an answer, oldest first; raises `BadAnswer`."""
    read = _READERS.get(asked.path)
    if read is None:
        raise BadAnswer(f"no such poll: {asked.path}")
    try:
        data = parse(payload)
        if isinstance(data, dict) and "code" in data:
            raise BadAnswer(f'Binance answered "code":{data["code"]!s:.10}: {shown(data.get("msg"))}')
        return read(asked, data)
    except Rejection as error:
        raise BadAnswer(f"{asked.path}: {error.reason}") from None


def _open_interest(asked: Asked, data: object) -> Sequence[AnyEvent]:
    instrument = asked.instrument("symbol")
    row = _of(fields(data, "open interest"), instrument)
    coins = not_negative(row.get("openInterest"), "openInterest") * instrument.price_unit
    return (asked.open_interest(instrument, milliseconds(row.get("time"), "time"), coins, None),)


def _interest_history(asked: Asked, data: object) -> Sequence[AnyEvent]:
    instrument = asked.instrument("symbol")

    def read(message: object) -> OpenInterest:
        row = _of(fields(message, "a row of open interest"), instrument)
        return asked.open_interest(
            instrument,
            milliseconds(row.get("timestamp"), "timestamp"),
            not_negative(row.get("sumOpenInterest"), "sumOpenInterest") * instrument.price_unit,
            not_negative(row.get("sumOpenInterestValue"), "sumOpenInterestValue"),
        )

    return asked.each(rows(data, "open interest history"), read)


def _long_short(asked: Asked, data: object) -> Sequence[AnyEvent]:
    instrument = asked.instrument("symbol")
    basis = _BASES[asked.path.rpartition("/")[2]]

    def read(message: object) -> LongShort:
        row = _of(fields(message, "a long/short row"), instrument)
        longs, shorts = (
            not_negative(row.get(f"{side}Account", row.get(f"{side}Position")), f"{side}Account")
            for side in ("long", "short")
        )
        return asked.long_short(instrument, milliseconds(row.get("timestamp"), "timestamp"), basis, longs, shorts)

    return asked.each(rows(data, "long/short rows"), read)


def _funding(asked: Asked, data: object) -> Sequence[AnyEvent]:
    instrument = asked.instrument("symbol")

    def read(message: object) -> tuple[int, float]:
        row = _of(fields(message, "a settlement"), instrument)
        return milliseconds(row.get("fundingTime"), "fundingTime"), finite(row.get("fundingRate"), "fundingRate")

    return settlements(asked, instrument, rows(data, "settlements"), read)


def _candles(asked: Asked, data: object) -> Sequence[AnyEvent]:
    instrument = asked.instrument("symbol")
    interval = asked.query.get("interval", "")
    found = rows(data, "candles")

    def read(numbered: tuple[int, object]) -> Candle:
        number, row = numbered
        opened, first, high, low, last, volume, end = cells(row, 7, "a candle")[:7]
        closed = number < len(found) or milliseconds(end, "closeTime") < asked.received_ms
        bar = Bar(first, high, low, last, volume, closed)
        return asked.candle(instrument, interval, milliseconds(opened, "openTime"), bar)

    return asked.each(enumerate(found, 1), read)


def _depth(asked: Asked, data: object) -> Sequence[AnyEvent]:
    book = fields(data, "an order book")
    at_ms = milliseconds(book.get("T"), "T")
    return asked.depth(
        asked.instrument("symbol"), at_ms, levels(book.get("bids"), "bids"), levels(book.get("asks"), "asks")
    )


def _of(row: Mapping[str, Any], instrument: Instrument) -> Mapping[str, Any]:
    """`row`, which must be about the instrument that was asked for."""
    if row.get("symbol", instrument.symbol) != instrument.symbol:
        raise Rejection("wrong symbol", f"expected {instrument.symbol}, found {shown(row.get('symbol'))}")
    return row


_READERS: dict[str, Callable[[Asked, object], Sequence[AnyEvent]]] = {
    "/fapi/v1/openInterest": _open_interest,
    "/fapi/v1/fundingRate": _funding,
    "/fapi/v1/klines": _candles,
    "/fapi/v1/depth": _depth,
    "/futures/data/openInterestHist": _interest_history,
    **{f"/futures/data/{name}": _long_short for name in _BASES},
}
