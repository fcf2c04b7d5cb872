"""Bitget's liquidation frames, whose unit has to be found out.

    {"arg":{"instType":"usdt-futures","topic":"liquidation"},"ts":1,"data":[
        {"symbol":"BTCUSDT","side":"buy","price":"60000","amount":"0.5","ts":"1791500000000"}]}

`side` is the position's: buy is a long that was liquidated. `price` is about the bankruptcy price, `amount` the sum of
one symbol over about a second. Nobody says that every liquidation is in it, so they count as sampled.

Sources disagree whether `amount` is coins or USDT. One topic has one unit, and a row of a dear coin proves it where the
other reading is absurd: less than the least order the venue takes, or more than a liquidation can be. Until a row has
proved one, rows are left out as not covered, and where rows prove both, all are. A proof holds for its socket.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from feeds.events import Liquidation, Market
from feeds.symbols import Instrument
from feeds.venue import Acknowledged, Decoded, Pong, Rejected
from feeds.venues.reading import Rejection, fields, left_out, milliseconds, parse, positive, shown, text

LEAST_USD = 5.0
"""The least order that Bitget takes, USDT: an amount below it is no USDT."""
MOST_USD = 1e9
"""No liquidation of one symbol in a second is worth more, USDT: an amount that would be, as coins, is no coins."""
TELLING_PRICE = 1000.0
"""Only above this price does an amount tell its unit: the least order of a cheap coin is many coins."""

Unit = Literal["coins", "USDT"]


def proved(price: float, amount: float) -> Unit | None:
    """The unit of a row's amount where the other reading is absurd; None where both or neither could be."""
    if price <= TELLING_PRICE:
        return None
    as_coins = LEAST_USD <= price * amount <= MOST_USD
    as_usdt = LEAST_USD <= amount <= MOST_USD
    if as_coins == as_usdt:
        return None
    return "coins" if as_coins else "USDT"


class BitgetDecoder:
    """Decodes the frames of one Bitget socket; it remembers what its rows have proved about their unit."""

    def __init__(self, market: Market, instruments: Mapping[str, Instrument]) -> None:
        self._market: Market = market
        self._instruments = instruments
        self._proved: set[Unit] = set()

    def decode(self, frame: bytes, received_ms: int) -> Sequence[Decoded]:
        """The events of one frame."""
        if frame == b"pong":
            return (Pong(),)
        try:
            message = fields(parse(frame), "a Bitget message")
            if "event" in message:
                return (_control(message),)
            rows = self._rows(message)
        except Rejection as error:
            return (self._left_out(error, received_ms),)
        for row in rows:
            self._learn(row)
        seen: Counter[str] = Counter()
        events: list[Decoded] = []
        for row in rows:
            try:
                events.append(self._liquidation(fields(row, "a liquidation"), received_ms, seen))
            except Rejection as error:
                events.append(self._left_out(error, received_ms))
        return events

    def _left_out(self, error: Rejection, received_ms: int) -> Decoded:
        return left_out("bitget", self._market, received_ms, error.kind, error.reason)

    def _rows(self, message: Mapping[str, Any]) -> list[Any]:
        topic = fields(message.get("arg"), "arg").get("topic")
        if topic != "liquidation":
            raise Rejection("unknown message", f"expected the topic liquidation, found {shown(topic)}")
        rows = message.get("data")
        if not isinstance(rows, list):
            raise Rejection("wrong type", f"expected a list as data, found {shown(rows)}")
        return rows

    def _learn(self, row: object) -> None:
        """Take a sound row of a listed contract as evidence of the unit."""
        try:
            told = fields(row, "a liquidation")
            self._instrument(told)
            unit = proved(positive(told.get("price"), "price"), positive(told.get("amount"), "amount"))
        except Rejection:
            return
        if unit is not None:
            self._proved.add(unit)

    def _liquidation(self, row: Mapping[str, Any], received_ms: int, seen: Counter[str]) -> Liquidation:
        instrument = self._instrument(row)
        price, amount = positive(row.get("price"), "price"), positive(row.get("amount"), "amount")
        side = row.get("side")
        if side not in ("buy", "sell"):
            raise Rejection("wrong type", f"expected buy or sell as side, found {shown(side)}")
        at_ms = milliseconds(row.get("ts"), "ts")
        per_coin, quantity, notional = instrument.size(price, self._coins(instrument, price, amount))
        key = f"{at_ms} {side} {amount} {price}"
        seen[f"{instrument.symbol} {key}"] += 1  # equal rows of one frame are two liquidations
        return Liquidation(
            venue="bitget",
            market=self._market,
            symbol=instrument.symbol,
            coin=instrument.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            position="long" if side == "buy" else "short",
            price=per_coin,
            quantity=quantity,
            notional_usd=notional,
            sampled=True,
            identity=f"{key} {seen[f'{instrument.symbol} {key}']}",
        )

    def _coins(self, instrument: Instrument, price: float, amount: float) -> float:
        """The amount in the contract's coins; raises `Rejection` where its unit isn't proved, or it is absurd in it."""
        if len(self._proved) != 1:
            found = "rows of both units" if self._proved else f"{amount:g} at {price:g}, which could be either"
            reason = f"liquidation of {shown(instrument.symbol)}: expected an amount in coins or in USDT, found {found}"
            raise Rejection("not covered", reason)
        coins = amount if "coins" in self._proved else amount / price
        if coins * price > MOST_USD:
            raise Rejection("invalid number", f"expected at most {MOST_USD:g} USDT, found {coins * price:g}")
        return coins

    def _instrument(self, row: Mapping[str, Any]) -> Instrument:
        symbol = text(row.get("symbol"), "symbol")
        try:
            return self._instruments[symbol]
        except KeyError:
            raise Rejection("unknown symbol", f"{shown(symbol)} is not among Bitget's listed contracts") from None


def _control(message: Mapping[str, Any]) -> Decoded:
    event = message["event"]
    if event in ("subscribe", "unsubscribe"):
        return Acknowledged()
    if event == "error":
        words = f"Bitget refused the request, {shown(message.get('code'))}: {shown(message.get('msg'))}"
        return Rejected(words, ends=True)  # liquidations are all that is asked for
    raise Rejection("unknown message", f"expected a known event, found {shown(event)}")
