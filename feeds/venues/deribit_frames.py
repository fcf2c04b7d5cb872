"""Deribit's websocket frames: trades with the liquidations among them, and tickers.

    {"jsonrpc":"2.0","method":"subscription","params":{"channel":"trades.BTC-PERPETUAL.100ms","data":[
        {"timestamp":1789344933994,"price":76917.5,"amount":8450.0,"direction":"buy","instrument_name":"BTC-PERPETUAL",
        "trade_seq":140284854,"trade_id":"267258393","contracts":845.0,"liquidation":"T"}]}}
    {"jsonrpc":"2.0","method":"subscription","params":{"channel":"ticker.BTC-PERPETUAL.100ms","data":
        {"timestamp":1765541474086,"instrument_name":"BTC-PERPETUAL","mark_price":92281.78,"index_price":92263.55,
        "open_interest":1132329370.0,"current_funding":0.0,"funding_8h":0.00001742}}}

`direction` is the taker's; `amount` and `open_interest` are USD for inverse perpetuals, coins for linear ones.
`liquidation` is there only for trades caused by one: "M" when the maker side was liquidated, "T" when the taker side
was, "MT" when both were. Such a trade is a trade as well. `funding_8h` is the rate over 8 hours; it is paid all the
time, so there is no next payment (Deribit documentation, trades.{instrument_name}.{interval} and ticker). Block trades
were agreed elsewhere, have no aggressor and are left out.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from feeds.events import Funding, Liquidation, Market, MarkPrice, OpenInterest, Position, Trade
from feeds.symbols import Instrument
from feeds.venue import Decoded
from feeds.venues.deribit_protocol import control
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

_FUNDING_HOURS = 8.0
_DIRECTIONS = ("buy", "sell")
_LIQUIDATED = ("T", "M", "MT")
_TRADES = b'{"jsonrpc":"2.0","method":"subscription","params":{"channel":"trades.'


class _TradeRow(msgspec.Struct):
    instrument_name: str
    timestamp: int
    price: float
    amount: float
    direction: str
    trade_id: str
    liquidation: str | None = None
    block_trade_id: str | None = None


class _Trades(msgspec.Struct):
    data: list[_TradeRow]


class _Notification(msgspec.Struct):
    params: _Trades


_trades = msgspec.json.Decoder(_Notification)


class DeribitDecoder:
    """Decodes the frames of one Deribit socket; it has no memory."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame. Healthy trades take the short way, all else is read with care."""
        if frame.startswith(_TRADES):
            try:
                return [
                    event
                    for row in _trades.decode(frame).params.data
                    if row.block_trade_id is None
                    for event in self._short_trade(row, received_ms)
                ]
            except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError, KeyError, ValueError):
                pass
        try:
            return self._with_care(fields(parse(frame), "a Deribit message"), received_ms)
        except Rejection as error:
            return (self._left_out(error, received_ms),)

    def _short_trade(self, row: _TradeRow, received_ms: int) -> Iterator[Trade | Liquidation]:
        sized = LEAST < row.price < MOST and LEAST < row.amount < MOST
        known = row.direction in _DIRECTIONS and (row.liquidation is None or row.liquidation in _LIQUIDATED)
        if not (sized and known and 0 < row.timestamp < LATEST_MS and 0 < len(row.trade_id) <= 64):
            raise ValueError
        return self._as_events(self._instruments[row.instrument_name], row, received_ms)

    def _as_events(self, instrument: Instrument, row: _TradeRow, received_ms: int) -> Iterator[Trade | Liquidation]:
        price, quantity, notional = instrument.size(row.price, row.amount)
        yield Trade(
            venue="deribit",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=row.timestamp,
            received_ms=received_ms,
            taker="buy" if row.direction == "buy" else "sell",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            identity=row.trade_id,
        )
        for position in _liquidated(row):
            yield Liquidation(
                venue="deribit",
                market=self._market,
                symbol=instrument.symbol,
                coin=instrument.coin,
                at_ms=row.timestamp,
                received_ms=received_ms,
                position=position,
                price=price,
                quantity=quantity,
                notional_usd=notional,
                sampled=False,
                identity=f"{row.trade_id} {position}",
            )

    def _with_care(self, message: Mapping[str, Any], received_ms: int) -> Sequence[Decoded]:
        if message.get("method") != "subscription":
            return (control(message),)
        params = fields(message.get("params"), "params")
        channel, data = text(params.get("channel"), "channel"), params.get("data")
        kind = channel.partition(".")[0]
        if kind == "ticker":
            return self._ticker(fields(data, "ticker data"), received_ms)
        if kind != "trades":
            raise Rejection("unknown message", f"expected a subscribed channel, found {shown(channel)}")
        if not isinstance(data, list):
            raise Rejection("wrong type", f"expected a list as data of {shown(channel)}, found {shown(data)}")
        return [event for row in data for event in self._trade(row, received_ms)]

    def _trade(self, message: object, received_ms: int) -> Sequence[Decoded]:
        try:
            row = fields(message, "a trade")
            if row.get("block_trade_id") is not None:
                return ()
            instrument = self._instrument(row)
            direction, mark = row.get("direction"), row.get("liquidation")
            if direction not in _DIRECTIONS:
                raise Rejection("wrong type", f"expected buy or sell as direction, found {shown(direction)}")
            known = mark in _LIQUIDATED
            read = _TradeRow(
                instrument_name=instrument.symbol,
                timestamp=milliseconds(row.get("timestamp"), "timestamp"),
                price=positive(row.get("price"), "price"),
                amount=positive(row.get("amount"), "amount"),
                direction=str(direction),
                trade_id=text(row.get("trade_id"), "trade_id"),
                liquidation=mark if known else None,
            )
            events: list[Decoded] = [*self._as_events(instrument, read, received_ms)]
        except Rejection as error:
            return (self._left_out(error, received_ms),)
        if mark is not None and not known:
            odd = Rejection("wrong type", f"expected M, T or MT as liquidation, found {shown(mark)}")
            events.append(self._left_out(odd, received_ms))
        return events

    def _ticker(self, data: Mapping[str, Any], received_ms: int) -> Sequence[Decoded]:
        instrument = self._instrument(data)
        at_ms = milliseconds(data.get("timestamp"), "timestamp")
        readers: tuple[Callable[[Instrument, Mapping[str, Any], int, int], Decoded], ...]
        readers = self._mark, self._funding, self._open_interest
        events: list[Decoded] = []
        for read in readers:
            try:
                events.append(read(instrument, data, at_ms, received_ms))
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        return events

    def _mark(self, instrument: Instrument, data: Mapping[str, Any], at_ms: int, received_ms: int) -> MarkPrice:
        index = data.get("index_price")
        return MarkPrice(
            venue="deribit",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            mark=positive(data.get("mark_price"), "mark_price") / instrument.price_unit,
            index=None if index is None else positive(index, "index_price") / instrument.price_unit,
        )

    def _funding(self, instrument: Instrument, data: Mapping[str, Any], at_ms: int, received_ms: int) -> Funding:
        return Funding(
            venue="deribit",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            rate=finite(data.get("funding_8h"), "funding_8h"),
            interval_hours=_FUNDING_HOURS,
            next_at_ms=None,
        )

    def _open_interest(
        self, instrument: Instrument, data: Mapping[str, Any], at_ms: int, received_ms: int
    ) -> OpenInterest:
        mark = positive(data.get("mark_price"), "mark_price of open interest")
        _, coins, notional = instrument.size(mark, not_negative(data.get("open_interest"), "open_interest"))
        return OpenInterest(
            venue="deribit",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            coins=coins,
            notional_usd=notional,
        )

    def _instrument(self, row: Mapping[str, Any]) -> Instrument:
        symbol = text(row.get("instrument_name"), "instrument_name")
        try:
            return self._instruments[symbol]
        except KeyError:
            raise Rejection("unknown symbol", f"{shown(symbol)} is not among Deribit's listed perpetuals") from None

    def _left_out(self, error: Rejection, received_ms: int) -> Decoded:
        return left_out("deribit", self._market, received_ms, error.kind, error.reason)


def _liquidated(row: _TradeRow) -> Sequence[Position]:
    """The positions that a trade closed by force: who sells by force was long."""
    if row.liquidation is None:
        return ()
    taker: Position = "long" if row.direction == "sell" else "short"
    maker: Position = "short" if taker == "long" else "long"
    if row.liquidation == "T":
        return (taker,)
    return (maker,) if row.liquidation == "M" else (taker, maker)
