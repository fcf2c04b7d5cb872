"""BitMEX and Deribit as the demo plays them: inverse perpetuals of bitcoin (and ether on Deribit), sized in USD."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine
from feeds.demo.lines import Line
from feeds.events import Market

_BITMEX = "https://www.bitmex.com/api/v1/instrument/active"
_DERIBIT = "https://www.deribit.com/api/v2/public/get_instruments?currency={}&kind=future"
_LEAST_USD = 10


class Bitmex:
    """BitMEX: XBTUSD, every liquidation as it is inserted into the table."""

    name = "bitmex"
    outage = "connection reset by peer"
    streams: tuple[tuple[str, Market], ...] = (("bitmex perp", "perp"),)
    forced_stream = "bitmex perp"

    def __init__(self) -> None:
        self._orders: list[ForcedOrder] = []
        self._number = 0

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The active instruments."""
        rows = [_instrument(line) for line in lines]
        return [ListingPage("perp", _BITMEX, msgspec.json.encode(rows))]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but trades and liquidations."""
        return []

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Nothing but trades and liquidations."""
        return []

    def trade(self, fill: Fill) -> bytes:
        """An insert into the trade table."""
        usd = _dollars(fill.usd)
        price = fill.line.price(fill.price)
        row = {
            "timestamp": datetime.fromtimestamp(fill.at_ms / 1000, UTC).isoformat(timespec="milliseconds"),
            "symbol": fill.line.symbol,
            "side": "Buy" if fill.buy else "Sell",
            "size": usd,
            "price": float(price),
            "trdMatchID": f"{fill.number:08x}-5b1c-4a07-9d3e-2f6c8a1b4e70",
            "homeNotional": round(usd / float(price), 8),
            "foreignNotional": usd,
        }
        return msgspec.json.encode({"table": "trade", "action": "insert", "data": [row]})

    def force(self, order: ForcedOrder) -> None:
        """Told at once."""
        self._orders.append(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """An insert into the liquidation table for each order."""
        orders, self._orders = self._orders, []
        return [self._insert(order) for order in orders] if connected else []

    def _insert(self, order: ForcedOrder) -> bytes:
        self._number += 1
        row = {
            "orderID": f"{self._number:08x}-e29b-41d4-a716-446655440000",
            "symbol": order.line.symbol,
            "side": "Sell" if order.position == "long" else "Buy",
            "price": float(order.line.price(order.price)),
            "leavesQty": _dollars(order.usd),
        }
        return msgspec.json.encode({"table": "liquidation", "action": "insert", "data": [row]})


class Deribit:
    """Deribit: liquidations are trades with a mark; mark price, funding and open interest come with the ticker."""

    name = "deribit"
    outage = "connection reset by peer"
    streams: tuple[tuple[str, Market], ...] = (("deribit perp", "perp"),)
    forced_stream = "deribit perp"

    def __init__(self) -> None:
        self._orders: list[ForcedOrder] = []
        self._number = 0

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The futures settled in each coin."""
        return [
            ListingPage("perp", _DERIBIT.format(line.coin.name), msgspec.json.encode({"result": [_future(line)]}))
            for line in lines
        ]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """A ticker of each perpetual."""
        return self.prices(quoted, now_ms)

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """The tickers."""
        return [_ticker(item, now_ms) for item in quoted]

    def trade(self, fill: Fill) -> bytes:
        """A trade by an ordinary taker."""
        return self._trade(fill.line, fill.at_ms, fill.price, fill.usd, "buy" if fill.buy else "sell", {})

    def force(self, order: ForcedOrder) -> None:
        """Told at once."""
        self._orders.append(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """A trade whose taker was liquidated, for each order."""
        orders, self._orders = self._orders, []
        return [self._forced(order) for order in orders] if connected else []

    def _forced(self, order: ForcedOrder) -> bytes:
        direction = "sell" if order.position == "long" else "buy"
        return self._trade(order.line, order.at_ms, order.price, order.usd, direction, {"liquidation": "T"})

    def _trade(self, line: Line, at_ms: int, price: float, usd: float, direction: str, more: dict[str, str]) -> bytes:
        self._number += 1
        row = {
            "timestamp": at_ms,
            "price": float(line.price(price)),
            "amount": float(_dollars(usd)),
            "direction": direction,
            "instrument_name": line.symbol,
            "trade_seq": self._number,
            "trade_id": str(self._number),
            "contracts": _dollars(usd) / 10,
            **more,
        }
        return _notification(f"trades.{line.symbol}.100ms", [row])


def _dollars(usd: float) -> int:
    return max(_LEAST_USD, round(usd / _LEAST_USD) * _LEAST_USD)


def _ticker(item: QuotedLine, now_ms: int) -> bytes:
    line, quote = item.line, item.quote
    data = {
        "timestamp": now_ms,
        "instrument_name": line.symbol,
        "mark_price": float(line.price(quote.mark)),
        "index_price": float(line.price(quote.index)),
        "open_interest": float(_dollars(quote.interest * line.interest_share * quote.mark)),
        "current_funding": 0.0,
        "funding_8h": round(quote.funding, 8),
    }
    return _notification(f"ticker.{line.symbol}.100ms", data)


def _notification(channel: str, data: object) -> bytes:
    message = {"jsonrpc": "2.0", "method": "subscription", "params": {"channel": channel, "data": data}}
    return msgspec.json.encode(message)


def _instrument(line: Line) -> dict[str, object]:
    return {
        "symbol": line.symbol,
        "typ": "FFWCSX",
        "state": "Open",
        "underlying": "XBT",
        "quoteCurrency": "USD",
        "isInverse": True,
        "isQuanto": False,
        "underlyingToPositionMultiplier": None,
    }


def _future(line: Line) -> dict[str, object]:
    return {
        "instrument_name": line.symbol,
        "base_currency": line.coin.name,
        "quote_currency": "USD",
        "settlement_currency": line.coin.name,
        "settlement_period": "perpetual",
        "kind": "future",
        "is_active": True,
    }
