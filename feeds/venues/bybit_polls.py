"""What is asked of Bybit over REST, and how often. Open interest now comes with the tickers of the websocket.

600 calls in 5 seconds and address are documented, and one too many bans the address for ten minutes, so no more than a
sixth of that is ever used. Pages hold at most 200 rows of open interest or settlements, 500 of account ratios, 1000
candles and 1000 levels of a linear book (Bybit documentation, v5 market).
"""

from collections.abc import Iterable

from feeds.symbols import Instrument
from feeds.venue import Budget, Poll
from feeds.venues.schedule import FIVE_MINUTES, MINUTE, deep, fitted, perpetuals

REQUESTS = Budget("requests", 100.0, 5.0)

_API = "https://api.bybit.com/v5/market"
_INTEREST = {"1h": 200, "5min": 200}  # pages as long as they get: eight days, and 16 h in detail
_A_DAY = 300  # rows of 5 minutes: 25 hours
_LATEST = 12  # rows of a repeated call: it may fail for an hour of 5-minute rows, or for three of candles
_SETTLEMENTS = 200  # the most in a page: 33 days where funding is paid every 4 hours, 66 where every 8
_CANDLES = 500  # an EMA over 200 has settled by then
_CANDLE_SECONDS = {"60": 2 * MINUTE, "15": MINUTE}


def polls(instruments: Iterable[Instrument]) -> tuple[Poll, ...]:
    """What is true now first, then history, coin by coin, then the margin tiers."""
    perp = perpetuals(instruments)
    deepest, every = deep(perp)
    wanted = [
        *(poll for item in perp for poll in _candles(item)),
        *(_poll(item, "depth", "orderbook", "limit=1000", every) for item in deepest),
        *(poll for item in perp for poll in _statistics(item)),
        *(_poll(item, "margin tiers", "risk-limit", "", None) for item in perp),
    ]
    return fitted(wanted, (REQUESTS,))


def _candles(item: Instrument) -> Iterable[Poll]:
    for minutes, seconds in _CANDLE_SECONDS.items():
        words = f"{minutes} min candles"
        yield _poll(item, f"{words}, history", "kline", f"interval={minutes}&limit={_CANDLES}", None)
        yield _poll(item, words, "kline", f"interval={minutes}&limit={_LATEST}", seconds)


def _statistics(item: Instrument) -> Iterable[Poll]:
    for interval, limit in _INTEREST.items():
        asked = f"intervalTime={interval}&limit={limit}"
        yield _poll(item, f"open interest, {interval} history", "open-interest", asked, None)
    ratio = "period=5min&limit="
    yield _poll(item, "long/short, history", "account-ratio", f"{ratio}{_A_DAY}", None)
    yield _poll(item, "long/short", "account-ratio", f"{ratio}{_LATEST}", FIVE_MINUTES)
    yield _poll(item, "funding, history", "funding/history", f"limit={_SETTLEMENTS}", None)


def _poll(item: Instrument, what: str, path: str, asked: str, every: float | None) -> Poll:
    url = f"{_API}/{path}?category=linear&symbol={item.symbol}"
    url = f"{url}&{asked}" if asked else url
    return Poll("bybit", "perp", f"bybit {item.symbol} {what}", url, every, budget=REQUESTS.name)
