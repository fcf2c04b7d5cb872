"""Binance USD-M statistics, candles, books and funding over REST, written in the symbol's own units (1000PEPE)."""

from collections.abc import Callable

from .dialect import compact
from .facts import HOUR_MS, INTERVALS_MS, Perp, Series
from .faults import Answer
from .listings import Listings
from .marketdata import MarketData
from .numerals import coins_per_unit, whole, written
from .session import Address
from .settlements import settled_ms

_DEPTHS = ("5", "10", "20", "50", "100", "500", "1000")
_PERIODS = ("5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d")
_RATIOS: dict[str, Callable[[Perp], Series | None]] = {
    "/futures/data/globalLongShortAccountRatio": lambda perp: perp.accounts,
    "/futures/data/topLongShortAccountRatio": lambda perp: perp.top_accounts,
    "/futures/data/topLongShortPositionRatio": lambda perp: perp.top_positions,
}
_TAKER_BUYS = 0.6
"""The share of each candle's volume that takers bought."""


class BinanceRest:
    """Answers what is asked of fapi.binance.com about one symbol, or about all."""

    def __init__(self, listings: Listings, data: MarketData) -> None:
        self._bases = {str(row["symbol"]): str(row["baseAsset"]) for row in listings.binance_perp}
        self._data = data

    def answer(self, address: Address) -> Answer | None:
        """None: no such path."""
        if address.path == "/fapi/v1/premiumIndex" and not address.parameter("symbol"):
            return _weighed([self._premium(symbol) for symbol in self._bases if self._perp(symbol)], 10)
        known = {
            "/fapi/v1/premiumIndex": self._premium_index,
            "/fapi/v1/openInterest": self._open_interest,
            "/fapi/v1/depth": self._depth,
            "/fapi/v1/klines": self._klines,
            "/fapi/v1/fundingRate": self._settlements,
            "/futures/data/openInterestHist": self._interest_history,
            **dict.fromkeys(_RATIOS, self._ratio),
        }
        if address.path not in known:
            return None
        symbol = address.parameter("symbol")
        if self._perp(symbol) is None:
            return _error(-1121, "Invalid symbol.")
        return known[address.path](symbol, address)

    def _perp(self, symbol: str) -> Perp | None:
        return self._data.perps.get(("binance", symbol)) if symbol in self._bases else None

    def _known(self, symbol: str) -> tuple[Perp, float]:
        """The perpetual, and how many coins the symbol's unit is."""
        perp = self._data.perps["binance", symbol]
        return perp, coins_per_unit(self._bases[symbol], perp.coin)

    def _premium_index(self, symbol: str, address: Address) -> Answer:
        return _weighed(self._premium(symbol), 1)

    def _premium(self, symbol: str) -> dict[str, object]:
        perp, unit = self._known(symbol)
        now_ms = self._data.clock()
        return {
            "symbol": symbol,
            "markPrice": written(perp.price * unit),
            "indexPrice": written(perp.index * unit),
            "estimatedSettlePrice": written(perp.index * unit),
            "lastFundingRate": written(perp.funding_rate),
            "interestRate": "0.00010000",
            "nextFundingTime": perp.next_funding_ms(now_ms),
            "time": now_ms,
        }

    def _settlements(self, symbol: str, address: Address) -> Answer:
        """Oldest first, the latest where no times are asked for, stamped some milliseconds late."""
        perp = self._known(symbol)[0]
        stamps = settled_ms(perp, self._data.clock(), whole(address.parameter("limit"), 100, 1000))
        rows = [
            {
                "symbol": symbol,
                "fundingTime": at_ms + at_ms // HOUR_MS % 10,
                "fundingRate": f"{perp.funding_rate:.8f}",
                "markPrice": "",
            }
            for at_ms in reversed(stamps)
        ]
        return Answer(200, compact(rows))

    def _open_interest(self, symbol: str, address: Address) -> Answer:
        perp, unit = self._known(symbol)
        held = perp.open_interest.now / unit if perp.open_interest else 0.0
        return _weighed({"openInterest": written(held), "symbol": symbol, "time": self._data.clock()}, 1)

    def _interest_history(self, symbol: str, address: Address) -> Answer:
        perp, unit = self._known(symbol)
        rows = [
            {
                "symbol": symbol,
                "sumOpenInterest": written(coins / unit),
                "sumOpenInterestValue": written(coins * perp.price),
                "CMCCirculatingSupply": "0",
                "timestamp": at_ms,
            }
            for at_ms, coins in self._rows(perp.open_interest, address)
        ]
        return _statistics(rows, address)

    def _ratio(self, symbol: str, address: Address) -> Answer:
        rows = [
            {
                "symbol": symbol,
                "longShortRatio": f"{share / (1 - share):.4f}",
                "longAccount": f"{share:.4f}",
                "shortAccount": f"{1 - share:.4f}",
                "timestamp": at_ms,
            }
            for at_ms, share in self._rows(_RATIOS[address.path](self._known(symbol)[0]), address)
        ]
        return _statistics(rows, address)

    def _rows(self, series: Series | None, address: Address) -> list[tuple[int, float]]:
        """Oldest first; where the times hold more than the limit, the oldest of them."""
        period, most = address.parameter("period"), whole(address.parameter("limit"), 30, 500)
        if series is None or period not in _PERIODS:
            return []
        since, until = (address.parameter(name) for name in ("startTime", "endTime"))
        if not since and not until:
            return series.rows(period, self._data.clock(), most)
        rows = series.rows(period, self._data.clock(), int(720 * 3_600_000 / INTERVALS_MS[period]))
        chosen = [row for row in rows if int(since or 0) <= row[0] <= int(until or row[0])]
        return chosen[:most] if since else chosen[-most:]

    def _depth(self, symbol: str, address: Address) -> Answer:
        limit = address.parameter("limit") or "500"
        if limit not in _DEPTHS:
            return _error(-4021, f"{limit} is not valid depth limit.")
        perp, unit = self._known(symbol)
        now_ms = self._data.clock()
        sides = {
            name: [[written(price * unit), written(coins / unit)] for price, coins in levels[: int(limit)]]
            for name, levels in (("bids", perp.bids), ("asks", perp.asks))
        }
        weight = {"100": 5, "500": 10, "1000": 20}.get(limit, 2)
        return _weighed({"lastUpdateId": now_ms, "E": now_ms, "T": now_ms - 8, **sides}, weight)

    def _klines(self, symbol: str, address: Address) -> Answer:
        interval, most = address.parameter("interval"), whole(address.parameter("limit"), 500, 1500)
        if interval not in INTERVALS_MS:
            return _error(-1120, "Invalid interval.")
        perp, unit = self._known(symbol)
        since, until = (address.parameter(name) for name in ("startTime", "endTime"))
        candles = perp.candles(interval, self._data.clock(), most, int(since or 0), int(until) if until else None)
        rows = [
            [
                one.at_ms,
                *(written(price * unit) for price in (one.bar.open, one.bar.high, one.bar.low, one.bar.close)),
                written(one.bar.volume / unit),
                one.end_ms - 1,
                written(one.bar.volume * one.bar.close),
                100,
                written(one.bar.volume * _TAKER_BUYS / unit),
                written(one.bar.volume * one.bar.close * _TAKER_BUYS),
                "0",
            ]
            for one in candles
        ]
        weight = next((weight for least, weight in ((1000, 10), (499, 5), (99, 2)) if most > least), 1)
        return _weighed(rows, weight)


def _weighed(payload: object, weight: int) -> Answer:
    return Answer(200, compact(payload), (("X-MBX-USED-WEIGHT-1M", str(weight)),))


def _statistics(rows: object, address: Address) -> Answer:
    """Statistics have a limit of their own and no weight header."""
    if address.parameter("period") not in _PERIODS:
        return _error(-1130, "Data sent for parameter 'period' is not valid.")
    return Answer(200, compact(rows))


def _error(code: int, message: str) -> Answer:
    return Answer(400, compact({"code": code, "msg": message}))
