"""What Hyperliquid answers to a POST of /info: the universe with its contexts, books, candles, funding."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10

from .dialect import compact, loads_or_none
from .facts import INTERVALS_MS, Perp
from .faults import Answer
from .listings import Listings
from .marketdata import MarketData
from .numerals import coins_per_unit, written

_LEVELS = 20
"""Levels of a book on each side, however coarse."""
_CANDLES = 5000
_UNREADABLE = Answer(422, "Failed to deserialize the JSON body into the target type", content_type="text/plain")


class Info:
    """Names are units: kPEPE is a thousand PEPE. Funding is hourly, open interest in units, one side."""

    def __init__(self, listings: Listings, data: MarketData) -> None:
        self._universe = listings.hyperliquid
        self._data = data

    def answer(self, body: str) -> Answer:
        """The answer to a posted request."""
        request = loads_or_none(body)
        if not isinstance(request, dict):
            return _UNREADABLE
        match request.get("type"):
            case "meta":
                return _answered(self._meta())
            case "metaAndAssetCtxs":
                return _answered([self._meta(), self.contexts()])
            case "allMids":
                return _answered({str(row["name"]): self._mid(str(row["name"])) for row in self._universe})
            case "l2Book":
                return _answered(self.book(str(request.get("coin")), request.get("nSigFigs")))
            case "candleSnapshot":
                return self._candles(request.get("req"))
            case "fundingHistory":
                return self._funding(str(request.get("coin")), request.get("startTime"))
        return _UNREADABLE

    def contexts(self) -> list[Mapping[str, object]]:
        """The context of every name, in the order of the universe."""
        return [self.context(str(row["name"])) for row in self._universe]

    def context(self, name: str) -> Mapping[str, object]:
        """What a perpetual is like now; nothing trades of what is delisted."""
        perp = self._perp(name)
        if perp is None:
            zero = dict.fromkeys(("funding", "openInterest", "prevDayPx", "dayNtlVlm", "dayBaseVlm"), "0.0")
            return {**zero, "premium": None, "oraclePx": "1.0", "markPx": "1.0", "midPx": None, "impactPxs": None}
        unit = coins_per_unit(name, perp.coin)
        mark = written(perp.price * unit)
        held = perp.open_interest.now if perp.open_interest else 0.0
        return {
            "funding": written(perp.funding_rate),
            "openInterest": written(held / unit),
            "prevDayPx": written(perp.bars[-25].close * unit) if len(perp.bars) >= 25 else mark,
            "dayNtlVlm": "1516669192.19",
            "premium": written(perp.price / perp.index - 1),
            "oraclePx": written(perp.index * unit),
            "markPx": mark,
            "midPx": mark,
            "impactPxs": [mark, mark],
            "dayBaseVlm": "19707.77457",
        }

    def book(self, name: str, figures: object) -> Mapping[str, object] | None:
        """Twenty levels a side, merged to so many significant figures where asked; None: no such coin."""
        perp = self._perp(name)
        if perp is None:
            return None
        unit = coins_per_unit(name, perp.coin)
        step = 10.0 ** (floor(log10(perp.price * unit)) + 1 - figures) if isinstance(figures, int) else 0.0
        sides = [_merged(levels, unit, step, up) for levels, up in ((perp.bids, False), (perp.asks, True))]
        return {"coin": name, "time": self._data.clock(), "levels": sides}

    def _perp(self, name: str) -> Perp | None:
        return self._data.perps.get(("hyperliquid", name))

    def _mid(self, name: str) -> str:
        perp = self._perp(name)
        return written(perp.price * coins_per_unit(name, perp.coin)) if perp else "1.0"

    def _meta(self) -> Mapping[str, object]:
        tables = {}
        for row in self._universe:
            tier = {"lowerBound": "0.0", "maxLeverage": row["maxLeverage"]}
            tables[row["marginTableId"]] = {"description": "", "marginTiers": [tier]}
        return {"universe": list(self._universe), "marginTables": list(tables.items()), "collateralToken": 0}

    def _candles(self, request: object) -> Answer:
        if not isinstance(request, dict):
            return _UNREADABLE
        name, interval, since, until = (request.get(key) for key in ("coin", "interval", "startTime", "endTime"))
        perp = self._perp(str(name))
        if interval not in INTERVALS_MS or not isinstance(since, int):
            return _UNREADABLE
        if perp is None:
            return _answered(None)
        unit = coins_per_unit(str(name), perp.coin)
        until_ms = until if isinstance(until, int) else None
        return _answered(
            [
                {
                    "t": one.at_ms,
                    "T": one.end_ms - 1,
                    "s": name,
                    "i": interval,
                    "o": written(one.bar.open * unit),
                    "c": written(one.bar.close * unit),
                    "h": written(one.bar.high * unit),
                    "l": written(one.bar.low * unit),
                    "v": written(one.bar.volume / unit),
                    "n": 100,
                }
                for one in perp.candles(interval, self._data.clock(), _CANDLES, since, until_ms)
            ]
        )

    def _funding(self, name: str, since: object) -> Answer:
        perp, now_ms = self._perp(name), self._data.clock()
        if not isinstance(since, int):
            return _UNREADABLE
        hours = range(-(-since // 3_600_000) * 3_600_000, now_ms + 1, 3_600_000)
        return _answered(
            [
                {"coin": name, "fundingRate": written(perp.funding_rate), "premium": "0.0001", "time": at_ms}
                for at_ms in list(hours)[:500]
            ]
            if perp
            else None
        )


def _merged(levels: Sequence[tuple[float, float]], unit: float, step: float, up: bool) -> list[Mapping[str, object]]:
    """Bids are rounded down and asks up, best first."""
    sums: dict[float, list[float]] = {}
    for price, coins in levels:
        exact = price * unit
        rounded = (ceil(exact / step - 1e-9) if up else floor(exact / step + 1e-9)) * step if step else exact
        sums.setdefault(rounded, []).append(coins / unit)
    merged: list[Mapping[str, object]] = [
        {"px": written(price), "sz": written(sum(sizes)), "n": len(sizes)} for price, sizes in sums.items()
    ]
    return merged[:_LEVELS]


def _answered(payload: object) -> Answer:
    return Answer(200, compact(payload))
