"""OKX's websocket frames: trades, mark prices, funding rates and liquidations.

    {"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"1","px":"42219.9","sz":"0.12","side":"buy","ts":"1"}]}
    {"arg":{"channel":"mark-price","instId":"BTC-USDT-SWAP"},"data":[{"instId":"BTC-USDT-SWAP","markPx":"42310.6","ts":"1"}]}
    {"arg":{"channel":"funding-rate",...},"data":[{"instId":"BTC-USD-SWAP","fundingRate":"0.0001","fundingTime":"1","nextFundingTime":"2","ts":"1"}]}
    {"arg":{"channel":"liquidation-orders","instType":"SWAP"},"data":[{"instId":"IOST-USDT-SWAP","details":[
        {"bkPx":"0.007831","posSide":"short","side":"buy","sz":"13","ts":"1692266434010"}]}]}

Trade `side` is the taker's. Liquidation `side` is the order's, `posSide` the position's and wins where it is long or
short; `bkPx` is the bankruptcy price, `sz` is in contracts. `fundingTime` is the coming settlement, `nextFundingTime`
the one after, so the interval is their difference (OKX documentation, v5 public channels). Liquidations from before the
subscription are pushed again at each subscribe, and so is the last trade.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from feeds.events import EVERY_COIN, Funding, Liquidation, Market, MarkPrice, Trade
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

_LAST_TRADE_MS = 1_000  # a first push older than this is the last trade, said again on subscribe
_CLOSING = "64008"
_TOO_FREQUENT = "60014"


class _TradeRow(msgspec.Struct):
    instId: str
    tradeId: str
    px: float
    sz: float
    side: str
    ts: int


class _Trades(msgspec.Struct):
    data: list[_TradeRow]


_trades = msgspec.json.Decoder(_Trades, strict=False)


class OkxDecoder:
    """Decodes the frames of one OKX socket; it knows which instruments have traded on it."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments
        self._traded: set[str] = set()

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame. Healthy trades take the short way, all else is read with care."""
        if frame.startswith(b'{"arg":{"channel":"trades"'):
            try:
                return [
                    self._short_trade(row, received_ms)
                    for row in _trades.decode(frame).data
                    if row.instId in self._traded or self._is_new(row.instId, row.ts, received_ms)
                ]
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, ValueError):
                pass
        if frame == b"pong":
            return (Pong(),)
        return self._with_care(frame, received_ms)

    def _is_new(self, symbol: str, at_ms: int, received_ms: int) -> bool:
        """Whether a symbol's first trade on this socket happened now rather than before the subscription."""
        self._traded.add(symbol)
        return received_ms - at_ms <= _LAST_TRADE_MS

    def _short_trade(self, row: _TradeRow, received_ms: int) -> Trade:
        timed = 0 < row.ts < LATEST_MS
        if not (LEAST < row.px < MOST and LEAST < row.sz < MOST and timed and row.side in ("buy", "sell")):
            raise ValueError
        return self._as_trade(self._instruments[row.instId], row.px, row.sz, row.side, row.ts, row.tradeId, received_ms)

    def _as_trade(
        self,
        instrument: Instrument,
        px: float,
        sz: float,
        side: str,
        at_ms: int,
        identity: str,
        received_ms: int,
    ) -> Trade:
        price, quantity, notional = instrument.size(px, sz)
        return Trade(
            venue="okx",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            taker="buy" if side == "buy" else "sell",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            identity=identity,
        )

    def _with_care(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        try:
            message = fields(parse(frame), "an OKX message")
            if "event" in message:
                return (_control(message),)
            channel = fields(message.get("arg"), "arg").get("channel")
            rows = message.get("data")
            if channel not in ("trades", "mark-price", "funding-rate", "liquidation-orders"):
                raise Rejection("unknown message", f"expected a subscribed channel, found {shown(channel)}")
            if not isinstance(rows, list):
                raise Rejection("wrong type", f"expected a list as data of {channel}, found {shown(rows)}")
        except Rejection as error:
            return (left_out("okx", self._market, received_ms, error.kind, error.reason),)
        seen: Counter[str] = Counter()
        return [item for row in rows for item in self._row(channel, row, received_ms, seen)]

    def _row(self, channel: str, message: object, received_ms: int, seen: Counter[str]) -> Sequence[Decoded]:
        try:
            row = fields(message, f"a row of {channel}")
            if channel == "liquidation-orders":
                return self._liquidations(row, received_ms, seen)
            instrument = self._instrument(row)
            at_ms = milliseconds(row.get("ts"), "ts")
            if channel == "trades":
                return self._trade(instrument, row, at_ms, received_ms)
            if channel == "mark-price":
                return (self._mark(instrument, row, at_ms, received_ms),)
            return (self._funding(instrument, row, at_ms, received_ms),)
        except Rejection as error:
            return (left_out("okx", self._market, received_ms, error.kind, error.reason),)

    def _trade(self, instrument: Instrument, row: Mapping[str, Any], at_ms: int, received_ms: int) -> Sequence[Trade]:
        side = _side(row)
        px, sz = positive(row.get("px"), "px"), positive(row.get("sz"), "sz")
        identity = text(row.get("tradeId"), "tradeId")
        if instrument.symbol not in self._traded and not self._is_new(instrument.symbol, at_ms, received_ms):
            return ()
        return (self._as_trade(instrument, px, sz, side, at_ms, identity, received_ms),)

    def _mark(self, instrument: Instrument, row: Mapping[str, Any], at_ms: int, received_ms: int) -> MarkPrice:
        return MarkPrice(
            venue="okx",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            mark=positive(row.get("markPx"), "markPx") / instrument.price_unit,
            index=None,
        )

    def _funding(self, instrument: Instrument, row: Mapping[str, Any], at_ms: int, received_ms: int) -> Funding:
        coming = row.get("fundingTime")
        after = row.get("nextFundingTime")
        next_at_ms = None if coming in (None, "") else milliseconds(coming, "fundingTime")
        hours = None
        if next_at_ms is not None and after not in (None, ""):
            hours = (milliseconds(after, "nextFundingTime") - next_at_ms) / 3_600_000
        return Funding(
            venue="okx",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            rate=finite(row.get("fundingRate"), "fundingRate"),
            interval_hours=hours if hours and hours > 0 else None,
            next_at_ms=next_at_ms,
        )

    def _liquidations(self, row: Mapping[str, Any], received_ms: int, seen: Counter[str]) -> Sequence[Decoded]:
        instrument = self._instrument(row)
        details = row.get("details")
        if not isinstance(details, list):
            raise Rejection("wrong type", f"expected a list as details, found {shown(details)}")
        events: list[Decoded] = []
        for detail in details:
            try:
                events.append(self._liquidation(instrument, fields(detail, "a liquidation"), received_ms, seen))
            except Rejection as error:
                events.append(left_out("okx", self._market, received_ms, error.kind, error.reason))
        return events

    def _liquidation(
        self, instrument: Instrument, detail: Mapping[str, Any], received_ms: int, seen: Counter[str]
    ) -> Liquidation:
        held, side = detail.get("posSide"), _side(detail)
        units = positive(detail.get("sz"), "sz")
        price, quantity, notional = instrument.size(positive(detail.get("bkPx"), "bkPx"), units)
        at_ms = milliseconds(detail.get("ts"), "ts")
        key = f"{instrument.symbol} {at_ms} {side} {held} {units} {detail['bkPx']}"
        seen[key] += 1
        closes_long = held == "long" or (held != "short" and side == "sell")
        return Liquidation(
            venue="okx",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            position="long" if closes_long else "short",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            sampled=True,
            identity=f"{key} {seen[key]}",
        )

    def _instrument(self, row: Mapping[str, Any]) -> Instrument:
        symbol = text(row.get("instId"), "instId")
        try:
            return self._instruments[symbol]
        except KeyError:
            reason = f"{shown(symbol)} is not among OKX's listed instruments, so its contract size is not known"
            raise Rejection("unknown symbol", reason) from None


def _side(row: Mapping[str, Any]) -> str:
    side = row.get("side")
    if side not in ("buy", "sell"):
        raise Rejection("wrong type", f"expected buy or sell as side, found {shown(side)}")
    return str(side)


def _control(message: Mapping[str, Any]) -> Decoded:
    event = message["event"]
    words = f"{shown(message.get('code'))}: {shown(message.get('msg'))}"
    if event in ("subscribe", "unsubscribe", "channel-conn-count"):
        return Acknowledged()
    if event == "notice" and message.get("code") == _CLOSING:
        return Closing(f"OKX announced a service upgrade ({words})")
    if event == "notice":
        return Acknowledged()
    if event in ("error", "channel-conn-count-error"):
        if "liquidation-orders" in str(message.get("msg")):
            return Rejected(f"OKX refused liquidation-orders, {words}", unseen=EVERY_COIN)
        return Rejected(f"OKX refused the request, {words}", message.get("code") == _TOO_FREQUENT)
    raise Rejection("unknown message", f"expected a known event, found {shown(event)}")
