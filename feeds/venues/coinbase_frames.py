"""Coinbase's websocket frames: matches.

    {"type":"match","trade_id":10,"sequence":50,"maker_order_id":"ac928c66","taker_order_id":"132fb6ae",
        "time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","size":"5.23512","price":"400.23","side":"sell"}
    {"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2014-11-07T08:19:28.464459Z"}
    {"type":"error","message":"Failed to subscribe","reason":"BTC-FOO is not a valid product"}

`side` is the *maker's*: "If the side is sell this indicates the maker was a sell order and the match is considered an
up-tick", so the taker bought. `last_match`, pushed on subscribing, is the last trade before it and no new one (Coinbase
Exchange documentation, websocket channels).
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from feeds.events import Market, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded, Pong, Rejected
from feeds.venues.reading import (
    LATEST_MS,
    LEAST,
    MOST,
    Rejection,
    fields,
    left_out,
    parse,
    positive,
    shown,
    text,
)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_TAKERS = {"sell": "buy", "buy": "sell"}
"""The taker's side by the maker's."""


class _Match(msgspec.Struct):
    trade_id: int
    time: str
    product_id: str
    size: float
    price: float
    side: str


_match = msgspec.json.Decoder(_Match, strict=False)


class CoinbaseDecoder:
    """Decodes the frames of one Coinbase socket; it has no memory."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame. Healthy matches take the short way, all else is read with care."""
        if frame.startswith(b'{"type":"match"'):
            try:
                row = _match.decode(frame)
                if LEAST < row.price < MOST and LEAST < row.size < MOST and row.side in _TAKERS:
                    return (self._as_trade(self._instruments[row.product_id], row, received_ms),)
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, Rejection):
                pass
        try:
            return self._with_care(fields(parse(frame), "a Coinbase message"), received_ms)
        except Rejection as error:
            return (left_out("coinbase", self._market, received_ms, error.kind, error.reason),)

    def _as_trade(self, instrument: Instrument, row: _Match, received_ms: int) -> Trade:
        price, quantity, notional = instrument.size(row.price, row.size)
        return Trade(
            venue="coinbase",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=_milliseconds(row.time),
            received_ms=received_ms,
            taker="buy" if row.side == "sell" else "sell",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            identity=row.trade_id,
        )

    def _with_care(self, message: Mapping[str, Any], received_ms: int) -> Sequence[Decoded]:
        kind = message.get("type")
        if kind == "match":
            return (self._trade(message, received_ms),)
        if kind == "last_match":
            return ()
        if kind == "heartbeat":
            return (Pong(),)
        if kind == "subscriptions":
            return (Acknowledged(),)
        if kind == "error":
            return (Rejected(f"Coinbase: {shown(message.get('message'))}: {shown(message.get('reason'))}"),)
        raise Rejection("unknown message", f"expected a subscribed type, found {shown(kind)}")

    def _trade(self, message: Mapping[str, Any], received_ms: int) -> Trade:
        instrument = self._instrument(message)
        side, number = message.get("side"), message.get("trade_id")
        if not isinstance(side, str) or side not in _TAKERS:
            raise Rejection("wrong type", f"expected buy or sell as side, found {shown(side)}")
        if isinstance(number, bool) or not isinstance(number, int):
            raise Rejection("wrong type", f"expected a whole number as trade_id, found {shown(number)}")
        size, price = positive(message.get("size"), "size"), positive(message.get("price"), "price")
        row = _Match(number, text(message.get("time"), "time"), instrument.symbol, size, price, side)
        return self._as_trade(instrument, row, received_ms)

    def _instrument(self, message: Mapping[str, Any]) -> Instrument:
        symbol = text(message.get("product_id"), "product_id")
        try:
            return self._instruments[symbol]
        except KeyError:
            raise Rejection("unknown symbol", f"{shown(symbol)} is not among Coinbase's listed products") from None


def _milliseconds(time: str) -> int:
    """An ISO 8601 time with its zone as UNIX milliseconds; raises `Rejection` for anything else."""
    try:
        at_ms = (datetime.fromisoformat(time) - _EPOCH) // _MILLISECOND
    except (ValueError, TypeError, OverflowError):  # no time, one without a zone, one beyond all calendars
        raise Rejection("invalid number", f"expected an ISO 8601 time with its zone, found {shown(time)}") from None
    if not 0 < at_ms < LATEST_MS:
        raise Rejection("invalid number", f"expected a time from 1970 to 2100, found {shown(time)}")
    return at_ms
