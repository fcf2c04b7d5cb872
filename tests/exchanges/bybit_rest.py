"""Bybit v5 statistics, candles, books, tiers and tickers: open interest counts both sides, lists are newest first."""

from collections.abc import Mapping, Sequence

from .dialect import compact
from .facts import Perp, Tier
from .faults import Answer
from .listings import Listings
from .marketdata import MarketData
from .numerals import coins_per_unit, whole, written
from .session import Address
from .settlements import settled_ms

_STATISTICS = {"5min": "5m", "15min": "15m", "30min": "30m", "1h": "1h", "4h": "4h", "1d": "1d"}
_CANDLES = {
    "1": "1m",
    "3": "3m",
    "5": "5m",
    "15": "15m",
    "30": "30m",
    "60": "1h",
    "120": "2h",
    "240": "4h",
    "360": "6h",
    "720": "12h",
    "D": "1d",
}
_SYMBOLS_A_PAGE = 15
"""Symbols in one answer of risk-limit."""


class BybitRest:
    """Answers the linear category, and the tickers of options."""

    def __init__(self, listings: Listings, data: MarketData) -> None:
        self._rows = {str(row["symbol"]): row for row in listings.bybit_perp}
        self._data = data

    def answer(self, address: Address) -> Answer | None:
        """None: no such path."""
        known = {
            "/v5/market/open-interest": self._open_interest,
            "/v5/market/account-ratio": self._ratio,
            "/v5/market/kline": self._klines,
            "/v5/market/funding/history": self._settlements,
            "/v5/market/orderbook": self._book,
            "/v5/market/tickers": self._tickers,
            "/v5/market/risk-limit": self._tiers,
        }
        if address.path not in known:
            return None
        category, symbol = address.parameter("category"), address.parameter("symbol")
        if address.path == "/v5/market/tickers" and category == "option":
            return self._option_tickers(address.parameter("baseCoin"))
        if category != "linear":
            return self._envelope(10001, "params error: Category is invalid", {})
        all_allowed = address.path in ("/v5/market/tickers", "/v5/market/risk-limit")
        if ("bybit", symbol) not in self._data.perps and (symbol or not all_allowed):
            return self._envelope(10001, "params error: symbol invalid", {})
        return known[address.path](symbol, address)

    def _known(self, symbol: str) -> tuple[Perp, float]:
        perp = self._data.perps["bybit", symbol]
        return perp, coins_per_unit(str(self._rows[symbol]["baseCoin"]), perp.coin)

    def _interest(self, coins: float, price: float | None = None) -> dict[str, object]:
        """Both sides summed, and one side beside it where the exchange tells it."""
        told: dict[str, object] = {"openInterest": written(2 * coins)}
        if price is not None:
            told["openInterestValue"] = written(2 * coins * price)
        if self._data.bybit_tells_one_side:
            told["singleOpenInterest"] = written(coins)
            told |= {"singleOpenInterestValue": written(coins * price)} if price is not None else {}
        return told

    def _open_interest(self, symbol: str, address: Address) -> Answer:
        period = _STATISTICS.get(address.parameter("intervalTime"))
        if period is None:
            return self._envelope(10001, "params error: intervalTime invalid", {})
        perp, unit = self._known(symbol)
        most = whole(address.parameter("limit"), 50, 200)
        rows = perp.open_interest.rows(period, self._data.clock(), most) if perp.open_interest else []
        listed = [self._interest(coins / unit) | {"timestamp": str(at_ms)} for at_ms, coins in reversed(rows)]
        return self._envelope(0, "OK", {"symbol": symbol, "category": "linear", "list": listed, "nextPageCursor": ""})

    def _ratio(self, symbol: str, address: Address) -> Answer:
        period = _STATISTICS.get(address.parameter("period"))
        if period is None:
            return self._envelope(10001, "params error: period invalid", {})
        accounts = self._known(symbol)[0].accounts
        most = whole(address.parameter("limit"), 50, 500)
        rows = accounts.rows(period, self._data.clock(), most) if accounts else []
        listed = [
            {
                "symbol": symbol,
                "buyRatio": f"{share:.4f}",
                "sellRatio": f"{1 - share:.4f}",
                "timestamp": str(at_ms),
            }
            for at_ms, share in reversed(rows)
        ]
        return self._envelope(0, "OK", {"list": listed, "nextPageCursor": ""})

    def _settlements(self, symbol: str, address: Address) -> Answer:
        perp = self._known(symbol)[0]
        rate = written(perp.funding_rate)
        listed = [
            {"symbol": symbol, "fundingRate": rate, "fundingRateTimestamp": str(at_ms)}
            for at_ms in settled_ms(perp, self._data.clock(), whole(address.parameter("limit"), 200, 200))
        ]
        return self._envelope(0, "OK", {"category": "linear", "list": listed})

    def _klines(self, symbol: str, address: Address) -> Answer:
        interval = _CANDLES.get(address.parameter("interval"))
        if interval is None:
            return self._envelope(10001, "params error: interval invalid", {})
        perp, unit = self._known(symbol)
        since, until = (address.parameter(name) for name in ("start", "end"))
        candles = perp.candles(
            interval,
            self._data.clock(),
            whole(address.parameter("limit"), 200, 1000),
            int(since or 0),
            int(until) if until else None,
        )
        listed = [
            [
                str(one.at_ms),
                *(written(price * unit) for price in (one.bar.open, one.bar.high, one.bar.low, one.bar.close)),
                written(one.bar.volume / unit),
                written(one.bar.volume * one.bar.close),
            ]
            for one in reversed(candles)
        ]
        return self._envelope(0, "OK", {"symbol": symbol, "category": "linear", "list": listed})

    def _book(self, symbol: str, address: Address) -> Answer:
        perp, unit = self._known(symbol)
        most = whole(address.parameter("limit"), 25, 1000)
        now_ms = self._data.clock()
        sides = {
            name: [[written(price * unit), written(coins / unit)] for price, coins in levels[:most]]
            for name, levels in (("b", perp.bids), ("a", perp.asks))
        }
        told = {"s": symbol, **sides, "ts": now_ms, "u": 18521288, "seq": 7961638724, "cts": now_ms - 5}
        return self._envelope(0, "OK", told)

    def _tickers(self, symbol: str, address: Address) -> Answer:
        symbols = [symbol] if symbol else [one for one in self._rows if ("bybit", one) in self._data.perps]
        listed = [self._ticker(one) for one in symbols]
        return self._envelope(0, "OK", {"category": "linear", "list": listed})

    def _ticker(self, symbol: str) -> dict[str, object]:
        perp, unit = self._known(symbol)
        minutes = self._rows[symbol]["fundingInterval"]
        held = perp.open_interest.now if perp.open_interest else 0.0
        return {
            "symbol": symbol,
            "lastPrice": written(perp.price * unit),
            "markPrice": written(perp.price * unit),
            "indexPrice": written(perp.index * unit),
            **self._interest(held / unit, perp.price * unit),
            "fundingRate": written(perp.funding_rate),
            "fundingIntervalHour": str(int(minutes) // 60) if isinstance(minutes, int) else "",
            "nextFundingTime": str(perp.next_funding_ms(self._data.clock())),
            "preOpenPrice": "",
        }

    def _option_tickers(self, coin: str) -> Answer:
        listed = [
            {
                "symbol": f"{coin}-{one.expiry:%-d%b%y}-{written(one.strike)}-{one.right}-USDT".upper(),
                "openInterest": written(one.open_interest),
                "volume24h": written(one.volume or 0.0),
                "markIv": "0.5",
            }
            for one in self._data.options.get(("bybit", coin), ())
        ]
        return self._envelope(0, "OK", {"category": "option", "list": listed})

    def _tiers(self, symbol: str, address: Address) -> Answer:
        symbols = [symbol] if symbol else [one for one in self._rows if ("bybit", one) in self._data.perps]
        begin = int(address.parameter("cursor") or 0)
        page = symbols[begin : begin + _SYMBOLS_A_PAGE]
        listed = [row for one in page for row in _tier_rows(one, self._known(one)[0].tiers)]
        following = str(begin + _SYMBOLS_A_PAGE) if begin + _SYMBOLS_A_PAGE < len(symbols) else ""
        return self._envelope(0, "OK", {"category": "linear", "list": listed, "nextPageCursor": following})

    def _envelope(self, code: int, message: str, result: Mapping[str, object]) -> Answer:
        now_ms = self._data.clock()
        body = {"retCode": code, "retMsg": message, "result": result, "retExtInfo": {}, "time": now_ms}
        limits = (("X-Bapi-Limit", "600"), ("X-Bapi-Limit-Status", "599"))
        return Answer(200, compact(body), limits)


def _tier_rows(symbol: str, tiers: Sequence[Tier]) -> list[dict[str, object]]:
    """Linear tiers: the limit in USDT, the rates as fractions, an empty deduction."""
    return [
        {
            "id": rank,
            "symbol": symbol,
            "riskLimitValue": written(tier.cap_usd),
            "maintenanceMargin": written(tier.maintenance),
            "initialMargin": written(1 / tier.leverage),
            "isLowestRisk": int(rank == 1),
            "maxLeverage": f"{tier.leverage:.2f}",
            "mmDeduction": "",
        }
        for rank, tier in enumerate(tiers, 1)
    ]
