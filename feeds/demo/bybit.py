"""Bybit as the demo plays it: every liquidation, several in a frame, and tickers that send only what changed."""

from collections.abc import Sequence

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine, next_settlement
from feeds.demo.lines import Line
from feeds.demo.orders import Batches
from feeds.events import Market

_URL = "https://api.bybit.com/v5/market/instruments-info?category={}&limit=1000"
_CATEGORIES = {"perp": "linear", "spot": "spot"}
_BANKRUPTCY = 0.001  # how far beyond the fill the bankruptcy price lies, which is what Bybit publishes
_INTEREST_MS = 5000
_ANSWERED_MS = 1_735_809_771_618  # the clock of the documented answer; nothing reads it
_FIRST_SEQUENCE = 9_532_239_429  # as large as the ones on the wire
_FUNDING_FACTOR = 1.15
_INTEREST_KEYS = {"openInterest", "openInterestValue", "singleOpenInterest", "singleOpenInterestValue"}


class Bybit:
    """Bybit linear perpetuals and spot."""

    name = "bybit"
    outage = "no message for 30 s, the connection was given up"
    streams: tuple[tuple[str, Market], ...] = (("bybit perp", "perp"), ("bybit spot", "spot"))
    forced_stream = "bybit perp"

    def __init__(self) -> None:
        self._orders = Batches()
        self._last: dict[str, dict[str, str]] = {}
        self._interest_at_ms = 0
        self._last_order_ms: dict[str, int] = {}
        self._sequence = _FIRST_SEQUENCE

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The instruments of both categories, one page each."""
        pages = []
        for market in ("perp", "spot"):
            rows = [_instrument(line) for line in lines if line.market == market]
            result = {"category": _CATEGORIES[market], "list": rows, "nextPageCursor": ""}
            answer = {"retCode": 0, "retMsg": "OK", "result": result, "retExtInfo": {}, "time": _ANSWERED_MS}
            url = _URL.format(_CATEGORIES[market])
            pages.append(ListingPage("perp" if market == "perp" else "spot", url, msgspec.json.encode(answer)))
        return pages

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """A ticker snapshot of each symbol."""
        return [self._snapshot(item, now_ms) for item in quoted]

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Ticker deltas of the symbols that changed."""
        interest = now_ms - self._interest_at_ms >= _INTEREST_MS
        if interest:
            self._interest_at_ms = now_ms
        return [frame for item in quoted if (frame := self._delta(item, now_ms, interest))]

    def trade(self, fill: Fill) -> bytes:
        """A publicTrade with one row; `S` is the taker's side."""
        line = fill.line
        spot = line.market == "spot"
        number = f"21{fill.number:017d}" if spot else f"{fill.number:08x}-7d3a-5c1e-9b42-{fill.number:012x}"
        tick = "" if spot else f'"L":"{"PlusTick" if fill.buy else "MinusTick"}",'
        self._sequence += 1
        return (
            f'{{"topic":"publicTrade.{line.symbol}","type":"snapshot","ts":{fill.at_ms + 6},"data":[{{"T":{fill.at_ms},'
            f'"s":"{line.symbol}","S":"{"Buy" if fill.buy else "Sell"}","v":"{line.size(fill.usd, fill.price)}",'
            f'"p":"{line.price(fill.price)}",{tick}"i":"{number}","seq":{self._sequence},"BT":false,"RPI":false}}]}}'
        ).encode()

    def force(self, order: ForcedOrder) -> None:
        """All of them are told, half a second later."""
        self._orders.add(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """One allLiquidation frame per symbol; `S` is the side of the position."""
        due = self._orders.due(now_ms)
        return [self._liquidations(orders, now_ms) for orders in due] if connected else []

    def _liquidations(self, orders: list[ForcedOrder], now_ms: int) -> bytes:
        symbol = orders[0].line.symbol
        rows = ",".join(self._liquidation(order) for order in orders)
        return f'{{"topic":"allLiquidation.{symbol}","type":"snapshot","ts":{now_ms},"data":[{rows}]}}'.encode()

    def _liquidation(self, order: ForcedOrder) -> str:
        line = order.line
        was_long = order.position == "long"
        # Rows without an id are told apart by their time, so no two of a symbol share a millisecond.
        at_ms = max(order.at_ms, self._last_order_ms.get(line.symbol, 0) + 1)
        self._last_order_ms[line.symbol] = at_ms
        bankruptcy = order.price * (1 - _BANKRUPTCY if was_long else 1 + _BANKRUPTCY)
        return (
            f'{{"T":{at_ms},"s":"{line.symbol}","S":"{"Buy" if was_long else "Sell"}",'
            f'"v":"{line.size(order.usd, order.price)}","p":"{line.price(bankruptcy)}"}}'
        )

    def _snapshot(self, item: QuotedLine, now_ms: int) -> bytes:
        moving = _moving(item)
        self._last[item.line.symbol] = moving
        start = item.line.price(item.quote.coin.price)
        interval = item.line.coin.interval_hours
        data = {
            "symbol": item.line.symbol,
            "tickDirection": "PlusTick",
            "price24hPcnt": "0.001",
            "prevPrice24h": start,
            **moving,
            "fundingIntervalHour": str(interval),
            "fundingCap": "0.005",
            "nextFundingTime": str(next_settlement(now_ms, interval)),
            "preOpenPrice": "",
            "preQty": "",
            "curPreListingPhase": "",
        }
        return self._ticker(item.line.symbol, "snapshot", data, now_ms)

    def _delta(self, item: QuotedLine, now_ms: int, interest: bool) -> bytes:
        symbol, moving = item.line.symbol, _moving(item)
        last = self._last.setdefault(symbol, {})
        changed = {
            key: value
            for key, value in moving.items()
            if last.get(key) != value and (interest or key not in _INTEREST_KEYS)
        }
        if not changed:
            return b""
        last.update(changed)
        return self._ticker(symbol, "delta", {"symbol": symbol, **changed}, now_ms)

    def _ticker(self, symbol: str, kind: str, data: dict[str, str], now_ms: int) -> bytes:
        self._sequence += 1
        frame = {"topic": f"tickers.{symbol}", "type": kind, "data": data, "cs": self._sequence, "ts": now_ms}
        return msgspec.json.encode(frame)


def _moving(item: QuotedLine) -> dict[str, str]:
    line, quote = item.line, item.quote
    coins = quote.interest * line.interest_share
    one_side, usd = coins / line.size_unit, coins * quote.mark
    return {
        "lastPrice": line.price(quote.price),
        "markPrice": line.price(quote.mark),
        "indexPrice": line.price(quote.index),
        "openInterest": f"{one_side * 2:.{line.size_decimals}f}",
        "openInterestValue": f"{usd * 2:.2f}",
        "singleOpenInterest": f"{one_side:.{line.size_decimals}f}",
        "singleOpenInterestValue": f"{usd:.2f}",
        "fundingRate": f"{quote.funding * _FUNDING_FACTOR * line.coin.interval_hours / 8:.6f}",
    }


def _instrument(line: Line) -> dict[str, object]:
    shared: dict[str, object] = {
        "symbol": line.symbol,
        "status": "Trading",
        "baseCoin": line.symbol.removesuffix("USDT"),
        "quoteCoin": "USDT",
        "priceFilter": {"tickSize": line.tick},
    }
    if line.market == "spot":
        return {
            **shared,
            "innovation": "0",
            "lotSizeFilter": {"basePrecision": line.lot, "minOrderQty": line.lot},
        }
    return {
        **shared,
        "contractType": "LinearPerpetual",
        "priceScale": str(line.price_decimals),
        "leverageFilter": {
            "minLeverage": "1",
            "maxLeverage": f"{line.coin.most_leverage}.00",
            "leverageStep": "0.01",
        },
        "lotSizeFilter": {"minOrderQty": line.lot, "qtyStep": line.lot},
        "fundingInterval": line.coin.interval_hours * 60,
        "settleCoin": "USDT",
        "isPreListing": False,
        "symbolType": "",
    }
