"""Frames as the exchanges send them, each with the stream it belongs to: `await exchanges.push(venue, market, *frame)`.

Prices and sizes are given as the texts that go on the wire, in the venue's own units and with the venue's own words.
"""

from collections.abc import Mapping
from typing import Literal

from .further_frames import (
    Pushed,
    bitget_liquidation,
    bitmex_liquidation,
    bitmex_trade,
    coinbase_match,
    deribit_ticker,
    deribit_trade,
    gate_liquidations,
    gate_trades,
    hyperliquid_context,
    hyperliquid_trades,
)
from .htx_frames import htx_funding, htx_liquidation, htx_spot_trade, htx_swap_trade

__all__ = [
    "Pushed",
    "binance_liquidation",
    "binance_mark_price",
    "binance_trade",
    "bitget_liquidation",
    "bitmex_liquidation",
    "bitmex_trade",
    "bybit_liquidations",
    "bybit_ticker",
    "bybit_trade",
    "coinbase_match",
    "deribit_ticker",
    "deribit_trade",
    "gate_liquidations",
    "gate_trades",
    "htx_funding",
    "htx_liquidation",
    "htx_spot_trade",
    "htx_swap_trade",
    "hyperliquid_context",
    "hyperliquid_trades",
    "okx_funding",
    "okx_liquidations",
    "okx_mark_price",
    "okx_trade",
]

_ALL_LIQUIDATIONS = "!forceOrder@arr"


def binance_liquidation(
    symbol: str,
    order_side: Literal["BUY", "SELL"],
    quantity: str,
    price: str,
    at_ms: int,
    *,
    average: str | None = None,
    tag: Literal["top", "inside", "missing"] = "top",
) -> Pushed:
    """A forceOrder of `!forceOrder@arr`; `tag` is where `st` and `ps` stand. COIN-M symbols have `st` 2."""
    order: dict[str, object] = {
        "s": symbol,
        "S": order_side,
        "o": "LIMIT",
        "f": "IOC",
        "q": quantity,
        "p": price,
        "ap": price if average is None else average,
        "X": "FILLED",
        "l": quantity,
        "z": quantity,
        "T": at_ms,
    }
    coin_margined = symbol.partition("_")[0].endswith("USD")
    marks: dict[str, object] = {"ps": symbol.partition("_")[0], "st": 2 if coin_margined else 1}
    top = marks if tag == "top" else {}
    inside = marks if tag == "inside" else {}
    return _ALL_LIQUIDATIONS, {"e": "forceOrder", "E": at_ms + 1010, "o": order | inside, **top}


def binance_trade(
    symbol: str, price: str, quantity: str, at_ms: int, *, buyer_is_maker: bool, number: int = 1
) -> Pushed:
    """An aggTrade, USD-M or spot alike."""
    body = {"e": "aggTrade", "E": at_ms + 5, "s": symbol, "a": number, "p": price, "q": quantity}
    return f"{symbol.lower()}@aggTrade", {**body, "f": number, "l": number, "T": at_ms, "m": buyer_is_maker}


def binance_mark_price(symbol: str, mark: str, index: str, rate: str, next_at_ms: int, at_ms: int) -> Pushed:
    """A markPriceUpdate of `<symbol>@markPrice@1s`."""
    body = {"e": "markPriceUpdate", "E": at_ms, "s": symbol, "p": mark, "ap": mark, "i": index, "P": mark}
    return f"{symbol.lower()}@markPrice@1s", {**body, "r": rate, "T": next_at_ms, "st": 1}


def bybit_liquidations(symbol: str, at_ms: int, *events: tuple[Literal["Buy", "Sell"], str, str]) -> Pushed:
    """One allLiquidation frame with an event for each (position side, size, bankruptcy price)."""
    rows = [{"T": at_ms, "s": symbol, "S": side, "v": size, "p": price} for side, size, price in events]
    topic = f"allLiquidation.{symbol}"
    return topic, {"topic": topic, "type": "snapshot", "ts": at_ms + 279, "data": rows}


