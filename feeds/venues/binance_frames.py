"""Binance's websocket frames: trades, mark prices with funding, and liquidations.

    {"stream":"btcusdt@aggTrade","data":{"e":"aggTrade","E":1,"s":"BTCUSDT","a":5,"p":"1.0","q":"2","T":1,"m":true}}
    {"e":"markPriceUpdate","E":1,"s":"BTCUSDT","p":"11794.15","i":"11784.62","r":"0.00038167","T":1562306400000}
    {"e":"forceOrder","E":1,"o":{"s":"BTCUSDT","S":"SELL","q":"0.014","p":"9910","ap":"9910","z":"0.014","T":1}}

aggTrade `m`: the buyer is the maker, so the taker sold. markPriceUpdate `T`: the next funding time. forceOrder `S`: the
side of the forced order, so SELL closes a long; `ap` average fill price, `z` filled quantity, `T` trade time (Binance
documentation, USD-M websocket streams). The routed sockets wrap a frame in `stream` and `data`; raw ones don't.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from feeds.events import Funding, Liquidation, Market, MarkPrice, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Closing, Decoded, Pong, Rejected
from feeds.venues.reading import (
    LATEST_MS,
    LEAST,
    MOST,
    Rejection,
    fields,
    finite,
    left_out,
    milliseconds,
    parse,
    positive,
    shown,
    text,
)

HEARTBEAT_ID = 900
_COIN_MARGINED = re.compile(r"^[A-Z0-9]+USD_(PERP|\d{6})$")
_DATED = re.compile(r"_\d{6}$")
_SIDES = ("BUY", "SELL")


class _AggTrade(msgspec.Struct, tag="aggTrade", tag_field="e"):
    s: str
    p: float
    q: float
    T: int
    m: bool
    a: int


class _Mark(msgspec.Struct, tag="markPriceUpdate", tag_field="e"):
    E: int
    s: str
    p: float
    r: float
    T: int
    i: float


class _Order(msgspec.Struct):
    s: str
    S: str
    p: str
    ap: str
    z: str
    T: int
    st: int = 1


class _ForceOrder(msgspec.Struct, tag="forceOrder", tag_field="e"):
    o: _Order
    st: int = 1


_Frame = _AggTrade | _Mark | _ForceOrder


class _Wrapped(msgspec.Struct):
    data: _Frame


_wrapped: msgspec.json.Decoder[_Wrapped] = msgspec.json.Decoder(_Wrapped, strict=False)
_raw: msgspec.json.Decoder[_Frame] = msgspec.json.Decoder(_Frame, strict=False)


class BinanceDecoder:
    """Decodes the frames of one Binance socket; it has no memory."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame. Healthy frames take the short way, all else is read with care."""
        try:
            row = _wrapped.decode(frame).data if frame.startswith(b'{"stream"') else _raw.decode(frame)
            if isinstance(row, _AggTrade):
                if LEAST < row.p < MOST and LEAST < row.q < MOST and 0 < row.T < LATEST_MS:
                    return (self._as_trade(self._instruments[row.s], row.p, row.q, row.m, row.T, row.a, received_ms),)
            elif isinstance(row, _ForceOrder):
                order, price, units = row.o, float(row.o.ap), float(row.o.z)
                sized = LEAST < price < MOST and LEAST < units < MOST and 0 < order.T < LATEST_MS
                if sized and order.S in _SIDES and row.st == order.st == 1:
                    instrument = self._instruments[order.s]
                    return (self._as_liquidation(instrument, price, units, order, received_ms),)
            elif _is_sound(row):
                instrument = self._instruments[row.s]
                return self._as_mark(instrument, row.E, received_ms, row.p, row.i, row.r, row.T)
        except (msgspec.MsgspecError, ValueError, RecursionError, KeyError):
            pass
        return self._with_care(frame, received_ms)

    def _as_trade(
        self,
        instrument: Instrument,
        price: float,
        units: float,
        buyer_is_maker: bool,
        at_ms: int,
        identity: int,
        received_ms: int,
    ) -> Trade:
        per_coin, quantity, notional = instrument.size(price, units)
        return Trade(
            venue="binance",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            taker="sell" if buyer_is_maker else "buy",
            price=per_coin,
            quantity=quantity,
            notional_usd=notional,
            identity=identity,
        )

    def _as_liquidation(
        self, instrument: Instrument, price: float, units: float, order: _Order, received_ms: int
    ) -> Liquidation:
        per_coin, quantity, notional = instrument.size(price, units)
        return Liquidation(
            venue="binance",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=order.T,
            received_ms=received_ms,
            position="long" if order.S == "SELL" else "short",
            price=per_coin,
            quantity=quantity,
            notional_usd=notional,
            sampled=True,
            identity=f"{order.T} {order.S} {order.z} {order.p}",
        )

    def _with_care(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        try:
            message = parse(frame)
            if isinstance(message, dict) and isinstance(message.get("data"), dict | list):
                message = message["data"]
            if isinstance(message, list):
                return [item for row in message for item in self._row(row, received_ms)]
            return self._row(message, received_ms)
        except Rejection as error:
            return (left_out("binance", self._market, received_ms, error.kind, error.reason),)

    def _row(self, message: object, received_ms: int) -> Sequence[Decoded]:
        try:
            row = fields(message, "a Binance message")
            kind = row.get("e")
            if kind in ("aggTrade", "trade"):
                return self._trade(row, received_ms)
            if kind == "markPriceUpdate":
                return self._mark(row, received_ms)
            if kind == "forceOrder":
                return (self._liquidation(row, received_ms),)
            return (_control(row),)
        except Rejection as error:
            return (left_out("binance", self._market, received_ms, error.kind, error.reason),)

    def _trade(self, row: dict[str, Any], received_ms: int) -> Sequence[Decoded]:
        if row.get("X", "MARKET") != "MARKET":  # insurance fund and auto-deleveraging fills are not market trades
            return ()
        instrument = self._instrument(row)
        price, units = positive(row.get("p"), "p"), positive(row.get("q"), "q")
        maker = row.get("m")
        if not isinstance(maker, bool):
            raise Rejection("wrong type", f"expected true or false as m, found {shown(maker)}")
        identity = row.get("a" if row["e"] == "aggTrade" else "t")
        if isinstance(identity, bool) or not isinstance(identity, int):
            raise Rejection("wrong type", f"expected a whole number as trade id, found {shown(identity)}")
        at_ms = milliseconds(row.get("T"), "T")
        return (self._as_trade(instrument, price, units, maker, at_ms, identity, received_ms),)

    def _mark(self, row: dict[str, Any], received_ms: int) -> Sequence[Decoded]:
        return self._as_mark(
            self._instrument(row),
            received_ms if row.get("E") is None else milliseconds(row["E"], "E"),
            received_ms,
            positive(row.get("p"), "p"),
            None if row.get("i") in (None, "") else positive(row["i"], "i"),
            None if row.get("r") in (None, "") else finite(row["r"], "r"),
            milliseconds(row["T"], "T") if row.get("T") else 0,
        )

    def _as_mark(
        self,
        instrument: Instrument,
        at_ms: int,
        received_ms: int,
        mark: float,
        index: float | None,
        rate: float | None,
        next_at_ms: int,
    ) -> Sequence[Decoded]:
        price = MarkPrice(
            venue="binance",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            mark=mark / instrument.price_unit,
            index=None if index is None else index / instrument.price_unit,
        )
        if rate is None:
            return (price,)
        funding = Funding(
            venue="binance",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            rate=rate,
            interval_hours=instrument.funding_interval_hours,
            next_at_ms=next_at_ms or None,
        )
        return price, funding

    def _liquidation(self, row: dict[str, Any], received_ms: int) -> Liquidation:
        order = fields(row.get("o"), "o")
        symbol = text(order.get("s"), "s")
        instrument = self._covered(symbol, row.get("st", order.get("st")))
        side = order.get("S")
        if side not in _SIDES:
            raise Rejection("wrong type", f"expected BUY or SELL as S, found {shown(side)}")
        units = positive(order.get("z"), "z")
        price = _fill_price(order.get("ap"), order.get("p"))
        at_ms = milliseconds(order.get("T"), "T")
        checked = _Order(s=symbol, S=side, p=str(order.get("p")), ap="", z=str(order["z"]), T=at_ms)
        return self._as_liquidation(instrument, price, units, checked, received_ms)

    def _covered(self, symbol: str, product: object) -> Instrument:
        """The instrument of a forced order whose true size in USD is known. `product`: 1 USD-M, 2 COIN-M, or absent."""
        coin_margined = product == 2 or _COIN_MARGINED.match(symbol)
        try:
            instrument = self._instruments[symbol]
        except KeyError:
            what = "a dated contract" if _DATED.search(symbol) else "a COIN-M contract of unknown size"
            if not coin_margined and not _DATED.search(symbol):
                what = "not in Binance's list of crypto perpetuals"
            raise Rejection("not covered", f"liquidation of {shown(symbol)}: {what}") from None
        if coin_margined and instrument.usd_per_unit is None:
            raise Rejection("not covered", f"liquidation of {shown(symbol)}: a COIN-M contract of unknown size")
        return instrument

    def _instrument(self, row: dict[str, Any]) -> Instrument:
        symbol = text(row.get("s"), "s")
        try:
            return self._instruments[symbol]
        except KeyError:
            raise Rejection("unknown symbol", f"{shown(symbol)} is not among Binance's listed instruments") from None


def _is_sound(row: _Mark) -> bool:
    priced = LEAST < row.p < MOST and LEAST < row.i < MOST and -MOST < row.r < MOST
    return priced and 0 < row.E < LATEST_MS and 0 < row.T < LATEST_MS


def _fill_price(average: object, limit: object) -> float:
    """The average fill price; the order's limit price where the average is "0" or no number."""
    try:
        return positive(average, "ap")
    except Rejection:
        return positive(limit, "p")


def _control(row: dict[str, Any]) -> Decoded:
    if row.get("e") == "serverShutdown":
        return Closing("Binance announced a server shutdown")
    if "result" in row:
        return Acknowledged() if row["result"] is None else Pong()
    error = row.get("error", row)
    if isinstance(error, dict) and "code" in error:
        subscription = row.get("id")  # the heartbeat has a larger number, and does without its answer
        ends = type(subscription) is int and 0 < subscription < HEARTBEAT_ID
        return Rejected(f"Binance error {shown(error.get('code'))}: {shown(error.get('msg'))}", ends)
    raise Rejection("unknown message", f"expected a known message, found e={shown(row.get('e'))}")
