"""Hyperliquid as the demo plays it: trades, and asset contexts with mark price, funding and open interest."""

from collections.abc import Sequence

import msgspec

from feeds.demo.exchange import Fill, ForcedOrder, ListingPage, QuotedLine
from feeds.demo.lines import Line
from feeds.demo.subject import Question, Subject
from feeds.events import Market

_LISTING = 'https://api.hyperliquid.xyz/info#{"type":"meta"}'
_FUNDING_FACTOR = 0.95 / 8  # the rate is per hour
_CONTEXT_MS = 3000
_BUYER, _SELLER = "0x31ca8395cf837de08b24da3f660e77761dfb974b", "0x010461c14e146ac35fe42271bdc1134ee31c703a"


class Hyperliquid:
    """Hyperliquid perpetuals; liquidations are not published."""

    name = "hyperliquid"
    outage = "no message for 45 s, the connection was given up"
    streams: tuple[tuple[str, Market], ...] = (("hyperliquid perp", "perp"),)
    forced_stream = "hyperliquid perp"

    def __init__(self) -> None:
        self._told_ms = 0

    def listings(self, lines: Sequence[Line]) -> list[ListingPage]:
        """The universe, asked for by a post."""
        universe = [
            {"name": line.symbol, "szDecimals": line.size_decimals, "maxLeverage": line.coin.most_leverage}
            for line in lines
        ]
        return [ListingPage("perp", _LISTING, msgspec.json.encode({"universe": universe}))]

    def opening(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """A context of each coin."""
        self._told_ms = 0
        return self.prices(quoted, now_ms)

    def prices(self, quoted: Sequence[QuotedLine], now_ms: int) -> list[bytes]:
        """activeAssetCtx of each coin, every few seconds."""
        if now_ms - self._told_ms < _CONTEXT_MS:
            return []
        self._told_ms = now_ms
        return [_context(item) for item in quoted]

    def trade(self, fill: Fill) -> bytes:
        """A trades message with one row; `side` is the aggressor's."""
        line = fill.line
        return (
            f'{{"channel":"trades","data":[{{"coin":"{line.symbol}","side":"{"B" if fill.buy else "A"}",'
            f'"px":"{line.price(fill.price)}","sz":"{line.size(fill.usd, fill.price)}","time":{fill.at_ms},'
            f'"hash":"0x{fill.number:064x}","tid":{fill.number},"users":["{_BUYER}","{_SELLER}"]}}]}}'
        ).encode()

    def force(self, order: ForcedOrder) -> None:
        """Not published."""

    def liquidations(self, now_ms: int, connected: bool) -> list[bytes]:
        """Not published."""
        return []


def hyperliquid_answer(asked: Question, subjects: dict[str, Subject]) -> bytes:
    """An l2Book, rounded to the figures that were asked for."""
    query = msgspec.json.decode(asked.body)
    subject = subjects[query["coin"]]
    bids, asks = subject.book(2.5)
    levels = [[{"px": price, "sz": size, "n": 3} for price, size in side[::2]] for side in (bids, asks)]
    return msgspec.json.encode({"coin": query["coin"], "time": asked.now_ms, "levels": levels})


def _context(item: QuotedLine) -> bytes:
    line, quote = item.line, item.quote
    mark = line.price(quote.mark)
    units = quote.interest * line.interest_share / line.size_unit
    context = {
        "funding": f"{quote.funding * _FUNDING_FACTOR:.10f}",
        "openInterest": f"{units:.{line.size_decimals}f}",
        "prevDayPx": line.price(quote.coin.price),
        "dayNtlVlm": f"{quote.coin.depth_usd * 1000:.1f}",
        "premium": "0.0",
        "oraclePx": line.price(quote.index),
        "markPx": mark,
        "midPx": line.price(quote.price),
    }
    return msgspec.json.encode({"channel": "activeAssetCtx", "data": {"coin": line.symbol, "ctx": context}})
