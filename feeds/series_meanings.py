"""What a row of a recorded series means, by venue and kind of file, and the events it becomes.

Labels, checked against each other on the days that several of the files cover:
- Binance open interest, 5 min: `t` is the moment of the reading; `oi_usd / oi` is the price that Binance multiplied
  with, taken as the mark price. Only its closes are known.
- Binance bars of 5 min: `timestamp` is the bar's open; `oi_close` is the open interest at the *open* (it equals the
  reading labelled `timestamp` of the file above, to the digit), the price is that of the bar.
- Aggregate bars: `timestamp` is the bar's open, open interest is that at the bar's end, funding is in percent.
- OKX: candles carry their open; `oi` equals `oi_value` and is in USD; sums of taker volume are labelled with the end.
- Hyperliquid: trades with `side` A where the taker sold; contexts each minute with the hourly funding rate.

```
t,oi,oi_usd                               1764547500000,89832.175,8064963864.475081
ts,rate                                   1764547200000,0.0000044913
{"ts":1781395198190,"px":64414.0,"sz":0.00016,"side":"B"}
{"ts":1781395204563,"funding":1.25e-05,"oi":31999.0672,"mark":64427.0,"oracle":64454.0}
```
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import nan

from feeds.events import Candle, Funding, LongShort, MarketEvent, MarkPrice, OpenInterest, Trade
from feeds.series_rows import BadRow, Row, number, positive, time_ms


@dataclass(frozen=True, slots=True)
class Named:
    """What a file's name says: whose readings, of which coin, and the length of its bars where it has any."""

    venue: str
    coin: str
    interval: str = ""

    @property
    def symbol(self) -> str:
        """The coin's perpetual as the venue spells it."""
        if self.venue == "okx":
            return f"{self.coin}-USDT-SWAP"
        return self.coin if self.venue in ("hyperliquid", "aggregate") else f"{self.coin}USDT"

    def at(self, at_ms: int, known_ms: int | None = None) -> dict[str, object]:
        """The fields that every event has."""
        return {
            "venue": self.venue,
            "market": "perp",
            "symbol": self.symbol,
            "coin": self.coin,
            "at_ms": at_ms,
            "received_ms": at_ms if known_ms is None else known_ms,
        }


Convert = Callable[[Named, Row], list[MarketEvent]]
"""The events of a row, in the order in which they could be known. Raises `BadRow`."""


def binance_interest(named: Named, row: Row) -> list[MarketEvent]:
    """A reading of open interest, and the price that it was multiplied with."""
    at_ms, coins, usd = time_ms(row, "t"), positive(row, "oi"), positive(row, "oi_usd")
    common = named.at(at_ms)
    return [_mark(named, at_ms, usd / coins), OpenInterest(**common, coins=coins, notional_usd=usd)]  # type: ignore[arg-type]


def _mark(named: Named, at_ms: int, mark: float, index: float | None = None) -> MarkPrice:
    return MarkPrice(**named.at(at_ms), mark=mark, index=index)  # type: ignore[arg-type]


def _interest(named: Named, at_ms: int, usd: float, price: float) -> OpenInterest:
    return OpenInterest(**named.at(at_ms), coins=usd / price, notional_usd=usd)  # type: ignore[arg-type]


def rate(column: str, time_column: str, hours: float | None) -> Convert:
    """Reads a funding rate per so many hours (None: not known) from these columns."""

    def convert(named: Named, row: Row) -> list[MarketEvent]:
        common = named.at(time_ms(row, time_column))
        return [Funding(**common, rate=number(row, column), interval_hours=hours, next_at_ms=None)]  # type: ignore[arg-type]

    return convert


LENGTHS_MS = {"1m": 60_000, "5m": 300_000, "30m": 1_800_000, "1h": 3_600_000}


def _candle(named: Named, row: Row, prefix: str, at_ms: int, interval: str) -> Candle:
    opened, high, low, close = (positive(row, prefix + name) for name in ("open", "high", "low", "close"))
    if not low <= min(opened, close) <= max(opened, close) <= high:
        raise BadRow("candle", f"expected low <= open, close <= high, found {low:g}, {opened:g}, {close:g}, {high:g}")
    volume = number(row, "volume") if "volume" in row else nan
    return Candle(
        **named.at(at_ms, at_ms + LENGTHS_MS[interval]),  # type: ignore[arg-type]
        interval=interval,
        open=opened,
        high=high,
        low=low,
        close=close,
        volume=volume,
        closed=True,
    )


def binance_bar(named: Named, row: Row) -> list[MarketEvent]:
    """A bar, and the open interest at its open."""
    at_ms = time_ms(row, "timestamp")
    candle = _candle(named, row, "price_", at_ms, "5m")
    return [_interest(named, at_ms, positive(row, "oi_close"), candle.open), candle]


def aggregate_bar(named: Named, row: Row) -> list[MarketEvent]:
    """A bar, with open interest and funding at its end."""
    at_ms = time_ms(row, "timestamp")
    candle = _candle(named, row, "price_", at_ms, named.interval)
    end_ms = candle.received_ms
    common = named.at(end_ms)
    rate = number(row, "funding_close") / 100
    return [
        candle,
        _interest(named, end_ms, positive(row, "oi_close"), candle.close),
        Funding(**common, rate=rate, interval_hours=None, next_at_ms=None),  # type: ignore[arg-type]
    ]


def okx_candle(named: Named, row: Row) -> list[MarketEvent]:
    """A candle of one minute."""
    return [_candle(named, row, "", time_ms(row, "ts"), "1m")]


def okx_interest(named: Named, row: Row) -> list[MarketEvent]:
    """A reading of open interest, in USD."""
    return [OpenInterest(**named.at(time_ms(row, "ts")), coins=None, notional_usd=positive(row, "oi"))]  # type: ignore[arg-type]


def okx_ratio(named: Named, row: Row) -> list[MarketEvent]:
    """A reading of the accounts that are long over those that are short."""
    ratio = positive(row, "ratio")
    return [LongShort(**named.at(time_ms(row, "ts")), basis="accounts", long_share=ratio / (1 + ratio))]  # type: ignore[arg-type]


def hyperliquid_trade(named: Named, row: Row) -> list[MarketEvent]:
    """A trade."""
    price, coins, side = positive(row, "px"), positive(row, "sz"), row.get("side")
    if side not in ("A", "B"):
        raise BadRow("side", f"side: expected A or B, found {side!r:.20}")
    return [
        Trade(
            **named.at(time_ms(row, "ts")),  # type: ignore[arg-type]
            taker="sell" if side == "A" else "buy",
            price=price,
            quantity=coins,
            notional_usd=price * coins,
        )
    ]


def hyperliquid_context(named: Named, row: Row) -> list[MarketEvent]:
    """Mark and index price, open interest and funding of one moment."""
    at_ms, mark, coins = time_ms(row, "ts"), positive(row, "mark"), positive(row, "oi")
    common = named.at(at_ms)
    return [
        _mark(named, at_ms, mark, positive(row, "oracle")),
        OpenInterest(**common, coins=coins, notional_usd=coins * mark),  # type: ignore[arg-type]
        Funding(**common, rate=number(row, "funding"), interval_hours=1.0, next_at_ms=None),  # type: ignore[arg-type]
    ]


def unread(named: Named, row: Row) -> list[MarketEvent]:
    """Nothing: rows that are no event of ours."""
    return []