def bybit_trade(
    symbol: str,
    taker_side: Literal["Buy", "Sell"],
    size: str,
    price: str,
    at_ms: int,
    *,
    identity: str = "1",
    block: bool = False,
) -> Pushed:
    """A publicTrade frame with one trade."""
    row = {
        "i": identity,
        "T": at_ms,
        "p": price,
        "v": size,
        "S": taker_side,
        "seq": 1,
        "s": symbol,
        "BT": block,
    }
    topic = f"publicTrade.{symbol}"
    return topic, {"topic": topic, "ts": at_ms + 36, "type": "snapshot", "data": [row | {"RPI": False}]}


def bybit_ticker(symbol: str, at_ms: int, kind: Literal["snapshot", "delta"] = "delta", **fields: str) -> Pushed:
    """A linear ticker: a snapshot of all fields, those given replacing the usual, or a delta of only those given."""
    usual = {
        "lastPrice": "66666.60",
        "markPrice": "66666.60",
        "indexPrice": "66660.00",
        "openInterest": "492373.72",
        "singleOpenInterest": "246186.86",
        "fundingIntervalHour": "8",
        "nextFundingTime": "1760342400000",
        "fundingRate": "0.0001",
        "preOpenPrice": "",
    }
    data = {"symbol": symbol} | (usual if kind == "snapshot" else {}) | fields
    topic = f"tickers.{symbol}"
    return topic, {"topic": topic, "type": kind, "data": data, "cs": 9532239429, "ts": at_ms}


def okx_liquidations(
    instrument: str,
    *details: tuple[Literal["long", "short", "net", ""], Literal["buy", "sell"], str, str, int],
) -> Pushed:
    """One liquidation-orders row, a detail for each (position side, order side, contracts, bankruptcy price, at_ms)."""
    family = instrument.removesuffix("-SWAP")
    listed = [
        {
            "bkLoss": "0",
            "bkPx": price,
            "ccy": "",
            "posSide": position,
            "side": side,
            "sz": size,
            "ts": str(at_ms),
        }
        for position, side, size, price, at_ms in details
    ]
    row = {"details": listed, "instFamily": family, "instId": instrument, "instType": "SWAP", "uly": family}
    argument = {"channel": "liquidation-orders", "instType": "SWAP"}
    return "liquidation-orders:SWAP", {"arg": argument, "data": [row]}


def okx_trade(
    instrument: str,
    taker_side: Literal["buy", "sell"],
    size: str,
    price: str,
    at_ms: int,
    *,
    identity: str = "1",
) -> Pushed:
    """A trades frame: contracts for a swap, coins for spot."""
    row = {"tradeId": identity, "px": price, "sz": size, "side": taker_side, "ts": str(at_ms), "count": "1"}
    return _okx("trades", instrument, row)


def okx_mark_price(instrument: str, mark: str, at_ms: int) -> Pushed:
    """A mark-price frame."""
    return _okx("mark-price", instrument, {"instType": "SWAP", "markPx": mark, "ts": str(at_ms)})


def okx_funding(instrument: str, rate: str, at_ms: int, settles_at_ms: int, then_at_ms: int) -> Pushed:
    """A funding-rate frame: the rate of the settlement to come, and when the one after it is."""
    row = {
        "formulaType": "noRate",
        "fundingRate": rate,
        "fundingTime": str(settles_at_ms),
        "instType": "SWAP",
        "method": "current_period",
        "nextFundingRate": "",
        "nextFundingTime": str(then_at_ms),
        "settFundingRate": "0.0001",
        "settState": "settled",
        "ts": str(at_ms),
    }
    return _okx("funding-rate", instrument, row)


def _okx(channel: str, instrument: str, row: Mapping[str, object]) -> Pushed:
    argument = {"channel": channel, "instId": instrument}
    return f"{channel}:{instrument}", {"arg": argument, "data": [{"instId": instrument, **row}]}
