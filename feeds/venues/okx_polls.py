"""What is asked of OKX over REST, and how often. Every address has a limit of its own.

Calls in 2 seconds and IP: each of the long/short ratios 5, open interest history 10, funding history 10, position
tiers 10, open interest 20, tickers 20, candles 40, books 40, full books 10. Pages hold at most 100 rows of statistics
or settlements, 300 candles, 400 levels of a book and 5000 of a full one (OKX documentation, v5 public data, market data
and trading statistics).
"""

from collections.abc import Iterable, Sequence

from feeds.symbols import Instrument
from feeds.venue import Budget, Poll
from feeds.venues.schedule import FIVE_MINUTES, MINUTE, deep, fitted, perpetuals

_API = "https://www.okx.com/api/v5"
_CONTRACTS = "rubik/stat/contracts"
RATIOS = {
    "long-short-account-ratio-contract": "accounts",
    "long-short-account-ratio-contract-top-trader": "top accounts",
    "long-short-position-ratio-contract-top-trader": "top positions",
}
OPTION_COINS = ("BTC", "ETH")
"""The coins whose options OKX lists as `COIN-USD`."""
FINE_COINS = ("BTC", "ETH")
"""The coins with so fine a tick that 400 levels end near 0.1 %: their full book is asked for as well."""

_CALLS = {
    **dict.fromkeys(RATIOS, 5.0),
    "open-interest-history": 10.0,
    "funding-rate-history": 10.0,
    "position-tiers": 10.0,
    "open-interest": 20.0,
    "tickers": 20.0,
    "candles": 40.0,
    "books": 40.0,
    "books-full": 10.0,
}
BUDGETS = tuple(Budget(name, calls, 2.0) for name, calls in _CALLS.items())

_INTEREST_SECONDS = 15.0
_FULL_BOOK_SECONDS = 30.0  # some 250 kB an answer
_TWO_DAYS = 48  # rows of an hour, so that 24 h ago is there
_PAGE = 100  # the most rows there are in a page: four days of hours, eight hours of 5 minutes
_SETTLEMENTS = 100  # the most in a page that is agreed on: 33 days where funding is paid every 8 hours
_LATEST = 12  # rows of a repeated call: it may fail for an hour of 5-minute rows, or for three of candles
_CANDLES = 300  # the most in a page; an EMA over 200 has nearly settled by then
_CANDLE_SECONDS = {"1H": 2 * MINUTE, "15m": MINUTE}


def polls(instruments: Iterable[Instrument]) -> tuple[Poll, ...]:
    """What is true now first, then history, coin by coin, then the margin tiers."""
    perp = perpetuals(instruments)
    deepest, every = deep(perp)
    wanted = [
        *(_market("open interest", "public/open-interest", "instType=SWAP", _INTEREST_SECONDS) for _ in perp[:1]),
        *(poll for item in perp for poll in _candles(item)),
        *(_poll(item, "depth", "market/books", "sz=400", every) for item in deepest),
        *(
            _poll(item, "full depth", "market/books-full", "sz=5000", _FULL_BOOK_SECONDS)
            for item in perp
            if item.coin in FINE_COINS
        ),
        *(poll for item in perp if item.coin in OPTION_COINS for poll in _options(item)),
        *(poll for item in perp for poll in _statistics(item)),
        *(_tiers(item) for item in perp),
    ]
    return fitted(wanted, BUDGETS)


def _candles(item: Instrument) -> Iterable[Poll]:
    for bar, seconds in _CANDLE_SECONDS.items():
        yield _poll(item, f"{bar} candles, history", "market/candles", f"bar={bar}&limit={_CANDLES}", None)
        yield _poll(item, f"{bar} candles", "market/candles", f"bar={bar}&limit={_LATEST}", seconds)


def _options(item: Instrument) -> Sequence[Poll]:
    asked = f"instType=OPTION&instFamily={item.coin}-USD"
    return (
        _market(f"{item.coin} options' open interest", "public/open-interest", asked, MINUTE, option=True),
        _market(f"{item.coin} options' volume", "market/tickers", asked, MINUTE, option=True),
    )


def _statistics(item: Instrument) -> Iterable[Poll]:
    interest = f"{_CONTRACTS}/open-interest-history"
    for period, limit in (("1H", _PAGE), ("5m", _PAGE)):
        yield _poll(item, f"open interest, {period} history", interest, f"period={period}&limit={limit}", None)
    yield _poll(item, "funding, history", "public/funding-rate-history", f"limit={_SETTLEMENTS}", None)
    for name, words in RATIOS.items():
        path = f"{_CONTRACTS}/{name}"
        yield _poll(item, f"long/short of {words}, history", path, f"period=1H&limit={_TWO_DAYS}", None)
        yield _poll(item, f"long/short of {words}", path, f"period=5m&limit={_LATEST}", FIVE_MINUTES)


def _tiers(item: Instrument) -> Poll:
    family = item.symbol.removesuffix("-SWAP")
    asked = f"instType=SWAP&tdMode=isolated&instFamily={family}"
    return _market(f"{item.symbol} margin tiers", "public/position-tiers", asked, None)


def _market(what: str, path: str, asked: str, every: float | None, *, option: bool = False) -> Poll:
    budget = path.rpartition("/")[2]
    return Poll("okx", "option" if option else "perp", f"okx {what}", f"{_API}/{path}?{asked}", every, budget=budget)


def _poll(item: Instrument, what: str, path: str, asked: str, every: float | None) -> Poll:
    return _market(f"{item.symbol} {what}", path, f"instId={item.symbol}&{asked}", every)
