"""Gate USDT futures over REST: sizes in contracts, times in seconds, liquidations signed by the position."""

from collections.abc import Mapping

from .dialect import compact
from .facts import HOUR_MS, INTERVALS_MS, Perp
from .faults import Answer
from .listings import Listings
from .marketdata import MarketData
from .numerals import number, whole, written
from .session import Address

_BASE = "/api/v4/futures/usdt"
_HEADERS = (("X-Gate-RateLimit-Limit", "200"), ("X-Gate-RateLimit-Requests-Remain", "199"))


class GateRest:
    """Answers below /api/v4/futures/usdt."""

    def __init__(self, listings: Listings, data: MarketData) -> None:
        self._rows = {str(row["name"]): row for row in listings.gate}
        self._data = data

    def answer(self, address: Address) -> Answer | None:
        """None: no such path."""
        place = address.path.removeprefix(_BASE)
        if place.startswith("/contracts/"):
            name = place.removeprefix("/contracts/")
            return _told(self._contract(name)) if name in self._rows else _unknown(name)
        known = {
            "/contracts": self._contracts,
            "/tickers": self._tickers,
            "/contract_stats": self._statistics,
            "/risk_limit_tiers": self._tiers,
            "/liq_orders": self._liquidations,
        }
        return known[place](address) if place in known else None

    def _known(self, name: str) -> tuple[Perp, float] | None:
        """The perpetual and its coins a contract."""
        perp = self._data.perps.get(("gate", name))
        return (perp, float(str(self._rows[name]["quanto_multiplier"]))) if perp and name in self._rows else None

    def _contracts(self, address: Address) -> Answer:
        return _told([self._contract(name) for name in self._rows])

    def _contract(self, name: str) -> Mapping[str, object]:
        known, row = self._known(name), self._rows[name]
        if known is None:
            return {**row, "funding_rate": "0", "mark_price": "0", "index_price": "0", "position_size": 0}
        perp, multiplier = known
        held = perp.open_interest.now if perp.open_interest else 0.0
        return {
            **row,
            "funding_rate": written(perp.funding_rate),
            "funding_rate_indicative": written(perp.funding_rate),
            "funding_next_apply": perp.next_funding_ms(self._data.clock()) // 1000,
            "mark_price": written(perp.price),
            "index_price": written(perp.index),
            "last_price": written(perp.price),
            "position_size": number(held / multiplier),
        }

    def _tickers(self, address: Address) -> Answer:
        wanted = address.parameter("contract")
        if wanted and self._known(wanted) is None:
            return _unknown(wanted)
        listed = []
        for name in self._rows:
            known = self._known(name)
            if known is None or wanted not in ("", name):
                continue
            perp, multiplier = known
            held = perp.open_interest.now if perp.open_interest else 0.0
            listed.append(
                {
                    "contract": name,
                    "last": written(perp.price),
                    "mark_price": written(perp.price),
                    "index_price": written(perp.index),
                    "funding_rate": written(perp.funding_rate),
                    "funding_rate_indicative": written(perp.funding_rate),
                    "total_size": written(held / multiplier),
                    "quanto_base_rate": "",
                }
            )
        return _told(listed)

    def _statistics(self, address: Address) -> Answer:
        name, interval = address.parameter("contract"), address.parameter("interval") or "5m"
        known = self._known(name)
        if known is None:
            return _unknown(name)
        if interval not in INTERVALS_MS:
            return _refused(f"invalid interval {interval}")
        perp, multiplier = known
        now_ms = self._data.clock()
        rows = []
        most = whole(address.parameter("limit"), 30, 100)
        for at_ms, coins in perp.open_interest.rows(interval, now_ms, most) if perp.open_interest else []:
            shares = [one.at(now_ms - at_ms) if one else None for one in (perp.accounts, perp.top_accounts)]
            accounts, top = (share / (1 - share) if share else 0.0 for share in shares)
            position = perp.top_positions.at(now_ms - at_ms) if perp.top_positions else None
            rows.append(
                {
                    "time": at_ms // 1000,
                    "mark_price": number(perp.price),
                    "open_interest": number(coins / multiplier),
                    "open_interest_usd": number(coins * perp.price),
                    "lsr_account": number(accounts),
                    "lsr_taker": 1.0,
                    "top_lsr_account": number(top),
                    "top_lsr_size": number(position / (1 - position)) if position else 0,
                    "long_liq_size": 0,
                    "long_liq_usd": 0,
                    "short_liq_size": 0,
                    "short_liq_usd": 0,
                }
            )
        return _told(rows)

    def _tiers(self, address: Address) -> Answer:
        name = address.parameter("contract")
        known = self._known(name)
        if known is None:
            return _unknown(name)
        return _told(
            [
                {
                    "tier": rank,
                    "risk_limit": written(tier.cap_usd),
                    "initial_rate": written(1 / tier.leverage),
                    "maintenance_rate": written(tier.maintenance),
                    "leverage_max": written(tier.leverage),
                    "contract": name,
                    "deduction": "0",
                }
                for rank, tier in enumerate(known[0].tiers, 1)
            ]
        )

    def _liquidations(self, address: Address) -> Answer:
        """Times are whole seconds; `size` is the position, `order_size` its closing order."""
        now_s = self._data.clock() // 1000
        until = int(address.parameter("to") or now_s)
        since = int(address.parameter("from") or until - HOUR_MS // 1000)
        if until - since > HOUR_MS // 1000:
            return _refused("range from/to must in 1 hour")
        wanted, rows = address.parameter("contract"), []
        for one in self._data.liquidations.get("gate", ()):
            known, at_s = self._known(one.symbol), one.at_ms // 1000
            if known is None or wanted not in ("", one.symbol) or not since <= at_s <= until:
                continue
            size = round(one.coins / known[1]) * (1 if one.position == "long" else -1)
            prices = {"order_price": written(one.price), "fill_price": written(one.fill_price)}
            rows.append({"time": at_s, "contract": one.symbol, "size": size, "order_size": -size, **prices, "left": 0})
        rows.sort(key=lambda row: -int(str(row["time"])))
        return _told(rows[: whole(address.parameter("limit"), 100, 1000)])


def _told(payload: object) -> Answer:
    return Answer(200, compact(payload), _HEADERS)


def _refused(message: str) -> Answer:
    return Answer(400, compact({"label": "INVALID_PARAM_VALUE", "message": message}), _HEADERS)


def _unknown(name: str) -> Answer:
    return Answer(400, compact({"label": "CONTRACT_NOT_FOUND", "message": f"contract {name} not found"}), _HEADERS)
