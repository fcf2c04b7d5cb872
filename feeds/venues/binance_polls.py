"""What is asked of Binance over REST, how often, and what it weighs.

2400 of weight a minute and address, for USD-M and COIN-M together; `/futures/data` has a budget of its own, 1000 calls
in 5 minutes, and so has the funding history, 500 in 5 minutes. openInterest weighs 1, depth with 1000 levels 20, klines
1 below 100 rows and 2 below 500; at most 1000 settlements are told, without times the latest (Binance documentation,
USD-M market data).
"""

from collections.abc import Iterable, Sequence

from feeds.symbols import Instrument
from feeds.venue import Budget, Poll
from feeds.venues.schedule import FIVE_MINUTES, MINUTE, deep, fitted, perpetuals

WEIGHT = Budget("weight", 2400.0, 60.0)
STATISTICS = Budget("statistics", 1000.0, 300.0)
FUNDING = Budget("funding", 500.0, 300.0)

_API = "https://fapi.binance.com/fapi/v1"
_DATA = "https://fapi.binance.com/futures/data"
_RATIOS = {
    "globalLongShortAccountRatio": "accounts",
    "topLongShortAccountRatio": "top accounts",
    "topLongShortPositionRatio": "top positions",
}
_INTEREST_SECONDS = 30.0
_A_DAY = 300  # rows of 5 minutes: 25 hours
_TWENTY_DAYS = 500  # rows of an hour, the most in a page: where positions of the last weeks were entered
_LATEST = 12  # rows of a repeated call: it may fail for an hour of 5-minute rows, or for three of candles
_SETTLEMENTS = 200  # 33 days where funding is paid every 4 hours, 66 where every 8
_CANDLES = 499  # the most for a weight of 2; an EMA over 200 has settled by then
_CANDLE_SECONDS = {"1h": 2 * MINUTE, "15m": MINUTE}


def polls(instruments: Iterable[Instrument]) -> tuple[Poll, ...]:
    """What is true now first, then history, coin by coin."""
    perp = perpetuals(instruments)
    deepest, every = deep(perp)
    wanted = [
        *(_poll(item, "open interest", f"{_API}/openInterest?symbol={{}}", _INTEREST_SECONDS) for item in perp),
        *(poll for item in perp for poll in _candles(item)),
        *(_poll(item, "depth", f"{_API}/depth?symbol={{}}&limit=1000", every, 20.0) for item in deepest),
        *(poll for item in perp for poll in _statistics(item)),
        *(
            _poll(
                item, "funding, history", f"{_API}/fundingRate?symbol={{}}&limit={_SETTLEMENTS}", None, budget=FUNDING
            )
            for item in perp
        ),
    ]
    return fitted(wanted, (WEIGHT, STATISTICS, FUNDING))


def _candles(item: Instrument) -> Iterable[Poll]:
    for interval, seconds in _CANDLE_SECONDS.items():
        url = f"{_API}/klines?symbol={{}}&interval={interval}&limit="
        yield _poll(item, f"{interval} candles, history", f"{url}{_CANDLES}", None, 2.0)
        yield _poll(item, f"{interval} candles", f"{url}{_LATEST}", seconds)


def _statistics(item: Instrument) -> Sequence[Poll]:
    history = f"{_DATA}/openInterestHist?symbol={{}}&period="
    found = [
        _poll(item, f"open interest, {period} history", f"{history}{period}&limit={limit}", None, budget=STATISTICS)
        for period, limit in (("5m", _A_DAY), ("1h", _TWENTY_DAYS))
    ]
    for name, words in _RATIOS.items():
        url = f"{_DATA}/{name}?symbol={{}}&period=5m&limit="
        found.append(_poll(item, f"long/short of {words}, history", f"{url}{_A_DAY}", None, budget=STATISTICS))
        found.append(_poll(item, f"long/short of {words}", f"{url}{_LATEST}", FIVE_MINUTES, budget=STATISTICS))
    return found


def _poll(
    item: Instrument, what: str, url: str, every: float | None, weight: float = 1.0, budget: Budget = WEIGHT
) -> Poll:
    name = f"binance {item.symbol} {what}"
    return Poll("binance", "perp", name, url.format(item.symbol), every, weight, budget.name)
