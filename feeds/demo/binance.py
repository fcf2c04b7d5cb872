"""Binance as the demo plays it: combined streams, one forced order per symbol and second."""

from collections.abc import Sequence

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine, next_settlement
from feeds.demo.lines import Line
from feeds.demo.orders import LargestPerSecond
from feeds.events import Market

_PERP_URL = "https://fapi.binance.com/fapi/v1/exchangeInfo"
_FUNDING_URL = "https://fapi.binance.com/fapi/v1/fundingInfo"
_SPOT_URL = "https://api.binance.com/api/v3/exchangeInfo"
_BANKRUPTCY = 0.0008  # how far beyond the fill the forced order's own limit lies


class Binance:
    """Binance USD-M futures and spot."""

    name = "binance"
    outage = "connection reset by peer"
    streams: tuple[tuple[str, Market], ...] = (("binance perp", "perp"), ("binance spot", "spot"))
    forced_stream = "binance perp"

    def __init__(self) -> None:
        self._orders = LargestPerSecond()

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """Both exchangeInfo answers, and the funding intervals that aren't eight hours."""
        adjusted = [_funding_info(line) for line in lines if line.market == "perp" and line.coin.interval_hours != 8]
        return [
            _listing("perp", _PERP_URL, lines),
            ListingPage("perp", _FUNDING_URL, msgspec.json.encode(adjusted)),
            _listing("spot", _SPOT_URL, lines),
        ]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """Binance pushes nothing special on subscribe; the first mark prices come within the second."""
        return self.prices(quoted, now_ms)

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """markPrice@1s, which carries the funding rate too."""
        return [_mark_price(item, now_ms) for item in quoted]

    def trade(self, fill: Fill) -> bytes:
        """An aggTrade; futures and spot differ in two fields."""
        line = fill.line
        size, symbol = line.size(fill.usd, fill.price), line.symbol
        more = f'"nq":"{size}",' if line.market == "perp" else ""
        last = '"st":1' if line.market == "perp" else '"M":true'
        return (
            f'{{"stream":"{symbol.lower()}@aggTrade","data":{{"e":"aggTrade","E":{fill.at_ms + 8},"s":"{symbol}",'
            f'"a":{fill.number},"p":"{line.price(fill.price)}","q":"{size}",{more}"f":{fill.number * 2},'
            f'"l":{fill.number * 2 + 1},"T":{fill.at_ms},"m":{"false" if fill.buy else "true"},{last}}}}}'
        ).encode()

    def force(self, order: ForcedOrder) -> None:
        """Only the largest of a second will be told."""
        self._orders.add(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """forceOrder messages; there is no history, so what nobody heard is gone."""
        due = self._orders.due(now_ms)
        return [_force_order(order, now_ms) for order in due] if connected else []


def _mark_price(item: QuotedLine, now_ms: int) -> bytes:
    line, quote, hours = item.line, item.quote, item.line.coin.interval_hours
    mark, symbol = line.price(quote.mark), line.symbol
    rate = f"{quote.funding * hours / 8:.8f}"
    return (
        f'{{"stream":"{symbol.lower()}@markPrice@1s","data":{{"e":"markPriceUpdate","E":{now_ms},"s":"{symbol}",'
        f'"p":"{mark}","ap":"{mark}","i":"{line.price(quote.index)}","P":"{mark}","r":"{rate}",'
        f'"T":{next_settlement(now_ms, hours)},"st":1}}}}'
    ).encode()


def _force_order(order: ForcedOrder, now_ms: int) -> bytes:
    line, symbol = order.line, order.line.symbol
    was_long = order.position == "long"
    limit = order.price * (1 - _BANKRUPTCY if was_long else 1 + _BANKRUPTCY)
    size = line.size(order.usd, order.price)
    return (
        f'{{"stream":"!forceOrder@arr","data":{{"e":"forceOrder","E":{now_ms},"o":{{"s":"{symbol}",'
        f'"S":"{"SELL" if was_long else "BUY"}","o":"LIMIT","f":"IOC","q":"{size}","p":"{line.price(limit)}",'
        f'"ap":"{line.price(order.price)}","X":"FILLED","l":"{size}","z":"{size}","T":{order.at_ms}}},'
        f'"ps":"{symbol}","st":1}}}}'
    ).encode()


def _listing(market: Market, url: str, lines: Sequence[Line]) -> ListingPage:
    symbols = [_symbol(line) for line in lines if line.market == market]
    return ListingPage(market, url, msgspec.json.encode({"timezone": "UTC", "symbols": symbols}))


def _funding_info(line: Line) -> dict[str, object]:
    return {
        "symbol": line.symbol,
        "adjustedFundingRateCap": "0.02000000",
        "adjustedFundingRateFloor": "-0.02000000",
        "fundingIntervalHours": line.coin.interval_hours,
        "disclaimer": False,
    }


def _symbol(line: Line) -> dict[str, object]:
    base = line.symbol.removesuffix("USDT")
    shared: dict[str, object] = {
        "symbol": line.symbol,
        "status": "TRADING",
        "baseAsset": base,
        "quoteAsset": "USDT",
        "filters": [
            {"filterType": "PRICE_FILTER", "tickSize": line.tick},
            {"filterType": "LOT_SIZE", "stepSize": line.lot},
        ],
    }
    if line.market == "spot":
        return {**shared, "isSpotTradingAllowed": True}
    return {
        **shared,
        "pair": line.symbol,
        "contractType": "PERPETUAL",
        "marginAsset": "USDT",
        "pricePrecision": line.price_decimals,
        "quantityPrecision": line.size_decimals,
        "underlyingType": "COIN",
        "underlyingSubType": [],
    }
