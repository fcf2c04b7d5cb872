"""What Hyperliquid, Coinbase, HTX, Gate, BitMEX, Deribit and Bitget list: rows of their instrument answers.

HTX lists no POPCAT, Coinbase has it in spot, PEPE and SHIB are scaled only on Hyperliquid, BitMEX calls BTC XBT.
"""

Row = dict[str, object]


def hyperliquid_perp(name: str, most_leverage: int = 20, *, size_decimals: int = 2, delisted: bool = False) -> Row:
    """A row of the `meta` universe; `isDelisted` stands only where it is true."""
    row: Row = {"szDecimals": size_decimals, "name": name, "maxLeverage": most_leverage, "marginTableId": most_leverage}
    return row | ({"isDelisted": True} if delisted else {})


def coinbase_product(coin: str, quote: str = "USD", *, status: str = "online") -> Row:
    """A row of /products."""
    return {
        "id": f"{coin}-{quote}",
        "base_currency": coin,
        "quote_currency": quote,
        "quote_increment": "0.01",
        "base_increment": "0.00000001",
        "display_name": f"{coin}/{quote}",
        "min_market_funds": "1",
        "post_only": False,
        "limit_only": False,
        "cancel_only": False,
        "status": status,
        "trading_disabled": status != "online",
    }


def htx_swap(coin: str, contract_size: float, *, kind: str = "swap", expiry: str = "") -> Row:
    """A row of linear swap_contract_info; `contract_size` in coins."""
    return {
        "symbol": coin,
        "contract_code": f"{coin}-USDT" + (f"-{expiry}" if expiry else ""),
        "contract_size": contract_size,
        "price_tick": 0.1,
        "delivery_date": expiry,
        "delivery_time": "",
        "create_date": "20201021",
        "contract_status": 1,
        "settlement_date": "1645315200000",
        "support_margin_mode": "all",
        "business_type": kind,
        "pair": f"{coin}-USDT",
        "contract_type": "swap" if kind == "swap" else "quarter",
        "trade_partition": "USDT",
    }


def htx_spot(coin: str, quote: str = "usdt", *, state: str = "online") -> Row:
    """A row of common/symbols."""
    base = coin.lower()
    return {
        "base-currency": base,
        "quote-currency": quote,
        "price-precision": 2,
        "amount-precision": 6,
        "symbol-partition": "main",
        "symbol": base + quote,
        "state": state,
        "api-trading": "enabled",
        "tags": "",
    }


def gate_contract(coin: str, multiplier: str, *, funding_hours: float = 8.0, delisting: bool = False) -> Row:
    """A row of /contracts without what moves; `multiplier` coins a contract."""
    return {
        "name": f"{coin}_USDT",
        "type": "direct",
        "quanto_multiplier": multiplier,
        "order_price_round": "0.0001",
        "mark_price_round": "0.0001",
        "funding_interval": int(funding_hours * 3600),
        "leverage_min": "1",
        "leverage_max": "100",
        "maintenance_rate": "0.005",
        "order_size_min": 1,
        "in_delisting": delisting,
    }


def bitmex_contract(
    symbol: str, root: str, quote: str, *, kind: str = "FFWCSX", multiplier: int = 1, per_unit: float | None = None
) -> Row:
    """A row of /instrument/active without what moves. XBTUSD is inverse, ETHUSD quanto, those in USDT linear."""
    inverse, quanto = symbol == "XBTUSD", quote == "USD" and root != "XBT"
    return {
        "symbol": symbol,
        "rootSymbol": root,
        "state": "Open",
        "typ": kind,
        "underlying": root,
        "quoteCurrency": quote,
        "settlCurrency": "XBt" if inverse or quanto else "USDt",
        "multiplier": -100_000_000 if inverse else multiplier,
        "isInverse": inverse,
        "isQuanto": quanto,
        "underlyingToPositionMultiplier": per_unit,
        "lotSize": 100,
        "tickSize": 0.5,
        "fundingInterval": "2000-01-01T08:00:00.000Z",
    }


