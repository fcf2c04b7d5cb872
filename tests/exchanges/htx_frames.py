"""Frames of HTX, each with the stream it belongs to; what the venue counts twice is given once and doubled here."""

from collections.abc import Mapping
from typing import Literal

from .numerals import number

Pushed = tuple[str, Mapping[str, object]]
Taker = Literal["buy", "sell"]


def htx_spot_trade(symbol: str, taker: Taker, amount: float, price: float, at_ms: int, *, trade_id: int = 1) -> Pushed:
    """A spot trade, counted once; its `id` is beyond what a double can hold."""
    row = {
        "id": 137005445109359290000000000 + trade_id,
        "ts": at_ms,
        "tradeId": trade_id,
        "amount": amount,
        "price": price,
        "direction": taker,
    }
    return _htx_trade(symbol, row, at_ms)


def htx_swap_trade(
    contract: str,
    taker: Taker,
    contracts: int,
    contract_size: float,
    price: float,
    at_ms: int,
    *,
    trade_id: int = 1,
) -> Pushed:
    """A swap trade of so many contracts, which the frame doubles in contracts, coins and USDT."""
    coins = 2 * contracts * contract_size
    row = {
        "amount": 2 * contracts,
        "quantity": number(coins),
        "trade_turnover": number(coins * price),
        "ts": at_ms,
        "id": 1000219512747480000 + trade_id,
        "price": price,
        "direction": taker,
    }
    return _htx_trade(contract, row, at_ms)


def _htx_trade(symbol: str, row: Mapping[str, object], at_ms: int) -> Pushed:
    stream = f"market.{symbol}.trade.detail"
    return stream, {"ch": stream, "ts": at_ms + 5, "tick": {"id": 100021951274748, "ts": at_ms, "data": [row]}}


def htx_liquidation(
    contract: str,
    direction: Taker,
    volume: int,
    amount: float,
    price: float,
    at_ms: int,
    *,
    topic: Literal["named", "starred"] = "named",
) -> Pushed:
    """A liquidation: the closing order's direction, contracts and coins, neither doubled.

    The frame's topic names the contract, as it does live, or has the star that was subscribed to.
    """
    row = {
        "symbol": contract.partition("-")[0],
        "contract_code": contract,
        "direction": direction,
        "offset": "close",
        "volume": volume,
        "price": price,
        "created_at": at_ms,
        "amount": amount,
        "trade_turnover": number(amount * price),
        "contract_type": "swap",
        "pair": contract,
        "business_type": "swap",
        "trade_partition": "USDT",
    }
    stream = f"public.{contract}.liquidation_orders"
    told = stream if topic == "named" else "public.*.liquidation_orders"
    return stream, {"op": "notify", "topic": told, "ts": at_ms + 5, "data": [row]}


def htx_funding(contract: str, rate: str, at_ms: int, settles_at_ms: int) -> Pushed:
    """A funding notification: `funding_time` is the minute, `settlement_time` the settlement."""
    row = {
        "symbol": contract.partition("-")[0],
        "contract_code": contract,
        "fee_asset": "USDT",
        "funding_time": str(at_ms // 60_000 * 60_000),
        "funding_rate": rate,
        "settlement_time": str(settles_at_ms),
        "estimated_rate": None,
    }
    frame = {"op": "notify", "topic": "public.*.funding_rate", "ts": at_ms, "data": [row]}
    return f"public.{contract}.funding_rate", frame
