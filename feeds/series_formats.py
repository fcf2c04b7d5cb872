"""The formats of recorded series: how a file of each is named, which columns it has, how often it tells a price."""

import re
from dataclasses import dataclass

from feeds.series_meanings import (
    LENGTHS_MS,
    Convert,
    Named,
    aggregate_bar,
    binance_bar,
    binance_interest,
    hyperliquid_context,
    hyperliquid_trade,
    okx_candle,
    okx_interest,
    okx_ratio,
    rate,
    unread,
)


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file.

    `pace` joins the files that belong together. `step_seconds`: how often it tells a price, 0 for none. `extremes`:
    whether it tells highs and lows too. `unused`: why it is left out, "" where it isn't.
    """

    example: str
    name: re.Pattern[str]
    columns: frozenset[str]
    pace: str
    convert: Convert
    step_seconds: int = 0
    extremes: bool = False
    one_per_time: bool = True
    unused: str = ""


def _named(venue: str, rest: str) -> re.Pattern[str]:
    ending = r"\.(csv|jsonl)(\.gz)?"
    return re.compile(rf"(?P<venue>{venue})_(?P<coin>[A-Z0-9]{{2,15}})_{rest}{ending}")


_CLOSES = "closes of 5 min"
_MINUTES = "bars of 1 min"
_TRADES = "trades"
_BAR = frozenset({"timestamp", "price_open", "price_high", "price_low", "price_close", "oi_close", "funding_close"})
_DATE = r"\d{4}-\d{2}-\d{2}"

FORMATS = (
    Format(
        "binance_BTC_open_interest_5m.csv.gz",
        _named("binance", "open_interest_5m"),
        frozenset({"t", "oi", "oi_usd"}),
        _CLOSES,
        binance_interest,
        300,
    ),
    Format(
        "binance_BTC_funding_8h.csv.gz",
        _named("binance", "funding_8h"),
        frozenset({"ts", "rate"}),
        _CLOSES,
        rate("rate", "ts", None),
    ),
    Format(
        "binance_BTC_price_oi_funding_cvd_5m.csv.gz",
        _named("binance", "price_oi_funding_cvd_5m"),
        _BAR,
        "bars of 5 min",
        binance_bar,
        300,
        extremes=True,
    ),
    *(
        Format(
            f"aggregate_BTC_{interval}.csv.gz",
            _named("aggregate", f"(?P<interval>{interval})"),
            _BAR,
            f"bars of {interval}",
            aggregate_bar,
            LENGTHS_MS[interval] // 1000,
            extremes=True,
        )
        for interval in ("30m", "1h")
    ),
    Format(
        "hyperliquid_BTC_trades_2026-06-14.jsonl.gz",
        _named("hyperliquid", f"trades_{_DATE}"),
        frozenset({"ts", "px", "sz", "side"}),
        _TRADES,
        hyperliquid_trade,
        60,
        extremes=True,
        one_per_time=False,
    ),
    Format(
        "hyperliquid_BTC_context_2026-06-14.jsonl.gz",
        _named("hyperliquid", f"context_{_DATE}"),
        frozenset({"ts", "funding", "oi", "mark", "oracle"}),
        _TRADES,
        hyperliquid_context,
        60,
    ),
    Format(
        "okx_SOL_ohlcv_1m.csv.gz",
        _named("okx", "ohlcv_1m"),
        frozenset({"ts", "open", "high", "low", "close", "volume"}),
        _MINUTES,
        okx_candle,
        60,
        extremes=True,
    ),
    Format(
        "okx_SOL_open_interest.csv.gz",
        _named("okx", "open_interest"),
        frozenset({"ts", "oi", "oi_value"}),
        _MINUTES,
        okx_interest,
    ),
    Format(
        "okx_SOL_funding_rate.csv.gz",
        _named("okx", "funding_rate"),
        frozenset({"ts", "fundingRate"}),
        _MINUTES,
        rate("fundingRate", "ts", 8.0),
    ),
    Format(
        "okx_SOL_long_short_ratio.csv.gz",
        _named("okx", "long_short_ratio"),
        frozenset({"ts", "ratio"}),
        _MINUTES,
        okx_ratio,
    ),
    Format(
        "okx_SOL_taker_volume.csv.gz",
        _named("okx", "taker_volume"),
        frozenset({"ts", "sellVol", "buyVol"}),
        _MINUTES,
        unread,
        unused="hourly sums of taker volume are no trades",
    ),
)
"""All that is understood."""


def format_of(file_name: str, columns: tuple[str, ...] | None) -> tuple[Named, Format] | None:
    """What a file of this name with these columns is, or None; columns None: it has no row, so the name must do."""
    for one in FORMATS:
        match = one.name.fullmatch(file_name)
        if match is not None and (columns is None or one.columns <= set(columns)):
            named = Named(match["venue"], match["coin"], match.groupdict().get("interval") or "")
            return named, one
    return None
