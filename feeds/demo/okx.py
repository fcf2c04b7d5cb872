"""OKX as the demo plays it: sizes in contracts, one forced order a second, a backlog on reconnect."""

from collections.abc import Sequence

import msgspec

from feeds.demo.exchange import HOUR_MS, Fill, ForcedOrder, ListingPage, QuotedLine, next_settlement
from feeds.demo.lines import Line
from feeds.demo.orders import LargestPerSecond
from feeds.events import Market

_URL = "https://www.okx.com/api/v5/public/instruments?instType={}"
_BANKRUPTCY = 0.001  # how far beyond the fill the bankruptcy price lies, which is what OKX publishes
_FUNDING_MS = 60_000
_FUNDING_FACTOR = 0.9


class Okx:
    """OKX swaps and spot."""

    name = "okx"
    outage = "closed by the exchange: service upgrade, please reconnect (64008)"
    streams: tuple[tuple[str, Market], ...] = (("okx perp", "perp"), ("okx spot", "spot"))
    forced_stream = "okx perp"

    def __init__(self) -> None:
        self._orders = LargestPerSecond()
        self._unheard: list[ForcedOrder] = []
        self._funding_at_ms = 0

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The instruments of both types."""
        return [_listing("perp", "SWAP", lines), _listing("spot", "SPOT", lines)]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """The forced orders that nobody heard, then prices and funding rates."""
        backlog = [_liquidations(self._unheard)] if self._unheard else []
        self._unheard = []
        self._funding_at_ms = 0
        return backlog + self.prices(quoted, now_ms)

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """mark-price, and once a minute funding-rate."""
        frames = [_mark_price(item, now_ms) for item in quoted]
        if now_ms - self._funding_at_ms >= _FUNDING_MS:
            self._funding_at_ms = now_ms
            frames += [_funding_rate(item, now_ms) for item in quoted]
        return frames

    def trade(self, fill: Fill) -> bytes:
        """A trades push; `side` is the taker's."""
        line = fill.line
        return (
            f'{{"arg":{{"channel":"trades","instId":"{line.symbol}"}},"data":[{{"instId":"{line.symbol}",'
            f'"tradeId":"{fill.number}","px":"{line.price(fill.price)}","sz":"{line.size(fill.usd, fill.price)}",'
            f'"side":"{"buy" if fill.buy else "sell"}","ts":"{fill.at_ms}","count":"1"}}]}}'
        ).encode()

    def force(self, order: ForcedOrder) -> None:
        """Only the largest of a second will be told."""
        self._orders.add(order)

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """One push for all contracts; what nobody heard comes after the next subscribe."""
        due = self._orders.due(now_ms)
        if not connected:
            self._unheard += due
            return []
        return [_liquidations(due)] if due else []


def _mark_price(item: QuotedLine, now_ms: int) -> bytes:
    symbol = item.line.symbol
    return (
        f'{{"arg":{{"channel":"mark-price","instId":"{symbol}"}},"data":[{{"instType":"SWAP","instId":"{symbol}",'
        f'"markPx":"{item.line.price(item.quote.mark)}","ts":"{now_ms}"}}]}}'
    ).encode()


def _funding_rate(item: QuotedLine, now_ms: int) -> bytes:
    line, hours = item.line, item.line.coin.interval_hours
    rate = item.quote.funding * _FUNDING_FACTOR * hours / 8
    settlement = next_settlement(now_ms, hours)
    row = {
        "formulaType": "noRate",
        "fundingRate": f"{rate:.16f}",
        "fundingTime": str(settlement),
        "impactValue": "",
        "instId": line.symbol,
        "instType": "SWAP",
        "interestRate": "",
        "method": "current_period",
        "maxFundingRate": "0.00375",
        "minFundingRate": "-0.00375",
        "nextFundingRate": "",
        "nextFundingTime": str(settlement + hours * HOUR_MS),
        "premium": f"{rate:.16f}",
        "settFundingRate": "0.0001",
        "settState": "settled",
        "ts": str(now_ms),
    }
    return msgspec.json.encode({"arg": {"channel": "funding-rate", "instId": line.symbol}, "data": [row]})


def _liquidations(orders: Sequence[ForcedOrder]) -> bytes:
    contracts: dict[str, list[ForcedOrder]] = {}
    for order in orders:
        contracts.setdefault(order.line.symbol, []).append(order)
    data = [
        {
            "details": [_detail(order) for order in told],
            "instFamily": symbol.removesuffix("-SWAP"),
            "instId": symbol,
            "instType": "SWAP",
            "uly": symbol.removesuffix("-SWAP"),
        }
        for symbol, told in contracts.items()
    ]
    return msgspec.json.encode({"arg": {"channel": "liquidation-orders", "instType": "SWAP"}, "data": data})


def _detail(order: ForcedOrder) -> dict[str, str]:
    was_long = order.position == "long"
    bankruptcy = order.price * (1 - _BANKRUPTCY if was_long else 1 + _BANKRUPTCY)
    return {
        "bkLoss": "0",
        "bkPx": order.line.price(bankruptcy),
        "ccy": "",
        "posSide": order.position,
        "side": "sell" if was_long else "buy",
        "sz": order.line.size(order.usd, order.price),
        "ts": str(order.at_ms),
    }


def _listing(market: Market, kind: str, lines: Sequence[Line]) -> ListingPage:
    rows = [_instrument(line) for line in lines if line.market == market]
    payload = msgspec.json.encode({"code": "0", "data": rows, "msg": ""})
    return ListingPage(market, _URL.format(kind), payload)


def _instrument(line: Line) -> dict[str, str]:
    pair = line.symbol.removesuffix("-SWAP")
    swap = line.market == "perp"
    return {
        "instId": line.symbol,
        "instType": "SWAP" if swap else "SPOT",
        "instFamily": pair if swap else "",
        "uly": pair if swap else "",
        "baseCcy": "" if swap else line.coin.name,
        "quoteCcy": "" if swap else "USDT",
        "ctType": "linear" if swap else "",
        "ctVal": f"{line.size_unit:.10g}" if swap else "",
        "ctMult": "1" if swap else "",
        "ctValCcy": line.coin.name if swap else "",
        "settleCcy": "USDT" if swap else "",
        "lever": str(line.coin.most_leverage) if swap else "",
        "lotSz": line.lot,
        "minSz": line.lot,
        "tickSz": line.tick,
        "state": "live",
        "ruleType": "normal",
        "listTime": "1573557408000",
        "expTime": "",
    }
