"""OKX rubik statistics: open interest history and long/short ratios as rows of texts, newest first."""

from collections.abc import Callable, Sequence

from .dialect import compact
from .facts import Perp, Series
from .faults import Answer
from .marketdata import MarketData
from .numerals import whole, written
from .okx_contracts import OkxContracts
from .session import Address

_CONTRACTS = "/api/v5/rubik/stat/contracts/"
_PERIODS = {
    "5m": "5m",
    "15m": "15m",
    "30m": "30m",
    "1H": "1h",
    "2H": "2h",
    "4H": "4h",
    "6Hutc": "6h",
    "12Hutc": "12h",
    "1Dutc": "1d",
    "6H": "6h",
    "12H": "12h",
    "1D": "1d",
}
_BY_CONTRACT: dict[str, Callable[[Perp], Series | None]] = {
    "long-short-account-ratio-contract": lambda perp: perp.accounts,
    "long-short-account-ratio-contract-top-trader": lambda perp: perp.top_accounts,
    "long-short-position-ratio-contract-top-trader": lambda perp: perp.top_positions,
}
_ROWS = 100
"""The most rows of one answer."""


class OkxStatistics:
    """Ratios are longs per short; the one by coin tells the same as that of the coin's USDT swap."""

    def __init__(self, contracts: OkxContracts, data: MarketData) -> None:
        self._contracts = contracts
        self._data = data

    def answer(self, address: Address) -> Answer | None:
        """None: no such path."""
        name = address.path.removeprefix(_CONTRACTS)
        if name not in (*_BY_CONTRACT, "open-interest-history", "long-short-account-ratio"):
            return None
        by_coin = name == "long-short-account-ratio"
        instrument = f"{address.parameter('ccy')}-USDT-SWAP" if by_coin else address.parameter("instId")
        perp = self._data.perps.get(("okx", instrument))
        period = _PERIODS.get(address.parameter("period") or "5m")
        if perp is None or period is None:
            return answered([], "51000", "Parameter instId, ccy or period error")
        if name == "open-interest-history":
            return answered(self._interest(instrument, perp, period, address))
        series = perp.accounts if by_coin else _BY_CONTRACT[name](perp)
        return answered([[str(at), f"{share / (1 - share):.6f}"] for at, share in self._rows(series, period, address)])

    def _interest(self, instrument: str, perp: Perp, period: str, address: Address) -> list[list[str]]:
        return [
            [
                str(at_ms),
                written(self._contracts.of(instrument, coins, perp.price)),
                written(coins),
                written(coins * perp.price),
            ]
            for at_ms, coins in self._rows(perp.open_interest, period, address)
        ]

    def _rows(self, series: Series | None, period: str, address: Address) -> list[tuple[int, float]]:
        if series is None:
            return []
        most = whole(address.parameter("limit"), _ROWS, _ROWS)
        begin, end = (address.parameter(name) for name in ("begin", "end"))
        rows = series.rows(period, self._data.clock(), 1440)
        chosen = [row for row in rows if int(begin or 0) <= row[0] <= int(end or row[0])]
        return chosen[::-1][:most]


def answered(rows: Sequence[object], code: str = "0", message: str = "") -> Answer:
    """The envelope of every OKX answer."""
    return Answer(200, compact({"code": code, "msg": message, "data": rows}))
