"""Deribit's public methods: instruments, tickers, and the book summaries that put/call ratios come from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from .facts import Option, Perp
from .listings import Listings
from .marketdata import MarketData
from .numerals import number

_OPTION = re.compile(r"([A-Z_]+)-\d{1,2}[A-Z]{3}\d{2}-[\d.d]+-[CP]")


@dataclass(frozen=True, slots=True)
class Problem:
    """A JSON-RPC error."""

    code: int
    message: str


class Methods:
    """Open interest of inverse futures is USD; of linear ones and of options it is coins."""

    def __init__(self, listings: Listings, data: MarketData) -> None:
        self._futures = {str(row["instrument_name"]): row for row in listings.deribit}
        self._data = data

    def lists(self, instrument: str) -> bool:
        """Whether there is an instrument of this name."""
        return instrument in self._futures or self._option(instrument) is not None

    def answer(self, method: str, asked: Mapping[str, object]) -> object | Problem:
        """The result of a method."""
        match method:
            case "public/get_time":
                return self._data.clock()
            case "public/test":
                return {"version": "1.2.26"}
            case "public/get_instruments":
                return self._instruments(str(asked.get("currency")), str(asked.get("kind", "any")))
            case "public/get_book_summary_by_currency":
                return self._summaries(str(asked.get("currency")), str(asked.get("kind", "any")))
            case "public/ticker":
                return self._ticker(str(asked.get("instrument_name")))
        return Problem(-32601, "Method not found")

    def _named(self, currency: str, kind: str) -> list[str]:
        """The names of a currency: its inverse futures, or all linear ones for USDC, and its options."""
        futures = [name for name, row in self._futures.items() if currency in (row["settlement_currency"], "any")]
        options = [
            option_name(coin, one)
            for (venue, coin), rows in self._data.options.items()
            for one in rows
            if venue == "deribit" and currency in (coin, "any")
        ]
        return (futures if kind in ("future", "any") else []) + (options if kind in ("option", "any") else [])

    def _option(self, name: str) -> Option | None:
        known = _OPTION.fullmatch(name)
        rows = self._data.options.get(("deribit", known[1]), ()) if known else ()
        return next((one for one in rows if known and option_name(known[1], one) == name), None)

    def _instruments(self, currency: str, kind: str) -> object | Problem:
        rows = []
        for name in self._named(currency, kind):
            option = self._option(name)
            rows.append(self._futures[name] if option is None else _instrument(name, option))
        return rows

    def _summaries(self, currency: str, kind: str) -> object | Problem:
        if currency not in ("BTC", "ETH", "SOL", "USDC", "USDT", "any"):
            return Problem(-32602, "Invalid params")
        rows: list[object] = []
        for name in self._named(currency, kind):
            option, perp = self._option(name), self._data.perps.get(("deribit", name))
            if option is not None:
                rows.append(self._option_summary(name, option))
            elif perp is not None:
                summary = {"instrument_name": name, "base_currency": perp.coin, "mark_price": number(perp.price)}
                rows.append({**summary, "open_interest": self._interest(name, perp), "volume": None})
        return rows

    def _option_summary(self, name: str, option: Option) -> Mapping[str, object]:
        """An option that hasn't traded has nulls: no volume, no prices."""
        coin = name.partition("-")[0]
        traded = option.volume is not None
        return {
            "instrument_name": name,
            "base_currency": coin,
            "quote_currency": coin,
            "ask_price": 0.0065 if traded else None,
            "bid_price": 0.006 if traded else None,
            "mid_price": 0.00625 if traded else None,
            "mark_price": 0.00616094,
            "mark_iv": 50.1,
            "volume": option.volume,
            "volume_usd": 98503.18 if traded else None,
            "high": 0.0105 if traded else None,
            "low": 0.006 if traded else None,
            "last": 0.0065 if traded else None,
            "open_interest": option.open_interest,
            "interest_rate": 0.0,
            "underlying_index": name.rsplit("-", 2)[0],
            "underlying_price": option.strike,
            "creation_timestamp": self._data.clock(),
        }

    def _interest(self, name: str, perp: Perp) -> int | float:
        coins = perp.open_interest.now if perp.open_interest else 0.0
        linear = self._futures[name]["instrument_type"] == "linear"
        return number(coins if linear else coins * perp.price)

    def _ticker(self, name: str) -> object | Problem:
        perp, option = self._data.perps.get(("deribit", name)), self._option(name)
        now_ms = self._data.clock()
        if option is not None:
            told = {"open_interest": option.open_interest, "mark_price": 0.0069, "mark_iv": 31.2}
            return {"timestamp": now_ms, "state": "open", "instrument_name": name, **told}
        if perp is None or name not in self._futures:
            return Problem(13020, "instrument_not_found")
        return {
            "timestamp": now_ms,
            "state": "open",
            "stats": {"volume": 11897.27640428, "volume_usd": 1092371540.0, "price_change": 2.3275},
            "index_price": number(perp.index),
            "instrument_name": name,
            "last_price": number(perp.price),
            "open_interest": self._interest(name, perp),
            "mark_price": number(perp.price),
            "current_funding": 0.0,
            "funding_8h": number(perp.funding_rate),
        }


def option_name(coin: str, option: Option) -> str:
    """BTC-4DEC26-60000-C: the day without a leading zero, a decimal point written as "d"."""
    strike = f"{number(option.strike)}".replace(".", "d")
    expiry = f"{option.expiry:%-d%b%y}".upper()
    return f"{coin}-{expiry}-{strike}-{option.right}"


def _instrument(name: str, option: Option) -> Mapping[str, object]:
    coin = name.partition("-")[0]
    return {
        "instrument_name": name,
        "kind": "option",
        "option_type": "call" if option.right == "C" else "put",
        "strike": option.strike,
        "instrument_type": "reversed",
        "settlement_currency": coin,
        "base_currency": coin,
        "quote_currency": coin,
        "counter_currency": "USD",
        "contract_size": 1.0,
        "is_active": True,
        "settlement_period": "month",
    }
