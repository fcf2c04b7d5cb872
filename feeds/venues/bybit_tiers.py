"""Bybit's margin tiers, from its risk limits.

    {"id":1,"symbol":"BTCUSDT","riskLimitValue":"2000000","maintenanceMargin":"0.005","initialMargin":"0.01",
     "maxLeverage":"100.00","mmDeduction":""}

`riskLimitValue` is the largest position of the tier, in USDT for linear contracts, so it is the floor of the next one.
The documentation shows margins in percent ("0.5", "1" at 100x), the answers for linear contracts are fractions
("0.005", "0.01" at 100x): initial margin x leverage is 100 in the one case and 1 in the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.tiers import MarginTier, continuous
from feeds.venues.reading import Rejection, fields, not_negative, positive, shown

_PERCENT = 100.0
_FRACTION = 1.0
_TOLERANCE = 0.25  # leverage and margin are both rounded, the tiers of highest margin most of all


@dataclass(frozen=True, slots=True)
class _Risk:
    cap_usd: float
    rate: float
    leverage: float
    deduction_usd: float | None


def read_tiers(rows: Sequence[object], symbol: str) -> tuple[MarginTier, ...]:
    """The tiers of a symbol, ascending; raises `Rejection` where a row can't be read: a missing tier moves a floor."""
    risks = sorted((_risk(fields(row, "a risk limit"), symbol) for row in rows), key=lambda risk: risk.cap_usd)
    floors = [0.0, *(risk.cap_usd for risk in risks[:-1])]
    joined = continuous([(floor, risk.rate, risk.leverage) for floor, risk in zip(floors, risks, strict=False)])
    return tuple(
        tier
        if risk.deduction_usd is None
        else MarginTier(risk.rate, risk.leverage, floor_usd=tier.floor_usd, deduction_usd=risk.deduction_usd)
        for tier, risk in zip(joined, risks, strict=True)
    )


def _risk(row: dict[str, object], symbol: str) -> _Risk:
    if row.get("symbol", symbol) != symbol:
        raise Rejection("wrong symbol", f"expected {symbol}, found {shown(row.get('symbol'))}")
    leverage = positive(row.get("maxLeverage"), "maxLeverage")
    unit = _unit(positive(row.get("initialMargin"), "initialMargin") * leverage)
    deduction = row.get("mmDeduction")
    return _Risk(
        cap_usd=positive(row.get("riskLimitValue"), "riskLimitValue"),
        rate=positive(row.get("maintenanceMargin"), "maintenanceMargin") / unit,
        leverage=leverage,
        deduction_usd=None if deduction in (None, "") else not_negative(deduction, "mmDeduction"),
    )


def _unit(product: float) -> float:
    for unit in (_FRACTION, _PERCENT):
        if abs(product / unit - 1) <= _TOLERANCE:
            return unit
    raise Rejection("invalid number", f"expected initialMargin x maxLeverage near 1 or 100, found {product:g}")
