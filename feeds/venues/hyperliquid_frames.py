"""Hyperliquid's websocket frames: trades, and asset contexts with mark price, funding and open interest.

    {"channel":"trades","data":[{"coin":"BTC","side":"A","px":"104320.0","sz":"0.01500","hash":"0x3","time":1769916002000,
        "tid":300003,"users":["0xbuyer","0xseller"]}]}
    {"channel":"activeAssetCtx","data":{"coin":"BTC","ctx":{"funding":"0.0000125","openInterest":"27353.17682",
        "oraclePx":"77605.0","markPx":"77562.0","midPx":"77558.5"}}}

Trade `side` is the aggressor's, B a bid, A an ask; `sz` is in coins. `tid` is unique only together with the time.
`funding` is the running rate per hour, `openInterest` counts coins, `oraclePx` is the index; a context has no time of
its own, so it is dated when it came (Hyperliquid documentation, websocket subscriptions). The first trades of each
subscription are a back-fill, told apart by the time of its acknowledgement. `coin` is case-sensitive (kPEPE). A trade
has no mark of a liquidation: a zero `hash` is a system order.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from feeds.events import Funding, Market, MarkPrice, OpenInterest, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded, Pong, Rejected
from feeds.venues.reading import (
    LATEST_MS,
    LEAST,
    MOST,
    Rejection,
    fields,
    finite,
    left_out,
    milliseconds,
    not_negative,
    parse,
    positive,
    shown,
    text,
)

_BANNER = b"Websocket connection established."
_BACKFILL_MS = 10_000  # without an acknowledgement: what is older than this when a coin's first trades come
_HOURS = 1.0
_TAKERS = {"B": "buy", "A": "sell"}


class _TradeRow(msgspec.Struct):
    coin: str
    side: str
    px: float
    sz: float
    time: int
    tid: int


class _Trades(msgspec.Struct):
    data: list[_TradeRow]


_trades = msgspec.json.Decoder(_Trades, strict=False)


class HyperliquidDecoder:
    """Decodes the frames of one socket; it knows when each coin was subscribed to, and which have traded since."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments
        self._since: dict[str, int] = {}
        self._traded: set[str] = set()

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame. Healthy trades take the short way, all else is read with care."""
        if frame.startswith(b'{"channel":"trades"'):
            try:
                rows = _trades.decode(frame).data
                events = [self._short_trade(row, received_ms) for row in rows if self._is_new(row, received_ms)]
                self._traded.update(row.coin for row in rows)
                return events
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, ValueError):
                pass
        if frame.strip() == _BANNER:
            return (Acknowledged(),)
        return self._with_care(frame, received_ms)

    def _is_new(self, row: _TradeRow, received_ms: int) -> bool:
        """Whether a trade happened since the subscription; all but a coin's first frame of trades did."""
        return row.coin in self._traded or row.time >= self._since.get(row.coin, received_ms - _BACKFILL_MS)

    def _short_trade(self, row: _TradeRow, received_ms: int) -> Trade:
        if not (LEAST < row.px < MOST and LEAST < row.sz < MOST and 0 < row.time < LATEST_MS and row.side in _TAKERS):
            raise ValueError
        return self._as_trade(self._instruments[row.coin], row, received_ms)

    def _as_trade(self, instrument: Instrument, row: _TradeRow, received_ms: int) -> Trade:
        price, quantity, notional = instrument.size(row.px, row.sz)
        return Trade(
            venue="hyperliquid",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=row.time,
            received_ms=received_ms,
            taker="buy" if row.side == "B" else "sell",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            identity=f"{row.tid} {row.time}",
        )

    def _with_care(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        try:
            message = fields(parse(frame), "a Hyperliquid message")
            channel, data = message.get("channel"), message.get("data")
            if channel == "trades":
                return self._trades(data, received_ms)
            if channel == "activeAssetCtx":
                return self._context(data, received_ms)
            return (self._control(channel, data, received_ms),)
        except Rejection as error:
            return (self._left_out(error, received_ms),)

    def _trades(self, rows: object, received_ms: int) -> Sequence[Decoded]:
        if not isinstance(rows, list):
            raise Rejection("wrong type", f"expected a list as data of trades, found {shown(rows)}")
        events: list[Decoded] = []
        coins: set[str] = set()
        for message in rows:
            try:
                row, instrument = self._trade(message)
                coins.add(row.coin)
                if self._is_new(row, received_ms):
                    events.append(self._as_trade(instrument, row, received_ms))
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        self._traded |= coins
        return events

    def _trade(self, message: object) -> tuple[_TradeRow, Instrument]:
        row = fields(message, "a trade")
        instrument = self._instrument(row)
        side, number = row.get("side"), row.get("tid")
        if not isinstance(side, str) or side not in _TAKERS:
            raise Rejection("wrong type", f"expected B or A as side, found {shown(side)}")
        if isinstance(number, bool) or not isinstance(number, int):
            raise Rejection("wrong type", f"expected a whole number as tid, found {shown(number)}")
        price, units = positive(row.get("px"), "px"), positive(row.get("sz"), "sz")
        at_ms = milliseconds(row.get("time"), "time")
        return _TradeRow(instrument.symbol, side, price, units, at_ms, number), instrument

    def _context(self, data: object, received_ms: int) -> Sequence[Decoded]:
        row = fields(data, "data of activeAssetCtx")
        instrument = self._instrument(row)
        context = fields(row.get("ctx"), "ctx")
        readers: tuple[Callable[[Instrument, Mapping[str, Any], int], Decoded], ...]
        readers = self._mark, self._funding, self._open_interest
        events: list[Decoded] = []
        for read in readers:
            try:
                events.append(read(instrument, context, received_ms))
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        return events

    def _mark(self, instrument: Instrument, context: Mapping[str, Any], received_ms: int) -> MarkPrice:
        index = context.get("oraclePx")
        return MarkPrice(
            venue="hyperliquid",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=received_ms,
            received_ms=received_ms,
            mark=positive(context.get("markPx"), "markPx") / instrument.price_unit,
            index=None if index in (None, "") else positive(index, "oraclePx") / instrument.price_unit,
        )

    def _funding(self, instrument: Instrument, context: Mapping[str, Any], received_ms: int) -> Funding:
        return Funding(
            venue="hyperliquid",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=received_ms,
            received_ms=received_ms,
            rate=finite(context.get("funding"), "funding"),
            interval_hours=_HOURS,
            next_at_ms=None,
        )

    def _open_interest(self, instrument: Instrument, context: Mapping[str, Any], received_ms: int) -> OpenInterest:
        mark = positive(context.get("markPx"), "markPx of open interest")
        _, coins, notional = instrument.size(mark, not_negative(context.get("openInterest"), "openInterest"))
        return OpenInterest(
            venue="hyperliquid",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=received_ms,
            received_ms=received_ms,
            coins=coins,
            notional_usd=notional,
        )

    def _control(self, channel: object, data: object, received_ms: int) -> Decoded:
        if channel == "pong":
            return Pong()
        if channel == "subscriptionResponse":
            asked = data.get("subscription") if isinstance(data, dict) else None
            if isinstance(asked, dict) and asked.get("type") == "trades" and isinstance(asked.get("coin"), str):
                self._since.setdefault(asked["coin"], received_ms)
            return Acknowledged()
        if channel == "error":
            return Rejected(f"Hyperliquid refused a request: {shown(data)}")
        raise Rejection("unknown message", f"expected a subscribed channel, found {shown(channel)}")

    def _instrument(self, row: Mapping[str, Any]) -> Instrument:
        symbol = text(row.get("coin"), "coin")
        try:
            return self._instruments[symbol]
        except KeyError:
            reason = f"{shown(symbol)} is not among Hyperliquid's listed perpetuals"
            raise Rejection("unknown symbol", reason) from None

    def _left_out(self, error: Rejection, received_ms: int) -> Decoded:
        return left_out("hyperliquid", self._market, received_ms, error.kind, error.reason)
