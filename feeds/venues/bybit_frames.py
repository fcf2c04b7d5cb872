"""Bybit's websocket frames: trades, liquidations, and tickers with mark price and funding.

    {"topic":"publicTrade.BTCUSDT","ts":1,"data":[{"i":"21","T":1,"p":"77140.5","v":"0.004","S":"Sell","s":"BTCUSDT","BT":false}]}
    {"topic":"allLiquidation.ROSEUSDT","ts":1,"data":[{"T":1,"s":"ROSEUSDT","S":"Sell","v":"20000","p":"0.04499"}]}
    {"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"61875.06"},"ts":1}

publicTrade `S` is the taker's side; allLiquidation `S` is the side of the *position*: "when you receive a Buy update,
this means that a long position has been liquidated"; `p` is the bankruptcy price, `v` the executed size. A ticker
starts with a snapshot, then carries changed keys only (Bybit documentation, v5 websocket public topics). Block trades
(`BT`) are left out.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from feeds.events import Funding, Liquidation, Market, MarkPrice, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded, Pong, Rejected
from feeds.venues.reading import (
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

_FUNDING_REPEAT_MS = 30_000  # an unchanged rate is said again this often: every delta confirms it


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
        self._tickers: dict[str, dict[str, Any]] = {}
        self._funding_said: dict[str, tuple[tuple[object, ...], int]] = {}

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame. Healthy trades take the short way, all else is read with care."""
        if frame.startswith(b'{"topic":"publicTrade.'):
            try:
                return [self._short_trade(row, received_ms) for row in _trades.decode(frame).data if not row.BT]
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, ValueError):
                pass
        return self._with_care(frame, received_ms)

    def _short_trade(self, row: _TradeRow, received_ms: int) -> Trade:
        if not (LEAST < row.p < MOST and LEAST < row.v < MOST and row.T > 0 and row.S in ("Buy", "Sell")):
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
            if topic is None:
                return (_control(message),)
            kind = text(topic, "topic").partition(".")[0]
            if kind == "tickers":
                return self._ticker(message, received_ms)
            if kind not in ("publicTrade", "allLiquidation"):
                raise Rejection("unknown message", f"expected a subscribed topic, found {shown(topic)}")
            rows = message.get("data")
            if not isinstance(rows, list):
                raise Rejection("wrong type", f"expected a list as data of {topic}, found {shown(rows)}")
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

    def _ticker(self, message: dict[str, Any], received_ms: int) -> Sequence[Decoded]:
        data = fields(message.get("data"), "ticker data")
        symbol = text(data.get("symbol"), "symbol")
        instrument = self._instrument(symbol)
        if message.get("type") == "snapshot":
            ticker = self._tickers[symbol] = dict(data)
        elif symbol in self._tickers:
            ticker = self._tickers[symbol]
            ticker.update(data)
        else:
            raise Rejection("no snapshot", f"expected a ticker snapshot of {symbol} first, found a delta")
        at_ms = milliseconds(message.get("ts"), "ts")
        events: list[Decoded] = []
        try:
            if ("markPrice" in data or "indexPrice" in data) and ticker.get("markPrice"):
                events.append(self._mark(instrument, ticker, at_ms, received_ms))
            if ticker.get("fundingRate") not in (None, ""):
                events.extend(self._funding(instrument, ticker, at_ms, received_ms))
        except Rejection as error:
            events.append(left_out("bybit", self._market, received_ms, error.kind, error.reason))
        return events

    def _mark(self, instrument: Instrument, ticker: Mapping[str, Any], at_ms: int, received_ms: int) -> MarkPrice:
        index = ticker.get("indexPrice")
        return MarkPrice(
            venue="bybit",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            mark=positive(ticker["markPrice"], "markPrice") / instrument.price_unit,
            index=None if index in (None, "") else positive(index, "indexPrice") / instrument.price_unit,
        )

    def _funding(
        self, instrument: Instrument, ticker: Mapping[str, Any], at_ms: int, received_ms: int
    ) -> Sequence[Funding]:
        state = (ticker["fundingRate"], ticker.get("nextFundingTime"), ticker.get("fundingIntervalHour"))
        said, said_ms = self._funding_said.get(instrument.symbol, ((), 0))
        if state == said and at_ms - said_ms < _FUNDING_REPEAT_MS:
            return ()
        rate, next_at, hours = state
        event = Funding(
            venue="bybit",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            rate=finite(rate, "fundingRate"),
            interval_hours=(
                instrument.funding_interval_hours if hours in (None, "") else positive(hours, "fundingIntervalHour")
            ),
            next_at_ms=None if next_at in (None, "", "0") else milliseconds(next_at, "nextFundingTime"),
        )
        self._funding_said[instrument.symbol] = (state, at_ms)
        return (event,)

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
    if message.get("success") is False:
        words = shown(message.get("ret_msg"))
        return Rejected(f"Bybit refused the subscription of {shown(message.get('req_id'))}: {words}")
    if operation in ("subscribe", "ping") or message.get("type") == "COMMAND_RESP":
        return Acknowledged() if operation != "ping" else Pong()
    raise Rejection("unknown message", f"expected a known message, found {shown(dict(message))}")
