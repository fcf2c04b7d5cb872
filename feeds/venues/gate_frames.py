"""Gate's futures websocket frames: liquidations and trades.

    {"channel":"futures.public_liquidates","event":"update","time":1,"result":[
        {"price":"215.1","size":-124,"time":1541486601123,"contract":"BTC_USDT"}]}
    {"channel":"futures.trades","event":"update","time":1,"result":[
        {"size":-108,"id":27753479,"create_time":1,"create_time_ms":1000,"price":"96.4","contract":"BTC_USDT"}]}

A liquidation's `size` is the order's, in contracts: negative sells, so it closes a long (the REST history has the
position's sign, the opposite). `price` is the order's price, not the fill's. `time` is milliseconds since August 2026,
before it was seconds with `time_ms` beside it. A trade's `size` is negative where the taker sold; `is_internal` trades
are take-overs by the insurance fund and auto-deleveraging, no market trades (Gate documentation, futures websocket v4).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from feeds.events import Liquidation, Market, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded, Pong, Rejected
from feeds.venues.reading import Rejection, fields, finite, left_out, milliseconds, parse, positive, shown, text

_LATEST_SECONDS = 1e11  # a time below this is in seconds: as milliseconds it would lie before March 1973
_LIQUIDATIONS, _TRADES = "futures.public_liquidates", "futures.trades"
_REQUESTS = ("subscribe", "unsubscribe")


class GateDecoder:
    """Decodes the frames of one Gate socket; it has no memory."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame."""
        try:
            message = fields(parse(frame), "a Gate message")
            if message.get("event") in ("update", "all"):
                return self._update(message, received_ms)
            return (_control(message),)
        except Rejection as error:
            return (self._left_out(error, received_ms),)

    def _left_out(self, error: Rejection, received_ms: int) -> Decoded:
        return left_out("gate", self._market, received_ms, error.kind, error.reason)

    def _update(self, message: Mapping[str, Any], received_ms: int) -> Sequence[Decoded]:
        channel, rows = message.get("channel"), message.get("result")
        if channel not in (_LIQUIDATIONS, _TRADES):
            raise Rejection("unknown message", f"expected a subscribed channel, found {shown(channel)}")
        if isinstance(rows, dict):  # before August 2026 a liquidation could come alone
            rows = [rows]
        if not isinstance(rows, list):
            raise Rejection("wrong type", f"expected a list as result of {channel}, found {shown(rows)}")
        seen: Counter[str] = Counter()
        events: list[Decoded] = []
        for item in rows:
            try:
                row = fields(item, f"a row of {channel}")
                if channel == _LIQUIDATIONS:
                    events.append(self._liquidation(row, received_ms, seen))
                elif row.get("is_internal") is not True:
                    events.append(self._trade(row, received_ms))
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        return events

    def _liquidation(self, row: Mapping[str, Any], received_ms: int, seen: Counter[str]) -> Liquidation:
        instrument = self._instrument(row)
        size = _size(row)
        price, quantity, notional = instrument.size(positive(row.get("price"), "price"), abs(size))
        at_ms = _time(row)
        key = f"{at_ms} {size} {price}"
        seen[f"{instrument.symbol} {key}"] += 1  # equal rows of one frame are two liquidations
        return Liquidation(
            venue="gate",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            position="long" if size < 0 else "short",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            sampled=False,
            identity=f"{key} {seen[f'{instrument.symbol} {key}']}",
        )

    def _trade(self, row: Mapping[str, Any], received_ms: int) -> Trade:
        instrument = self._instrument(row)
        size = _size(row)
        price, quantity, notional = instrument.size(positive(row.get("price"), "price"), abs(size))
        identity = row.get("id")
        if isinstance(identity, bool) or not isinstance(identity, int | str) or identity == "":
            raise Rejection("wrong type", f"expected a trade id, found {shown(identity)}")
        in_ms = row.get("create_time_ms")
        return Trade(
            venue="gate",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=_time({"time": row.get("create_time"), "time_ms": in_ms}),
            received_ms=received_ms,
            taker="sell" if size < 0 else "buy",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            identity=identity,
        )

    def _instrument(self, row: Mapping[str, Any]) -> Instrument:
        symbol = text(row.get("contract"), "contract")
        try:
            return self._instruments[symbol]
        except KeyError:
            reason = f"{shown(symbol)} is not among Gate's listed contracts, so its multiplier is not known"
            raise Rejection("unknown symbol", reason) from None


def _size(row: Mapping[str, Any]) -> float:
    size = finite(row.get("size"), "size")
    positive(abs(size), "the amount of size")
    return size


def _time(row: Mapping[str, Any]) -> int:
    """UNIX milliseconds: `time_ms` where there is one, else `time` in milliseconds or in seconds."""
    if row.get("time_ms"):
        return milliseconds(row["time_ms"], "time_ms")
    time = positive(row.get("time"), "time")
    return milliseconds(time * 1000 if time < _LATEST_SECONDS else time, "time")


def _control(message: Mapping[str, Any]) -> Decoded:
    channel, event, error = message.get("channel"), message.get("event"), message.get("error")
    if channel == "futures.pong" and error is None:
        return Pong()
    if error is None and event not in _REQUESTS:
        raise Rejection("unknown message", f"expected a known event, found {shown(event)}")
    result = message.get("result")
    if error is None and isinstance(result, dict) and result.get("status") == "success":
        return Acknowledged()
    refusal = result if error is None else error
    return Rejected(f"Gate refused {shown(channel)}: {_words(refusal)}", ends=channel == _LIQUIDATIONS)


def _words(refusal: object) -> str:
    if not isinstance(refusal, dict):
        return shown(refusal)
    return f"{shown(refusal.get('code'))}: {shown(refusal.get('message'))}"
