"""What each exchange lists, as rows of its own instrument answers: defaults that hold the known traps."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from . import further_listings as further
from .further_listings import Row


def binance_perp(
    symbol: str,
    base: str,
    quote: str = "USDT",
    *,
    contract_type: str = "PERPETUAL",
    status: str = "TRADING",
    kind: str = "COIN",
) -> Row:
    """A row of USD-M exchangeInfo."""
    return {
        "symbol": symbol,
        "pair": symbol.partition("_")[0],
        "contractType": contract_type,
        "status": status,
        "baseAsset": base,
        "quoteAsset": quote,
        "marginAsset": quote,
        "underlyingType": kind,
        "underlyingSubType": [],
        "pricePrecision": 2,
        "quantityPrecision": 3,
        "filters": [],
    }


def binance_coin_perp(symbol: str, base: str, contract_size: int, contract_type: str = "PERPETUAL") -> Row:
    """A row of COIN-M exchangeInfo; `contract_size` in USD."""
    return {
        "symbol": symbol,
        "pair": symbol.partition("_")[0],
        "contractType": contract_type,
        "contractStatus": "TRADING",
        "contractSize": contract_size,
        "baseAsset": base,
        "quoteAsset": "USD",
        "marginAsset": base,
    }


def binance_spot(symbol: str, base: str, quote: str = "USDT", status: str = "TRADING") -> Row:
    """A row of spot exchangeInfo."""
    return {
        "symbol": symbol,
        "status": status,
        "baseAsset": base,
        "quoteAsset": quote,
        "isSpotTradingAllowed": True,
        "filters": [],
        "permissions": [],
    }


def bybit_perp(
    symbol: str,
    base: str,
    quote: str = "USDT",
    *,
    contract_type: str = "LinearPerpetual",
    status: str = "Trading",
    symbol_type: str = "",
    funding_minutes: int = 480,
) -> Row:
    """A row of linear instruments-info."""
    return {
        "symbol": symbol,
        "contractType": contract_type,
        "status": status,
        "baseCoin": base,
        "quoteCoin": quote,
        "launchTime": "1585526400000",
        "deliveryTime": "0",
        "priceFilter": {"minPrice": "0.10", "maxPrice": "1999999.80", "tickSize": "0.10"},
        "lotSizeFilter": {"maxOrderQty": "1190.000", "minOrderQty": "0.001", "qtyStep": "0.001"},
        "fundingInterval": funding_minutes,
        "settleCoin": quote,
        "isPreListing": False,
        "symbolType": symbol_type,
    }


def bybit_spot(symbol: str, base: str, quote: str = "USDT") -> Row:
    """A row of spot instruments-info."""
    return {
        "symbol": symbol,
        "baseCoin": base,
        "quoteCoin": quote,
        "innovation": "0",
        "status": "Trading",
        "lotSizeFilter": {"basePrecision": "0.0001", "quotePrecision": "0.01"},
        "priceFilter": {"tickSize": "0.1"},
    }


def okx_swap(coin: str, contract_value: str, *, quote: str = "USDT", state: str = "live") -> Row:
    """A row of SWAP instruments; quoted in USD it is an inverse contract, its value in USD, settled in the coin."""
    inverse = quote == "USD"
    return {
        "instId": f"{coin}-{quote}-SWAP",
        "instType": "SWAP",
        "instFamily": f"{coin}-{quote}",
        "uly": f"{coin}-{quote}",
        "ctType": "inverse" if inverse else "linear",
        "ctVal": contract_value,
        "ctMult": "1",
        "ctValCcy": "USD" if inverse else coin,
        "settleCcy": coin if inverse else quote,
        "baseCcy": "",
        "quoteCcy": "",
        "lotSz": "1",
        "minSz": "1",
        "tickSz": "0.1",
        "state": state,
        "ruleType": "normal",
        "listTime": "1573557408000",
        "expTime": "",
    }


def okx_spot(coin: str, quote: str = "USDT") -> Row:
    """A row of SPOT instruments: everything about contracts is an empty text."""
    empty = dict.fromkeys(("ctType", "ctVal", "ctMult", "ctValCcy", "settleCcy", "uly", "instFamily", "expTime"), "")
    names = {"instId": f"{coin}-{quote}", "instType": "SPOT", "baseCcy": coin, "quoteCcy": quote}
    return {**names, **empty, "lotSz": "0.00000001", "tickSz": "0.1", "state": "live", "ruleType": "normal"}


def _binance_perps() -> list[Row]:
    plain = [binance_perp(f"{coin}USDT", coin) for coin in ("BTC", "ETH", "SOL", "POPCAT", "WIF")]
    scaled = [binance_perp(f"1000{coin}USDT", f"1000{coin}") for coin in ("PEPE", "SHIB", "BONK")]
    others = [
        binance_perp("BTCUSDC", "BTC", "USDC"),
        binance_perp("BTCUSDT_261225", "BTC", contract_type="CURRENT_QUARTER"),
        binance_perp("XAUUSDT", "XAU", contract_type="TRADIFI_PERPETUAL", kind="COMMODITY"),
        binance_perp("LUNAUSDT", "LUNA", status="SETTLING"),
    ]
    return plain + scaled + others


def _binance_funding() -> list[Row]:
    cap = {
        "adjustedFundingRateCap": "0.02500000",
        "adjustedFundingRateFloor": "-0.02500000",
        "disclaimer": False,
    }
    return [
        {"symbol": "1000PEPEUSDT", "fundingIntervalHours": 4, **cap},
        {"symbol": "POPCATUSDT", "fundingIntervalHours": 1, **cap},
    ]


def _bybit_perps() -> list[Row]:
    plain = [bybit_perp(f"{coin}USDT", coin) for coin in ("BTC", "ETH", "SOL", "WIF")]
    others = [
        bybit_perp("1000PEPEUSDT", "1000PEPE", funding_minutes=240),
        bybit_perp("SHIB1000USDT", "SHIB1000"),
        bybit_perp("POPCATUSDT", "POPCAT", funding_minutes=60),
        bybit_perp("BTCPERP", "BTC", "USDC"),
        bybit_perp("BTCUSDT-25DEC26", "BTC", contract_type="LinearFutures", funding_minutes=0),
        bybit_perp("TSLAUSDT", "TSLA", symbol_type="stock"),
        bybit_perp("SOONUSDT", "SOON", status="PreLaunch"),
    ]
    return plain + others


def _okx_swaps() -> list[Row]:
    values = {"BTC": "0.01", "ETH": "0.1", "SOL": "1", "PEPE": "10000000", "SHIB": "1000000", "POPCAT": "10"}
    linear = [okx_swap(coin, value) for coin, value in values.items()]
    return [
        *linear,
        okx_swap("BTC", "100", quote="USD"),
        okx_swap("BTC", "0.0001", quote="USDC"),
        okx_swap("LUNA", "1", state="suspend"),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listings:
    """The rows of every list. WIF isn't on OKX, POPCAT on no spot market, PEPE and SHIB are unscaled on spot."""

    binance_perp: Sequence[Row] = field(default_factory=_binance_perps)
    binance_coin_perp: Sequence[Row] = field(
        default_factory=lambda: [
            binance_coin_perp("BTCUSD_PERP", "BTC", 100),
            binance_coin_perp("ETHUSD_PERP", "ETH", 10),
            binance_coin_perp("BTCUSD_261225", "BTC", 100, "CURRENT_QUARTER"),
        ]
    )
    binance_funding: Sequence[Row] = field(default_factory=_binance_funding)
    binance_spot: Sequence[Row] = field(
        default_factory=lambda: [binance_spot(f"{coin}USDT", coin) for coin in ("BTC", "ETH", "SOL", "PEPE", "SHIB")]
    )
    bybit_perp: Sequence[Row] = field(default_factory=_bybit_perps)
    bybit_spot: Sequence[Row] = field(
        default_factory=lambda: [bybit_spot(f"{coin}USDT", coin) for coin in ("BTC", "ETH", "SOL", "PEPE", "SHIB")]
    )
    okx_perp: Sequence[Row] = field(default_factory=_okx_swaps)
    okx_spot: Sequence[Row] = field(
        default_factory=lambda: [okx_spot(coin) for coin in ("BTC", "ETH", "SOL", "PEPE", "SHIB")]
    )
    hyperliquid: Sequence[Row] = field(default_factory=further.hyperliquid_perps)
    coinbase: Sequence[Row] = field(default_factory=further.coinbase_products)
    htx_perp: Sequence[Row] = field(default_factory=further.htx_swaps)
    htx_spot: Sequence[Row] = field(default_factory=further.htx_spots)
    gate: Sequence[Row] = field(default_factory=further.gate_contracts)
    bitmex: Sequence[Row] = field(default_factory=further.bitmex_contracts)
    deribit: Sequence[Row] = field(default_factory=further.deribit_futures)
    """Futures; the options come from the market data."""
    bitget: Sequence[Row] = field(default_factory=further.bitget_contracts)
