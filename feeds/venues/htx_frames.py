"""HTX's websocket frames, gzipped or plain: trades, and from the notification socket liquidations and funding.

    {"ch":"market.btcusdt.trade.detail","tick":{"data":[{"id":1e26,"tradeId":1,"ts":1,"amount":0.006754,"price":52648.62,"direction":"buy"}]}}
    {"ch":"market.ETH-USDT.trade.detail","tick":{"data":[{"id":1,"ts":1,"amount":196,"quantity":1.96,"price":2246.49,"direction":"sell"}]}}
    {"op":"notify","topic":"public.*.liquidation_orders","data":[{"contract_code":"O3-USDT","direction":"sell","offset":"close","volume":432,"price":0.7858,"created_at":1,"amount":432}]}
    {"op":"notify","topic":"public.*.funding_rate","ts":1,"data":[{"contract_code":"BTC-USDT","funding_rate":"-0.0002","settlement_time":"1"}]}

Trade `direction` is the taker's. Spot `amount` is coins. A swap's `amount` (contracts), `quantity` (coins) and
`trade_turnover` are "the sum of both buy and sell sides", so half of `quantity` changed hands. A liquidation's
`direction` is the closing order's, so sell closes a long; its `amount` is coins, not doubled, and `price` about the
bankruptcy price. HTX doesn't say whether it publishes every liquidation, so they count as sampled: sums are lower
bounds. Each subscription begins with the last trade again; trades from before it are no news.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from feeds.events import Funding, Liquidation, Market, Trade
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded
from feeds.venues.htx_answers import interval_hours
from feeds.venues.htx_protocol import control, unpacked
from feeds.venues.reading import Rejection, fields, finite, left_out, milliseconds, parse, positive, shown, text

_SIDES_COUNTED = 2.0
_LAST_TRADE_MS = 1_000  # a first push older than this is the last trade, said again before the acknowledgement
_DATED = re.compile(r"-\d{6}$")


class HtxDecoder:
    """Decodes the frames of one HTX socket; it knows when each subscription began, and the settlements told."""

    def __init__(self, market: Market, instruments: dict[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments
        self._since: dict[str, int] = {}
        self._pushed: set[str] = set()
        self._settles: dict[str, int] = {}

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame."""
        try:
            message = fields(parse(unpacked(frame)), "an HTX message")
            if "ch" in message:
                return self._trades(message, received_ms)
            if message.get("op") == "notify":
                return self._notified(message, received_ms)
            return (self._control(message),)
        except Rejection as error:
            return (self._left_out(error, received_ms),)

    def _left_out(self, error: Rejection, received_ms: int) -> Decoded:
        return left_out("htx", self._market, received_ms, error.kind, error.reason)

    def _control(self, message: Mapping[str, Any]) -> Decoded:
        if "subbed" not in message:
            return control(message)
        with suppress(Rejection):  # a second socket's later subscription changes nothing: both are read
            self._since.setdefault(_symbol(message["subbed"]), milliseconds(message.get("ts"), "ts"))
        return Acknowledged()

    def _trades(self, message: Mapping[str, Any], received_ms: int) -> Sequence[Decoded]:
        instrument = self._instrument(_symbol(message["ch"]))
        rows = fields(message.get("tick"), "tick").get("data")
        if not isinstance(rows, list):
            raise Rejection("wrong type", f"expected a list as tick data, found {shown(rows)}")
        oldest = self._since.get(instrument.symbol)
        if oldest is None:
            first = instrument.symbol not in self._pushed
            oldest = received_ms - _LAST_TRADE_MS if first else 0
        self._pushed.add(instrument.symbol)
        events: list[Decoded] = []
        for row in rows:
            try:
                trade = self._trade(instrument, fields(row, "a trade"), received_ms)
                if trade.at_ms >= oldest:
                    events.append(trade)
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        return events

    def _trade(self, instrument: Instrument, row: Mapping[str, Any], received_ms: int) -> Trade:
        spot = self._market == "spot"
        units = positive(row.get("amount"), "amount") if spot else _swapped(instrument, row)
        price = positive(row.get("price"), "price") / instrument.price_unit
        quantity = units * instrument.price_unit
        identity = row.get("tradeId" if spot else "id")
        if isinstance(identity, bool) or not isinstance(identity, int):
            raise Rejection("wrong type", f"expected a whole number as trade id, found {shown(identity)}")
        return Trade(
            venue="htx",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=milliseconds(row.get("ts"), "ts"),
            received_ms=received_ms,
            taker="buy" if _direction(row) == "buy" else "sell",
            price=price,
            quantity=quantity,
            notional_usd=quantity * price,
            identity=identity,
        )

    def _notified(self, message: Mapping[str, Any], received_ms: int) -> Sequence[Decoded]:
        topic = text(message.get("topic"), "topic")
        rows = message.get("data")
        if not isinstance(rows, list):
            raise Rejection("wrong type", f"expected a list as data of {shown(topic)}, found {shown(rows)}")
        kind = topic.rpartition(".")[2]
        if not topic.startswith("public.") or kind not in ("liquidation_orders", "funding_rate"):
            raise Rejection("unknown message", f"expected a subscribed topic, found {shown(topic)}")
        seen: Counter[str] = Counter()
        events: list[Decoded] = []
        for item in rows:
            try:
                row = fields(item, f"a row of {kind}")
                if kind == "funding_rate":
                    events.append(self._funding(row, message.get("ts"), received_ms))
                else:
                    events.append(self._liquidation(row, received_ms, seen))
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        return events

    def _liquidation(self, row: Mapping[str, Any], received_ms: int, seen: Counter[str]) -> Liquidation:
        symbol = text(row.get("contract_code"), "contract_code")
        if _DATED.search(symbol):
            raise Rejection("not covered", f"liquidation of {shown(symbol)}: a dated contract")
        instrument = self._instrument(symbol)
        direction = _direction(row)
        units = positive(row.get("amount"), "amount")
        price = positive(row.get("price"), "price") / instrument.price_unit
        quantity = units * instrument.price_unit
        at_ms = milliseconds(row.get("created_at"), "created_at")
        key = f"{at_ms} {direction} {units} {price}"
        seen[f"{symbol} {key}"] += 1  # equal rows of one frame are two liquidations, of another frame a repeat
        return Liquidation(
            venue="htx",
            market=self._market,
            symbol=symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            position="long" if direction == "sell" else "short",
            price=price,
            quantity=quantity,
            notional_usd=quantity * price,
            sampled=True,
            identity=f"{key} {seen[f'{symbol} {key}']}",
        )

    def _funding(self, row: Mapping[str, Any], at: object, received_ms: int) -> Funding:
        instrument = self._instrument(text(row.get("contract_code"), "contract_code"))
        settles = row.get("settlement_time")
        next_at_ms = None if settles in (None, "") else milliseconds(settles, "settlement_time")
        if next_at_ms is not None:
            instrument = self._settled(instrument, next_at_ms)
        return Funding(
            venue="htx",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=milliseconds(at, "ts"),
            received_ms=received_ms,
            rate=finite(row.get("funding_rate"), "funding_rate"),
            interval_hours=instrument.funding_interval_hours,
            next_at_ms=next_at_ms,
        )

    def _settled(self, instrument: Instrument, next_at_ms: int) -> Instrument:
        """The contract, with its funding interval in the table once a second settlement tells it."""
        hours = interval_hours(self._settles.get(instrument.symbol, next_at_ms), next_at_ms)
        self._settles[instrument.symbol] = next_at_ms
        if hours is not None:
            instrument = self._instruments[instrument.symbol] = replace(instrument, funding_interval_hours=hours)
        return instrument

    def _instrument(self, symbol: str) -> Instrument:
        try:
            return self._instruments[symbol]
        except KeyError:
            raise Rejection("unknown symbol", f"{shown(symbol)} is not among HTX's listed instruments") from None


def _symbol(channel: object) -> str:
    """The symbol of `market.SYMBOL.trade.detail`."""
    parts = text(channel, "ch").split(".")
    if len(parts) != 4 or parts[0] != "market" or parts[2:] != ["trade", "detail"]:
        raise Rejection("unknown message", f"expected a subscribed topic, found {shown(channel)}")
    return parts[1]


def _direction(row: Mapping[str, Any]) -> str:
    direction = row.get("direction")
    if direction not in ("buy", "sell"):
        raise Rejection("wrong type", f"expected buy or sell as direction, found {shown(direction)}")
    return str(direction)


def _swapped(instrument: Instrument, row: Mapping[str, Any]) -> float:
    """What changed hands in a swap trade: half the coins told, or half the contracts where no coins are told."""
    if row.get("quantity") is not None:
        return positive(row["quantity"], "quantity") / _SIDES_COUNTED
    coins = positive(row.get("amount"), "amount") * (instrument.coins_per_unit or 0.0)
    return positive(coins / instrument.price_unit, "amount in coins") / _SIDES_COUNTED