def deribit_future(name: str, coin: str, *, size: float = 10.0, period: str = "perpetual") -> Row:
    """A row of get_instruments: reversed (inverse, in USD) unless it is named in USDC."""
    linear = "_USDC" in name
    money = "USDC" if linear else coin
    return {
        "instrument_name": name,
        "kind": "future",
        "instrument_type": "linear" if linear else "reversed",
        "future_type": "linear" if linear else "reversed",
        "settlement_period": period,
        "settlement_currency": money,
        "base_currency": coin,
        "quote_currency": "USDC" if linear else "USD",
        "counter_currency": "USDC" if linear else "USD",
        "contract_size": size,
        "min_trade_amount": size,
        "tick_size": 0.5,
        "max_leverage": 50,
        "is_active": True,
        "expiration_timestamp": 32_503_708_800_000 if period == "perpetual" else 1_798_185_600_000,
        "creation_timestamp": 1_534_167_754_000,
    }


def bitget_contract(symbol: str, coin: str, *, status: str = "online") -> Row:
    """A row of v3 market/instruments."""
    return {
        "symbol": symbol,
        "category": "USDT-FUTURES",
        "baseCoin": coin,
        "quoteCoin": "USDT",
        "type": "perpetual",
        "status": status,
        "minOrderQty": "0.0001",
        "pricePrecision": "1",
        "quantityPrecision": "4",
        "fundInterval": "8",
    }


def hyperliquid_perps() -> list[Row]:
    most = {"BTC": 40, "ETH": 25, "SOL": 20, "kPEPE": 10, "kSHIB": 10, "kBONK": 10, "POPCAT": 3, "WIF": 5}
    listed = [hyperliquid_perp(name, leverage) for name, leverage in most.items()]
    return [*listed[:2], hyperliquid_perp("MATIC", 20, delisted=True), *listed[2:]]


def coinbase_products() -> list[Row]:
    listed = [coinbase_product(coin) for coin in ("BTC", "ETH", "SOL", "PEPE", "SHIB", "POPCAT")]
    return [*listed, coinbase_product("BTC", "EUR"), coinbase_product("LUNA", status="delisted")]


def htx_swaps() -> list[Row]:
    sizes = {"BTC": 0.001, "ETH": 0.01, "SOL": 1, "PEPE": 1_000_000, "SHIB": 1000}
    listed = [htx_swap(coin, size) for coin, size in sizes.items()]
    return [*listed, htx_swap("BTC", 0.001, kind="futures", expiry="261225")]


def htx_spots() -> list[Row]:
    listed = [htx_spot(coin) for coin in ("BTC", "ETH", "SOL", "PEPE", "SHIB")]
    return [*listed, htx_spot("ETH", "btc"), htx_spot("LUNA", state="offline")]


def gate_contracts() -> list[Row]:
    multipliers = {
        "BTC": "0.0001",
        "ETH": "0.01",
        "SOL": "1",
        "PEPE": "10000000",
        "SHIB": "10000",
        "WIF": "1",
    }
    listed = [gate_contract(coin, multiplier) for coin, multiplier in multipliers.items()]
    popcat = gate_contract("POPCAT", "10", funding_hours=4.0)
    return [*listed, popcat, gate_contract("LUNA", "1", delisting=True)]


def bitmex_contracts() -> list[Row]:
    return [
        bitmex_contract("XBTUSD", "XBT", "USD"),
        bitmex_contract("ETHUSD", "ETH", "USD", multiplier=100),
        bitmex_contract("XBTUSDT", "XBT", "USDT", per_unit=1_000_000),
        bitmex_contract("SOLUSDT", "SOL", "USDT", per_unit=10_000),
        bitmex_contract("LINKUSDT", "LINK", "USDT"),
        bitmex_contract("XBTZ26", "XBT", "USD", kind="FFCCSX"),
    ]


def deribit_futures() -> list[Row]:
    return [
        deribit_future("BTC-PERPETUAL", "BTC"),
        deribit_future("ETH-PERPETUAL", "ETH", size=1.0),
        deribit_future("SOL_USDC-PERPETUAL", "SOL", size=0.1),
        deribit_future("BTC_USDC-PERPETUAL", "BTC", size=0.001),
        deribit_future("BTC-25DEC26", "BTC", period="month"),
    ]


def bitget_contracts() -> list[Row]:
    named = {
        "BTCUSDT": "BTC",
        "ETHUSDT": "ETH",
        "SOLUSDT": "SOL",
        "PEPEUSDT": "PEPE",
        "POPCATUSDT": "POPCAT",
    }
    return [bitget_contract(symbol, coin) for symbol, coin in named.items()]
