"""OKX's REST answers: open interest, ratios, past funding, candles, order books and margin tiers of swaps.

    {"code":"0","msg":"","data":[...]}, newest first where there are times
    public/open-interest     {"instId":"BTC-USDT-SWAP","oi":"2216113","oiCcy":"22161.1","oiUsd":"1939251795","ts":"1"}
    open-interest-history    [ts, oi, oiCcy, oiUsd]
    long-short-...           [ts, ratio]
    funding-rate-history     {"fundingRate":"0.00015150","realizedRate":"0.00015","fundingTime":"1704067200000"}
    market/candles           [ts, open, high, low, close, vol, volCcy, volCcyQuote, confirm]
    market/books             {"asks":[["41006.8","0.6","0","1"]],"bids":[...],"ts":"1629966436396"}

`oi`, the candle's `vol` and the book's sizes are contracts, `oiCcy` coins, one side. A ratio r is longs per short, so
the share of longs is r / (1 + r). `realizedRate` is what was paid, `fundingRate` what had been predicted. `confirm` "0"
is the forming candle; bars are spelled 15m and 1H (OKX documentation, v5). An error comes with status 200 and a code
other than "0".
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from feeds.events import AnyEvent, Basis, Candle, LongShort, OpenInterest
from feeds.symbols import Instrument
from feeds.venue import BadAnswer
from feeds.venues.asked import Asked, Bar, cells, rows
from feeds.venues.book import BAND_PERCENT, levels
from feeds.venues.okx_options import read_options
from feeds.venues.okx_polls import FINE_COINS
from feeds.venues.okx_tiers import read_tiers
from feeds.venues.reading import Rejection, fields, finite, milliseconds, not_negative, parse, shown
from feeds.venues.settlements import settlements

_INTERVALS = {"15m": "15m", "1H": "1h"}
_CONTRACTS = "/api/v5/rubik/stat/contracts"
_BASES: dict[str, Basis] = {
    f"{_CONTRACTS}/long-short-account-ratio-contract": "accounts",
    f"{_CONTRACTS}/long-short-account-ratio-contract-top-trader": "top_accounts",
    f"{_CONTRACTS}/long-short-position-ratio-contract-top-trader": "top_positions",
}
_OLDEST_MS = 6 * 24 * 3_600_000  # four days of history are asked for; where the newest row is older, it is frozen


def answer(asked: Asked, payload: bytes) -> Sequence[AnyEvent]:
    """The events of an answer, oldest first; margin tiers go to the symbols instead. Raises `BadAnswer`."""
    read = _READERS.get(asked.path)
    if read is None:
        raise BadAnswer(f"no such poll: {asked.path}")
    try:
        envelope = fields(parse(payload), "an OKX answer")
        if str(envelope.get("code")) != "0":
            raise BadAnswer(f"OKX answered {envelope.get('code')!s:.10}: {shown(envelope.get('msg'))}")
        return read(asked, rows(envelope.get("data"), "data"))
    except Rejection as error:
        raise BadAnswer(f"{asked.path}: {error.reason}") from None


def _open_interest(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    if asked.query.get("instType") == "OPTION":
        return read_options(asked, data, "oi")
    listed = asked.symbols.of("okx", "perp")
    watched = {best for item in listed.values() if (best := asked.symbols.best("okx", "perp", item.coin)) is not None}

    def read(row: Mapping[str, Any]) -> OpenInterest:
        return _interest(asked, listed[str(row["instId"])], row.get("ts"), row)

    # every swap there is comes in one answer: those that nobody watches are not worth an event
    found = (row for row in data if isinstance(row, dict) and listed.get(str(row.get("instId"))) in watched)
    return asked.each(found, read)


def _interest(asked: Asked, item: Instrument, at: object, row: Mapping[str, Any]) -> OpenInterest:
    coins, usd = row.get("oiCcy"), row.get("oiUsd")
    if coins in (None, ""):
        found = item.size(1.0, not_negative(row.get("oi"), "oi"))[1]
    else:
        found = not_negative(coins, "oiCcy") * item.price_unit
    value = None if usd in (None, "") else not_negative(usd, "oiUsd")
    return asked.open_interest(item, milliseconds(at, "ts"), found, value)


def _interest_history(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    item = asked.instrument("instId")

    def read(row: object) -> OpenInterest:
        at, _, coins, usd = cells(row, 4, "open interest")[:4]
        at_ms = milliseconds(at, "ts")
        if asked.received_ms - at_ms > _OLDEST_MS:
            raise Rejection("late", f"expected the last days of open interest, found {at_ms}")
        return _interest(asked, item, at_ms, {"oiCcy": coins, "oiUsd": usd})

    return asked.each(data[::-1], read)


def _funding(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    item = asked.instrument("instId")

    def read(message: object) -> tuple[int, float]:
        row = fields(message, "a settlement")
        if row.get("instId", item.symbol) != item.symbol:
            raise Rejection("wrong symbol", f"expected {item.symbol}, found {shown(row.get('instId'))}")
        at_ms = milliseconds(row.get("fundingTime"), "fundingTime")
        name = "fundingRate" if row.get("realizedRate") in (None, "") else "realizedRate"
        return at_ms, finite(row.get(name), name)

    return settlements(asked, item, data, read)


def _long_short(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    item = asked.instrument("instId")

    def read(row: object) -> LongShort:
        at, ratio = cells(row, 2, "a long/short ratio")[:2]
        longs_per_short = not_negative(ratio, "ratio")
        return asked.long_short(item, milliseconds(at, "ts"), _BASES[asked.path], longs_per_short, 1.0)

    return asked.each(data[::-1], read)


def _candles(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    item = asked.instrument("instId")
    bar = asked.query.get("bar", "")
    if bar not in _INTERVALS:
        raise BadAnswer(f"no such interval: {shown(bar)}")

    def read(row: object) -> Candle:
        at, opened, high, low, close, contracts, _, _, confirm = cells(row, 9, "a candle")[:9]
        found = Bar(opened, high, low, close, contracts, closed=confirm == "1")
        return asked.candle(item, _INTERVALS[bar], milliseconds(at, "ts"), found)

    return asked.each(data[::-1], read)


def _depth(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    item = asked.instrument("instId")
    book = fields(data[0] if data else None, "an order book")
    at_ms = milliseconds(book.get("ts"), "ts")
    found = asked.depth(item, at_ms, levels(book.get("bids"), "bids"), levels(book.get("asks"), "asks"))
    if item.coin in FINE_COINS and asked.path.endswith("/books"):
        return [depth for depth in found if depth.band_percent == BAND_PERCENT]  # else the full book tells a wider one
    return found


def _volumes(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    return read_options(asked, data, "vol24h")


def _margin_tiers(asked: Asked, data: list[Any]) -> Sequence[AnyEvent]:
    symbol = f"{asked.query.get('instFamily', '')}-SWAP"
    item = asked.symbols.of("okx", "perp").get(symbol)
    if item is None:
        raise BadAnswer(f"{asked.path}: {shown(symbol)} is not among the listed instruments of okx")
    asked.symbols.tiers["okx", symbol] = read_tiers(data, item)
    return ()


_READERS: dict[str, Callable[[Asked, list[Any]], Sequence[AnyEvent]]] = {
    "/api/v5/public/open-interest": _open_interest,
    "/api/v5/public/funding-rate-history": _funding,
    "/api/v5/public/position-tiers": _margin_tiers,
    "/api/v5/market/candles": _candles,
    "/api/v5/market/books": _depth,
    "/api/v5/market/books-full": _depth,
    "/api/v5/market/tickers": _volumes,
    f"{_CONTRACTS}/open-interest-history": _interest_history,
    **dict.fromkeys(_BASES, _long_short),
}
