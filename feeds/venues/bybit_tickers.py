"""Bybit's tickers, merged: mark price, funding and open interest of each symbol on one socket.

    {"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","markPrice":"61875.25","indexPrice":"61903.73",
     "openInterest":"58117.022","openInterestValue":"3596005265.51","fundingRate":"0.00008055",
     "nextFundingTime":"1715760000000"},"ts":1715748762463}
    {"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"61875.06"},"ts":1715748762563}

A ticker starts with a snapshot, then carries changed keys only. `openInterest` (coins) and `openInterestValue` (USD)
sum both sides; `singleOpenInterest` and its value, where they come, are one side (Bybit documentation, v5 ticker).
"""

from collections.abc import Callable, Mapping
from typing import Any

from feeds.events import Funding, Market, MarkPrice, OpenInterest
from feeds.symbols import Instrument
from feeds.venue import Decoded
from feeds.venues.reading import Rejection, fields, finite, left_out, milliseconds, not_negative, positive, text

_REPEAT_MS = 30_000  # an unchanged rate or open interest is said again this often: every delta confirms it
_INTEREST_MS = 5_000  # a changing open interest is said at most this often: it changes with every trade

_FUNDING_KEYS = ("fundingRate", "nextFundingTime", "fundingIntervalHour")
_INTEREST_KEYS = ("singleOpenInterest", "openInterest")  # the values move with the price


def one_side(row: Mapping[str, Any], suffix: str = "") -> float | None:
    """Open interest of one side: as told, else half of what both sides sum to; None where neither is told."""
    for name, share in (("singleOpenInterest", 1.0), ("openInterest", 0.5)):
        value = row.get(name + suffix)
        if value not in (None, ""):
            return not_negative(value, name + suffix) * share
    return None


class _Said:
    """When which state of each symbol was last told."""

    def __init__(self, changed_ms: int) -> None:
        self._changed_ms = changed_ms
        self._last: dict[str, tuple[tuple[object, ...], int]] = {}

    def due(self, symbol: str, state: tuple[object, ...], at_ms: int) -> bool:
        """Whether it is time to tell `state`, which then counts as told, also where it turns out to be garbage."""
        last = self._last.get(symbol)
        if last is not None and at_ms - last[1] < (_REPEAT_MS if state == last[0] else self._changed_ms):
            return False
        self._last[symbol] = (state, at_ms)
        return True


class Tickers:
    """The tickers of one socket: what each symbol's says by now, and what was last told of it."""

    def __init__(self, market: Market) -> None:
        self._market: Market = market
        self._tickers: dict[str, dict[str, Any]] = {}
        self._funding_said = _Said(0)
        self._interest_said = _Said(_INTEREST_MS)

    def read(self, message: Mapping[str, Any], find: Callable[[object], Instrument], received_ms: int) -> list[Decoded]:
        """The events of a ticker message; raises `Rejection` for one that can't be merged."""
        data = fields(message.get("data"), "ticker data")
        symbol = text(data.get("symbol"), "symbol")
        instrument = find(symbol)
        if message.get("type") == "snapshot":
            ticker = self._tickers[symbol] = dict(data)
        elif symbol in self._tickers:
            ticker = self._tickers[symbol]
            ticker.update(data)
        else:
            raise Rejection("no snapshot", f"expected a ticker snapshot of {symbol} first, found a delta")
        at_ms = milliseconds(message.get("ts"), "ts")
        moved = "markPrice" in data or "indexPrice" in data
        events: list[Decoded] = []
        for read in (self._mark, self._funding, self._interest) if moved else (self._funding, self._interest):
            try:
                event = read(instrument, ticker, at_ms, received_ms)
            except Rejection as error:
                event = left_out("bybit", self._market, received_ms, error.kind, error.reason)
            if event is not None:
                events.append(event)
        return events

    def _mark(self, item: Instrument, ticker: Mapping[str, Any], at_ms: int, received_ms: int) -> Decoded | None:
        if not ticker.get("markPrice"):
            return None
        index = ticker.get("indexPrice")
        return MarkPrice(
            venue="bybit",
            market=self._market,
            symbol=item.symbol,
            coin=item.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            mark=positive(ticker["markPrice"], "markPrice") / item.price_unit,
            index=None if index in (None, "") else positive(index, "indexPrice") / item.price_unit,
        )

    def _funding(self, item: Instrument, ticker: Mapping[str, Any], at_ms: int, received_ms: int) -> Decoded | None:
        state = rate, next_at, hours = tuple(ticker.get(key) for key in _FUNDING_KEYS)
        if rate in (None, "") or not self._funding_said.due(item.symbol, state, at_ms):
            return None
        return Funding(
            venue="bybit",
            market=self._market,
            symbol=item.symbol,
            coin=item.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            rate=finite(rate, "fundingRate"),
            interval_hours=(
                item.funding_interval_hours if hours in (None, "") else positive(hours, "fundingIntervalHour")
            ),
            next_at_ms=None if next_at in (None, "", "0") else milliseconds(next_at, "nextFundingTime"),
        )

    def _interest(self, item: Instrument, ticker: Mapping[str, Any], at_ms: int, received_ms: int) -> Decoded | None:
        state = tuple(ticker.get(key) for key in _INTEREST_KEYS)
        if not any(state) or not self._interest_said.due(item.symbol, state, at_ms):
            return None
        units = one_side(ticker)
        return OpenInterest(
            venue="bybit",
            market=self._market,
            symbol=item.symbol,
            coin=item.coin,
            at_ms=at_ms,
            received_ms=received_ms,
            coins=None if units is None else units * item.price_unit,
            notional_usd=one_side(ticker, "Value"),
        )
