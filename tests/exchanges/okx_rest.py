"""OKX v5 market data and public data over REST: contracts, newest first, everything a text."""

from collections.abc import Callable, Mapping

from .facts import INTERVALS_MS, Perp
from .faults import Answer
from .listings import Listings
from .marketdata import MarketData
from .numerals import whole, written
from .okx_contracts import OkxContracts
from .okx_options import OkxOptions
from .okx_statistics import OkxStatistics, answered
from .session import Address
from .settlements import settled_ms

_HONG_KONG_MS = 8 * 3_600_000
_MOST = {"/api/v5/market/candles": 300, "/api/v5/market/history-candles": 100}


class OkxRest:
    """Answers about swaps; statistics and options have an answerer each."""

    def __init__(self, listings: Listings, data: MarketData) -> None:
        self._contracts = OkxContracts(listings.okx_perp)
        self._data = data
        self._statistics = OkxStatistics(self._contracts, data)
        self._options = OkxOptions(data)
        self._known: Mapping[str, Callable[[Address], Answer]] = {
            "/api/v5/public/open-interest": self._open_interest,
            "/api/v5/public/funding-rate": self._funding,
            "/api/v5/public/funding-rate-history": self._settlements,
            "/api/v5/public/mark-price": self._mark_price,
            "/api/v5/public/position-tiers": self._tiers,
            "/api/v5/public/liquidation-orders": self._liquidations,
            "/api/v5/market/books": self._book,
            "/api/v5/market/books-full": self._book,
            "/api/v5/market/candles": self._candles,
            "/api/v5/market/history-candles": self._candles,
        }

    def answer(self, address: Address) -> Answer | None:
        """None: no such path."""
        if address.parameter("instType") == "OPTION" or "/option/" in address.path:
            return self._options.answer(address)
        if address.path.startswith("/api/v5/rubik/"):
            return self._statistics.answer(address)
        known = self._known.get(address.path)
        return known(address) if known else None

    def _swaps(self, address: Address) -> dict[str, Perp]:
        """The swaps asked for: one, a family, or all."""
        listed = {one: self._data.perps["okx", one] for one in self._contracts if ("okx", one) in self._data.perps}
        wanted = address.parameter("instId")
        family = address.parameter("instFamily") or address.parameter("uly")
        if wanted and wanted != "ANY":
            return {wanted: listed[wanted]} if wanted in listed else {}
        return {one: perp for one, perp in listed.items() if not family or one == f"{family}-SWAP"}

    def _rows(self, address: Address, row: Callable[[str, Perp], Mapping[str, object]]) -> Answer:
        swaps = self._swaps(address)
        if not swaps:
            return answered([], "51001", "Instrument ID doesn't exist.")
        return answered([row(name, perp) for name, perp in swaps.items()])

    def _open_interest(self, address: Address) -> Answer:
        now = str(self._data.clock())

        def row(name: str, perp: Perp) -> Mapping[str, object]:
            coins = perp.open_interest.now if perp.open_interest else 0.0
            return {
                "instId": name,
                "instType": "SWAP",
                "oi": written(self._contracts.of(name, coins, perp.price)),
                "oiCcy": written(coins),
                "oiUsd": written(coins * perp.price),
                "ts": now,
            }

        return self._rows(address, row)

    def _funding(self, address: Address) -> Answer:
        now_ms = self._data.clock()

        def row(name: str, perp: Perp) -> Mapping[str, object]:
            settles = perp.next_funding_ms(now_ms)
            return {
                "fundingRate": written(perp.funding_rate),
                "fundingTime": str(settles),
                "instId": name,
                "instType": "SWAP",
                "method": "current_period",
                "nextFundingRate": "",
                "nextFundingTime": str(settles + int(perp.funding_hours * 3_600_000)),
                "settFundingRate": "0.0001",
                "settState": "settled",
                "ts": str(now_ms),
            }

        return self._rows(address, row)

    def _settlements(self, address: Address) -> Answer:
        name = address.parameter("instId")
        perp = self._data.perps.get(("okx", name))
        if perp is None:
            return answered([], "51001", "Instrument ID doesn't exist.")
        rate = written(perp.funding_rate)
        row = {
            "instId": name,
            "instType": "SWAP",
            "fundingRate": rate,
            "realizedRate": rate,
            "method": "current_period",
        }
        stamps = settled_ms(perp, self._data.clock(), whole(address.parameter("limit"), 100, 100))
        return answered([{**row, "fundingTime": str(at_ms)} for at_ms in stamps])

    def _mark_price(self, address: Address) -> Answer:
        now = str(self._data.clock())
        return self._rows(
            address,
            lambda name, perp: {"instId": name, "instType": "SWAP", "markPx": written(perp.price), "ts": now},
        )

    def _tiers(self, address: Address) -> Answer:
        if address.parameter("tdMode") not in ("cross", "isolated"):
            return answered([], "51000", "Parameter tdMode error")
        families = address.parameter("instFamily").split(",")[:5]
        names = [f"{family}-SWAP" for family in families if ("okx", f"{family}-SWAP") in self._data.perps]
        return answered([row for name in names for row in self._tier_rows(name)])

    def _tier_rows(self, name: str) -> list[Mapping[str, object]]:
        perp = self._data.perps["okx", name]
        family = name.removesuffix("-SWAP")
        rows: list[Mapping[str, object]] = []
        least = 0
        for rank, tier in enumerate(perp.tiers, 1):
            most = int(self._contracts.of(name, tier.cap_usd / perp.index, perp.index))
            rates = {"imr": written(1 / tier.leverage), "mmr": written(tier.maintenance)}
            bounds = {"minSz": str(least), "maxSz": str(most), "maxLever": written(tier.leverage)}
            names = {"instFamily": family, "instId": "", "uly": family, "tier": str(rank)}
            rows.append({**names, **bounds, **rates, "baseMaxLoan": "", "optMgnFactor": "0", "quoteMaxLoan": ""})
            least = most + 1
        return rows

    def _liquidations(self, address: Address) -> Answer:
        family = address.parameter("instFamily") or address.parameter("uly")
        name = f"{family}-SWAP"
        if name not in self._contracts:
            return answered([], "51014", "Index doesn't exist.")
        details = [
            {
                "bkLoss": "0",
                "bkPx": written(one.price),
                "ccy": "",
                "posSide": one.position,
                "side": "sell" if one.position == "long" else "buy",
                "sz": written(self._contracts.of(name, one.coins, one.price)),
                "ts": str(one.at_ms),
            }
            for one in self._data.liquidations.get("okx", ())
            if one.symbol == name
        ]
        row = {"details": details, "instFamily": family, "instId": name, "instType": "SWAP", "uly": family}
        return answered([row] if details else [])

    def _book(self, address: Address) -> Answer:
        """Levels have a zero between the size and the number of orders, but not in the full book."""
        name = address.parameter("instId")
        perp = self._data.perps.get(("okx", name))
        if perp is None:
            return answered([], "51001", "Instrument ID doesn't exist.")
        full = address.path.endswith("/books-full")
        most = whole(address.parameter("sz"), 1, 5000 if full else 400)
        sides = {
            side: [
                [
                    written(price),
                    written(self._contracts.of(name, coins, price)),
                    *(() if full else ("0",)),
                    "3",
                ]
                for price, coins in levels[:most]
            ]
            for side, levels in (("asks", perp.asks), ("bids", perp.bids))
        }
        return answered([{**sides, "ts": str(self._data.clock()), "seqId": 123_456}])

    def _candles(self, address: Address) -> Answer:
        name, bar = address.parameter("instId"), address.parameter("bar") or "1m"
        perp = self._data.perps.get(("okx", name))
        interval = bar.removesuffix("utc").lower() if bar != "1M" else ""
        if perp is None or interval not in INTERVALS_MS:
            return answered([], "51001" if perp is None else "51000", "Instrument ID or bar doesn't exist.")
        long_bar = interval in ("6h", "12h", "1d")
        # `after` asks for what is earlier than it, `before` for what is later: both leave out their own time.
        after, before = (address.parameter(one) for one in ("after", "before"))
        candles = perp.candles(
            interval,
            self._data.clock(),
            whole(address.parameter("limit"), 100, _MOST[address.path]),
            int(before) + 1 if before else 0,
            int(after) - 1 if after else None,
            offset_ms=_HONG_KONG_MS if long_bar and not bar.endswith("utc") else 0,
        )
        rows = [
            [
                str(one.at_ms),
                *(written(price) for price in (one.bar.open, one.bar.high, one.bar.low, one.bar.close)),
                written(self._contracts.of(name, one.bar.volume, one.bar.close)),
                written(one.bar.volume),
                written(one.bar.volume * one.bar.close),
                str(int(one.closed)),
            ]
            for one in reversed(candles)
        ]
        return answered(rows)
