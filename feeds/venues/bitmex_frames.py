"""BitMEX's websocket frames: the liquidation table and trades.

    {"table":"liquidation","action":"insert","data":[
        {"orderID":"550e8400-..","symbol":"XBTUSD","side":"Sell","price":95000.0,"leavesQty":1000}]}
    {"table":"trade","action":"insert","data":[{"timestamp":"2021-07-22T22:36:11.685Z","symbol":"XBTUSD","side":"Buy",
        "size":100,"price":32180.5,"trdMatchID":"6e70bebe-..","homeNotional":0.00310747,"foreignNotional":100}]}

A liquidation is told once, as `insert`: `update` is a partial fill, `delete` its end, `partial` what was open when the
subscription began. `side` is the order's, so Sell closes a long; `leavesQty` is contracts, `price` about the bankruptcy
price. The row has no time, so it gets ours. A trade's `side` is the taker's, `homeNotional` coins and `foreignNotional`
the quote currency; its `partial` is the last trade before the subscription (BitMEX documentation, websocket API).
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from feeds.events import Liquidation, Market, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded, Pong, Rejected
from feeds.venues.reading import Rejection, fields, left_out, milliseconds, parse, positive, shown, text

_TABLES = ("liquidation", "trade")
_ACTIONS = ("partial", "insert", "update", "delete")


class BitmexDecoder:
    """Decodes the frames of one BitMEX socket; it has no memory."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame."""
        if frame == b"pong":
            return (Pong(),)
        try:
            message = fields(parse(frame), "a BitMEX message")
            if "table" in message:
                return self._table(message, received_ms)
            return (_control(message),)
        except Rejection as error:
            return (self._left_out(error, received_ms),)

    def _left_out(self, error: Rejection, received_ms: int) -> Decoded:
        return left_out("bitmex", self._market, received_ms, error.kind, error.reason)

    def _table(self, message: Mapping[str, Any], received_ms: int) -> Sequence[Decoded]:
        table, action, rows = message["table"], message.get("action"), message.get("data")
        if table not in _TABLES or action not in _ACTIONS:
            raise Rejection("unknown message", f"expected a subscribed table, found {shown(action)} of {shown(table)}")
        if action != "insert":
            return ()
        if not isinstance(rows, list):
            raise Rejection("wrong type", f"expected a list as data of {table}, found {shown(rows)}")
        read = self._liquidation if table == "liquidation" else self._trade
        events: list[Decoded] = []
        for row in rows:
            try:
                events.append(read(fields(row, f"a row of {table}"), received_ms))
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        return events

    def _liquidation(self, row: Mapping[str, Any], received_ms: int) -> Liquidation:
        instrument = self._instrument(row)
        units = positive(row.get("leavesQty"), "leavesQty")
        price, quantity, notional = instrument.size(positive(row.get("price"), "price"), units)
        return Liquidation(
            venue="bitmex",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=received_ms,
            received_ms=received_ms,
            position="long" if _side(row) == "Sell" else "short",
            price=price,
            quantity=quantity,
            notional_usd=notional,
            sampled=False,
            identity=text(row.get("orderID"), "orderID"),
        )

    def _trade(self, row: Mapping[str, Any], received_ms: int) -> Trade:
        instrument = self._instrument(row)
        return Trade(
            venue="bitmex",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=_time(row.get("timestamp")),
            received_ms=received_ms,
            taker="buy" if _side(row) == "Buy" else "sell",
            price=positive(row.get("price"), "price") / instrument.price_unit,
            quantity=positive(row.get("homeNotional"), "homeNotional") * instrument.price_unit,
            notional_usd=positive(row.get("foreignNotional"), "foreignNotional"),
            identity=text(row.get("trdMatchID"), "trdMatchID"),
        )

    def _instrument(self, row: Mapping[str, Any]) -> Instrument:
        symbol = text(row.get("symbol"), "symbol")
        try:
            return self._instruments[symbol]
        except KeyError:
            why = "not a listed perpetual of known size: quanto, dated, or linear without its multiplier"
            raise Rejection("not covered", f"{shown(symbol)} is {why}") from None


def _side(row: Mapping[str, Any]) -> str:
    side = row.get("side")
    if side not in ("Buy", "Sell"):
        raise Rejection("wrong type", f"expected Buy or Sell as side, found {shown(side)}")
    return str(side)


def _time(value: object) -> int:
    """An ISO time with its zone as UNIX milliseconds."""
    stamp = text(value, "timestamp")
    try:
        moment = datetime.fromisoformat(stamp)
        if moment.tzinfo is None:
            raise ValueError("it has no time zone")
        return milliseconds(round(moment.timestamp() * 1000), "timestamp")
    except (ValueError, OverflowError) as error:
        raise Rejection("invalid number", f"expected an ISO time as timestamp, found {shown(value)}: {error}") from None


def _control(message: Mapping[str, Any]) -> Decoded:
    if "error" in message:
        request = message.get("request")
        asked = request.get("args") if isinstance(request, dict) else None
        topics = asked if isinstance(asked, list) else [asked]
        words = f"BitMEX refused, {shown(message.get('status'))}: {shown(message['error'])}"
        return Rejected(words, ends="liquidation" in topics)
    if message.get("success") is True or "info" in message:
        return Acknowledged()
    if message.get("success") is False:
        return Rejected(f"BitMEX refused {shown(message.get('subscribe'))}")
    raise Rejection("unknown message", f"expected a known message, found the keys {shown(sorted(message))}")
