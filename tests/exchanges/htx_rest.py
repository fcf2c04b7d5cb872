"""HTX over REST: linear swaps with open interest that counts both sides, and the spot symbols."""

from collections.abc import Callable, Mapping

from .dialect import compact
from .facts import HOUR_MS, Perp, Series
from .faults import Answer
from .listings import Listings
from .marketdata import MarketData
from .numerals import number, whole
from .session import Address

_V1 = "/linear-swap-api/v1/"
_PERIODS = {
    "1min": "1m",
    "5min": "5m",
    "15min": "15m",
    "30min": "30m",
    "60min": "1h",
    "1hour": "1h",
    "4hour": "4h",
    "12hour": "12h",
    "1day": "1d",
}
_RATIOS: dict[str, Callable[[Perp], Series | None]] = {
    "swap_elite_account_ratio": lambda perp: perp.top_accounts,
    "swap_elite_position_ratio": lambda perp: perp.top_positions,
}
_LOCKED = 0.02
"""Accounts that are long and short at once: neither of the two ratios counts them."""


class HtxRest:
    """Answers api.hbdm.com and the spot list of api.huobi.pro."""

    def __init__(self, listings: Listings, data: MarketData) -> None:
        self._swaps = {str(row["contract_code"]): row for row in listings.htx_perp}
        self._spots = listings.htx_spot
        self._data = data

    def answer(self, address: Address) -> Answer | None:
        """None: no such path."""
        if address.host != "api.hbdm.com":
            return self._told(list(self._spots)) if address.path == "/v1/common/symbols" else None
        known: Mapping[str, Callable[[str, Perp, Address], Answer]] = {
            _V1 + "swap_funding_rate": self._funding,
            _V1 + "swap_historical_funding_rate": self._funding_history,
            _V1 + "swap_his_open_interest": self._interest_history,
            "/linear-swap-ex/market/history/kline": self._klines,
            "/index/market/history/linear_swap_mark_price_kline": self._klines,
            **{_V1 + name: self._ratio for name in _RATIOS},
        }
        match address.path:
            case "/linear-swap-api/v1/swap_contract_info":
                return self._contracts(address)
            case "/linear-swap-api/v1/swap_open_interest":
                return self._open_interest(address)
            case "/linear-swap-api/v1/swap_batch_funding_rate":
                return self._told([self._rate(code) for code in self._swaps if self._perp(code)])
            case "/linear-swap-api/v3/swap_liquidation_orders":
                return self._liquidations(address)
        code = address.parameter("contract_code")
        perp = self._perp(code)
        if address.path not in known:
            return None
        return known[address.path](code, perp, address) if perp else self._error(1332, "The contract doesn't exist.")

    def _perp(self, code: str) -> Perp | None:
        return self._data.perps.get(("htx", code)) if code in self._swaps else None

    def _size(self, code: str) -> float:
        return float(str(self._swaps[code]["contract_size"]))

    def _contracts(self, address: Address) -> Answer:
        wanted = address.parameter("contract_code")
        return self._told([row for code, row in self._swaps.items() if wanted in ("", code)])

    def _rate(self, code: str) -> Mapping[str, object]:
        perp = self._data.perps["htx", code]
        return {
            "funding_rate": f"{perp.funding_rate:.18f}",
            "contract_code": code,
            "symbol": perp.coin,
            "fee_asset": "USDT",
            "funding_time": str(perp.next_funding_ms(self._data.clock())),
            "estimated_rate": None,
            "next_funding_time": None,
            "trade_partition": "USDT",
        }

    def _funding(self, code: str, perp: Perp, address: Address) -> Answer:
        return self._told(self._rate(code))

    def _funding_history(self, code: str, perp: Perp, address: Address) -> Answer:
        """Settlements of before, the newest first, by pages that begin with 1."""
        page, size = whole(address.parameter("page_index"), 1, 100), whole(address.parameter("page_size"), 20, 50)
        step = int(perp.funding_hours * HOUR_MS)
        newest = perp.next_funding_ms(self._data.clock()) - step
        rows = [
            {
                "avg_premium_index": "0.000049895833333333",
                "funding_rate": f"{perp.funding_rate:.18f}",
                "realized_rate": f"{perp.funding_rate:.18f}",
                "funding_time": str(newest - back * step),
                "contract_code": code,
                "symbol": perp.coin,
                "fee_asset": "USDT",
            }
            for back in range((page - 1) * size, page * size)
        ]
        return self._told({"total_page": 100, "current_page": page, "total_size": 100 * size, "data": rows})

    def _open_interest(self, address: Address) -> Answer:
        wanted = address.parameter("contract_code")
        codes = [code for code in self._swaps if wanted in ("", code) and self._perp(code)]
        if not codes:
            return self._error(1332, "The contract doesn't exist.")
        return self._told([self._interest(code, self._data.perps["htx", code]) for code in codes])

    def _interest(self, code: str, perp: Perp) -> Mapping[str, object]:
        coins = 2 * (perp.open_interest.now if perp.open_interest else 0.0)
        return {
            "volume": number(coins / self._size(code)),
            "amount": number(coins),
            "symbol": perp.coin,
            "value": number(coins * perp.price),
            "contract_code": code,
            "trade_amount": 0,
            "trade_volume": 0,
            "trade_turnover": 0,
            "business_type": "swap",
            "pair": code,
            "contract_type": "swap",
            "trade_partition": "USDT",
        }

    def _interest_history(self, code: str, perp: Perp, address: Address) -> Answer:
        kind = address.parameter("amount_type")
        unit = {"1": self._size(code), "2": 1.0}.get(kind)
        if unit is None:
            return self._error(1067, "amount_type invalid")
        ticks = [
            {
                "volume": number(2 * coins / unit),
                "amount_type": int(kind),
                "ts": at_ms,
                "value": number(2 * coins * perp.price),
            }
            for at_ms, coins in self._rows(perp.open_interest, address)
        ]
        names = {"symbol": perp.coin, "contract_code": code, "business_type": "swap", "pair": code}
        return self._told({**names, "contract_type": "swap", "tick": ticks})

    def _ratio(self, code: str, perp: Perp, address: Address) -> Answer:
        name = address.path.removeprefix(_V1)
        locked = _LOCKED if name == "swap_elite_account_ratio" else 0.0
        listed = [
            {
                "buy_ratio": number(share * (1 - locked)),
                "sell_ratio": number((1 - share) * (1 - locked)),
                **({"locked_ratio": locked} if locked else {}),
                "ts": at_ms,
            }
            for at_ms, share in self._rows(_RATIOS[name](perp), address)
        ]
        names = {"symbol": perp.coin, "contract_code": code, "business_type": "swap", "pair": code}
        return self._told({"list": listed, **names})

    def _rows(self, series: Series | None, address: Address) -> list[tuple[int, float]]:
        """Newest first, of the period asked for; nothing for a period that there is not."""
        period = _PERIODS.get(address.parameter("period"))
        if series is None or period is None:
            return []
        return series.rows(period, self._data.clock(), whole(address.parameter("size"), 48, 200))[::-1]

    def _klines(self, code: str, perp: Perp, address: Address) -> Answer:
        period = _PERIODS.get(address.parameter("period"))
        if period is None:
            return self._error("bad-request", "invalid period")
        candles = perp.candles(period, self._data.clock(), whole(address.parameter("size"), 150, 2000))
        rows = [
            {
                "id": one.at_ms // 1000,
                "open": number(one.bar.open),
                "close": number(one.bar.close),
                "high": number(one.bar.high),
                "low": number(one.bar.low),
                "amount": number(2 * one.bar.volume),
                "vol": number(2 * one.bar.volume / self._size(code)),
                "trade_turnover": number(2 * one.bar.volume * one.bar.close),
                "count": 100,
            }
            for one in candles
        ]
        body = {"ch": f"market.{code}.kline.{address.parameter('period')}", "data": rows, "status": "ok"}
        return Answer(200, compact({**body, "ts": self._data.clock()}))

    def _liquidations(self, address: Address) -> Answer:
        code = address.parameter("contract")
        rows = [
            {
                "query_id": rank,
                "contract_code": code,
                "symbol": "USDT",
                "direction": "sell" if one.position == "long" else "buy",
                "offset": "close",
                "volume": number(one.coins / self._size(code)),
                "price": number(one.price),
                "created_at": one.at_ms,
                "amount": number(one.coins),
                "trade_turnover": number(one.coins * one.price),
                "business_type": "swap",
                "pair": code,
            }
            for rank, one in enumerate(self._data.liquidations.get("htx", ()), 1)
            if one.symbol == code
        ]
        return Answer(200, compact({"code": 200, "msg": "", "data": rows, "ts": self._data.clock()}))

    def _told(self, data: object) -> Answer:
        return Answer(200, compact({"status": "ok", "data": data, "ts": self._data.clock()}))

    def _error(self, code: int | str, message: str) -> Answer:
        body = {"status": "error", "err_code": code, "err_msg": message, "ts": self._data.clock()}
        return Answer(200, compact(body))
