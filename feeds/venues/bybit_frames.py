"""Bybit's websocket frames: trades and liquidations. Tickers are read in `bybit_tickers`.

    {"topic":"publicTrade.BTCUSDT","ts":1,"data":[{"i":"21","T":1,"p":"77140.5","v":"0.004","S":"Sell","s":"BTCUSDT","BT":false}]}
    {"topic":"allLiquidation.ROSEUSDT","ts":1,"data":[{"T":1,"s":"ROSEUSDT","S":"Sell","v":"20000","p":"0.04499"}]}

publicTrade `S` is the taker's side; allLiquidation `S` is the side of the *position*: "when you receive a Buy update,
this means that a long position has been liquidated"; `p` is the bankruptcy price, `v` the executed size
(Bybit documentation, v5 websocket public topics). Block trades (`BT`) are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from feeds.events import Liquidation, Market, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded, Pong
from feeds.venues.bybit_tickers import Tickers
from feeds.venues.bybit_topics import refusal
from feeds.venues.reading import (
    LATEST_MS,
    LEAST,
    MOST,
    Rejection,
    fields,
    left_out,
    milliseconds,
    parse,
    positive,
    shown,
    text,
)


class _TradeRow(msgspec.Struct):
    T: int
    s: str
    S: str
    v: float
    p: float
    i: str
    BT: bool = False


class _Trades(msgspec.Struct):
    data: list[_TradeRow]


_trades = msgspec.json.Decoder(_Trades, strict=False)


class BybitDecoder:
    """Decodes the frames of one Bybit socket and keeps the merged ticker of each symbol."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments
        self._tickers = Tickers(market)

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame. Healthy trades take the short way, all else is read with care."""
        if frame.startswith(b'{"topic":"publicTrade.'):
            try:
                return [self._short_trade(row, received_ms) for row in _trades.decode(frame).data if not row.BT]
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, ValueError):
                pass
        return self._with_care(frame, received_ms)

    def _short_trade(self, row: _TradeRow, received_ms: int) -> Trade:
        if not (LEAST < row.p < MOST and LEAST < row.v < MOST and 0 < row.T < LATEST_MS and row.S in ("Buy", "Sell")):
            raise ValueError
        instrument = self._instruments[row.s]
        price, quantity, notional = instrument.size(row.p, row.v)
        return Trade(
            venue="bybit",
            market=self._market,
            symbol=row.s,
            coin=instrument.coin,
            at_ms=row.T,
            received_ms=received_ms,
            taker="buy" if row.S == "Buy" else "sell",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            identity=row.i,
        )

    def _with_care(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        try:
            message = fields(parse(frame), "a Bybit message")
            topic = message.get("topic")
            if topic is None and message.get("success") is False and message.get("ret_msg") != "pong":
                return refusal(message, self._market, self._instruments)
            if topic is None:
                return (_control(message),)
            kind = text(topic, "topic").partition(".")[0]
            if kind == "tickers":
                return self._tickers.read(message, self._instrument, received_ms)
            if kind not in ("publicTrade", "allLiquidation"):
                raise Rejection("unknown message", f"expected a subscribed topic, found {shown(topic)}")
            rows = message.get("data")
            if not isinstance(rows, list):
                raise Rejection("wrong type", f"expected a list as data of {shown(topic)}, found {shown(rows)}")
        except Rejection as error:
            return (left_out("bybit", self._market, received_ms, error.kind, error.reason),)
        if kind == "publicTrade":
            return [item for row in rows if (item := self._trade(row, received_ms)) is not None]
        seen: Counter[str] = Counter()
        return [self._liquidation(row, received_ms, seen) for row in rows]

    def _trade(self, message: object, received_ms: int) -> Decoded | None:
        try:
            row = fields(message, "a trade")
            if row.get("BT") is True:
                return None
            instrument = self._instrument(row.get("s"))
            side = _side(row)
            price, quantity, notional = instrument.size(positive(row.get("p"), "p"), positive(row.get("v"), "v"))
            return Trade(
                venue="bybit",
                market=self._market,
                symbol=instrument.symbol,
                coin=instrument.coin,
                at_ms=milliseconds(row.get("T"), "T"),
                received_ms=received_ms,
                taker="buy" if side == "Buy" else "sell",
                price=price,
                quantity=quantity,
                notional_usd=notional,
                identity=text(row.get("i"), "i"),
            )
        except Rejection as error:
            return left_out("bybit", self._market, received_ms, error.kind, error.reason)

    def _liquidation(self, message: object, received_ms: int, seen: Counter[str]) -> Decoded:
        try:
            row = fields(message, "a liquidation")
            instrument = self._instrument(row.get("s"))
            side = _side(row)
            units = positive(row.get("v"), "v")
            price, quantity, notional = instrument.size(positive(row.get("p"), "p"), units)
            at_ms = milliseconds(row.get("T"), "T")
            key = f"{instrument.symbol} {at_ms} {side} {units} {row['p']}"
            seen[key] += 1  # equal rows in one frame are two liquidations, an equal row in another frame is a repeat
            return Liquidation(
                venue="bybit",
                market=self._market,
                symbol=instrument.symbol,
                coin=instrument.coin,
                at_ms=at_ms,
                received_ms=received_ms,
                position="long" if side == "Buy" else "short",
                price=price,
                quantity=quantity,
                notional_usd=notional,
                sampled=False,
                identity=f"{key} {seen[key]}",
            )
        except Rejection as error:
            return left_out("bybit", self._market, received_ms, error.kind, error.reason)

    def _instrument(self, symbol: object) -> Instrument:
        name = text(symbol, "s")
        try:
            return self._instruments[name]
        except KeyError:
            raise Rejection("unknown symbol", f"{shown(name)} is not among Bybit's listed instruments") from None


def _side(row: Mapping[str, Any]) -> str:
    side = row.get("S")
    if side not in ("Buy", "Sell"):
        raise Rejection("wrong type", f"expected Buy or Sell as S, found {shown(side)}")
    return str(side)


def _control(message: Mapping[str, Any]) -> Decoded:
    operation = message.get("op")
    if operation == "pong" or message.get("ret_msg") == "pong":
        return Pong()
    if operation in ("subscribe", "ping") or message.get("type") == "COMMAND_RESP":
        return Acknowledged() if operation != "ping" else Pong()
    raise Rejection("unknown message", f"expected a known message, found {shown(dict(message))}")
