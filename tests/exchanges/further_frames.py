"""Frames of Hyperliquid, Coinbase, Gate, BitMEX, Deribit and Bitget, each with the stream it belongs to.

Sizes and prices are what goes on the wire, in the venue's own units.
"""

from collections.abc import Mapping
from typing import Literal

from .bitmex import iso_time as bitmex_time
from .coinbase import iso_time as coinbase_time

Pushed = tuple[str, Mapping[str, object]]
Taker = Literal["buy", "sell"]


def hyperliquid_trades(
    coin: str, at_ms: int, *rows: tuple[Literal["A", "B"], str, str], first_number: int = 1
) -> Pushed:
    """A trades frame with a trade for each (aggressor's side, size, price)."""
    data = [
        {
            "coin": coin,
            "side": side,
            "px": price,
            "sz": size,
            "hash": f"0x{first_number + rank:064x}",
            "time": at_ms,
            "tid": first_number + rank,
            "users": ["0xbuyer", "0xseller"],
        }
        for rank, (side, size, price) in enumerate(rows)
    ]
    return f"trades:{coin}", {"channel": "trades", "data": data}


def hyperliquid_context(coin: str, funding: str, open_interest: str, mark: str, oracle: str) -> Pushed:
    """An activeAssetCtx frame: the hourly rate, open interest in the name's units."""
    told = {"funding": funding, "openInterest": open_interest, "prevDayPx": mark, "dayNtlVlm": "1516669192.19"}
    context = {**told, "premium": "-0.0005927453", "oraclePx": oracle, "markPx": mark, "midPx": None}
    return f"activeAssetCtx:{coin}", {"channel": "activeAssetCtx", "data": {"coin": coin, "ctx": context}}


def coinbase_match(product: str, maker_side: Taker, size: str, price: str, at_ms: int, *, number: int = 10) -> Pushed:
    """A match; its side is the maker's, so "sell" was bought."""
    body = {
        "type": "match",
        "trade_id": number,
        "sequence": number + 40,
        "maker_order_id": "ac928c66-ca53-498f-9c13-a110027a60e8",
        "taker_order_id": "132fb6ae-456b-4654-b4e0-d681ac05cea1",
        "time": coinbase_time(at_ms),
        "product_id": product,
        "size": size,
        "price": price,
        "side": maker_side,
    }
    return f"matches:{product}", body


def gate_liquidations(contract: str, at_ms: int, *orders: tuple[int, str], old: bool = False) -> Pushed:
    """Liquidations, a row for each (signed contracts of the closing order, price).

    `old`: as before August 2026, one row whose `time` is in seconds with `time_ms` beside it.
    """
    times = {"time": at_ms // 1000, "time_ms": at_ms} if old else {"time": at_ms}
    rows = [{"price": price, "size": size, **times, "contract": contract} for size, price in orders]
    return _gate("futures.public_liquidates", contract, rows[0] if old else rows, at_ms)


def gate_trades(contract: str, at_ms: int, *trades: tuple[int, str], first_number: int = 1) -> Pushed:
    """Trades, a row for each (signed contracts of the taker, price)."""
    rows = [
        {
            "size": size,
            "id": first_number + rank,
            "create_time": at_ms // 1000,
            "create_time_ms": at_ms,
            "price": price,
            "contract": contract,
        }
        for rank, (size, price) in enumerate(trades)
    ]
    return _gate("futures.trades", contract, rows, at_ms)


def _gate(channel: str, contract: str, result: object, at_ms: int) -> Pushed:
    head = {"channel": channel, "event": "update", "time": at_ms // 1000, "time_ms": at_ms}
    return f"{channel}:{contract}", {**head, "result": result}


def bitmex_liquidation(
    symbol: str,
    order_side: Literal["Buy", "Sell"],
    contracts: int,
    price: float,
    order_id: str,
    action: Literal["insert", "update", "delete"] = "insert",
) -> Pushed:
    """A row of the liquidation table; an update holds what changed, a delete only the key."""
    row: dict[str, object] = {"orderID": order_id, "symbol": symbol}
    if action == "insert":
        row |= {"side": order_side, "price": price, "leavesQty": contracts}
    elif action == "update":
        row |= {"leavesQty": contracts}
    return f"liquidation:{symbol}", {"table": "liquidation", "action": action, "data": [row]}


def bitmex_trade(
    symbol: str,
    taker_side: Literal["Buy", "Sell"],
    contracts: int,
    price: float,
    coins: float,
    usd: float,
    at_ms: int,
    *,
    identity: str = "a36d1fb8-ff0c-d428-cde7-d166a181c1d2",
) -> Pushed:
    """A trade with its contracts, coins and quote currency."""
    row = {
        "timestamp": bitmex_time(at_ms),
        "symbol": symbol,
        "side": taker_side,
        "size": contracts,
        "price": price,
        "tickDirection": "ZeroPlusTick",
        "trdMatchID": identity,
        "homeNotional": coins,
        "foreignNotional": usd,
    }
    return f"trade:{symbol}", {"table": "trade", "action": "insert", "data": [row]}


def deribit_trade(
    instrument: str,
    taker: Taker,
    amount: float,
    price: float,
    at_ms: int,
    *,
    liquidation: Literal["T", "M", "MT"] | None = None,
    trade_id: str = "267258393",
) -> Pushed:
    """A trade: USD for inverse instruments, coins for linear ones; `liquidation` stands only where there is one."""
    row: dict[str, object] = {
        "timestamp": at_ms,
        "price": price,
        "amount": amount,
        "direction": taker,
        "index_price": price,
        "instrument_name": instrument,
        "trade_seq": 140284854,
        "mark_price": price,
        "tick_direction": 0,
        "trade_id": trade_id,
        "contracts": amount / 10,
    }
    if liquidation is not None:
        row["liquidation"] = liquidation
    return _deribit(f"trades.{instrument}", [row])


def deribit_ticker(
    instrument: str, mark: float, index: float, funding_8h: float, open_interest: float, at_ms: int
) -> Pushed:
    """A perpetual's ticker."""
    told = {"timestamp": at_ms, "state": "open", "instrument_name": instrument, "open_interest": open_interest}
    prices = {"index_price": index, "last_price": mark, "mark_price": mark}
    return _deribit(f"ticker.{instrument}", {**told, **prices, "current_funding": 0.0, "funding_8h": funding_8h})


def _deribit(stream: str, data: object) -> Pushed:
    """The channel is filled in for each socket as it subscribed."""
    return stream, {"jsonrpc": "2.0", "method": "subscription", "params": {"channel": stream, "data": data}}


def bitget_liquidation(symbol: str, position_side: Taker, usdt: str, price: str, at_ms: int) -> Pushed:
    """A liquidation of the venue-wide topic: "buy" was long, the amount in USDT."""
    row = {"symbol": symbol, "side": position_side, "price": price, "amount": usdt, "ts": str(at_ms)}
    argument = {"instType": "usdt-futures", "topic": "liquidation"}
    return "liquidation:usdt-futures", {"arg": argument, "data": [row], "ts": at_ms + 5}
