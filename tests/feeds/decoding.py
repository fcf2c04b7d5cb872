"""Reading fixture frames, and tables of instruments to decode them with."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Decoded
from feeds.venues import VENUES

FRAMES = Path(__file__).parent.parent / "frames"

SYMBOLS = SymbolTable(
    [
        Instrument("binance", "perp", "BTCUSDT", "BTC", "USDT", funding_interval_hours=8.0),
        Instrument("binance", "perp", "BTCUSDC", "BTC", "USDC"),
        Instrument("binance", "perp", "ETHUSDT", "ETH", "USDT"),
        Instrument("binance", "perp", "1000PEPEUSDT", "PEPE", "USDT", price_unit=1000.0, coins_per_unit=1000.0),
        Instrument("binance", "perp", "1000PEPEUSDC", "PEPE", "USDC", price_unit=1000.0, coins_per_unit=1000.0),
        Instrument("binance", "perp", "BTCUSD_PERP", "BTC", "USD", coins_per_unit=None, usd_per_unit=100.0),
        Instrument("binance", "spot", "BTCUSDT", "BTC", "USDT"),
        Instrument("binance", "spot", "ETHUSDT", "ETH", "USDT"),
        Instrument("bybit", "perp", "BTCUSDT", "BTC", "USDT", funding_interval_hours=8.0),
        Instrument("bybit", "perp", "ROSEUSDT", "ROSE", "USDT"),
        Instrument("bybit", "perp", "SHIB1000USDT", "SHIB", "USDT", price_unit=1000.0, coins_per_unit=1000.0),
        Instrument("okx", "perp", "BTC-USDT-SWAP", "BTC", "USDT", coins_per_unit=0.01),
        Instrument("okx", "perp", "BTC-USD-SWAP", "BTC", "USD", coins_per_unit=None, usd_per_unit=100.0),
        Instrument("okx", "perp", "UNI-USD-SWAP", "UNI", "USD", coins_per_unit=None, usd_per_unit=10.0),
        Instrument("okx", "perp", "PEPE-USDT-SWAP", "PEPE", "USDT", coins_per_unit=10_000_000.0),
        Instrument("okx", "spot", "BTC-USDT", "BTC", "USDT"),
    ]
)

NOW = 1_792_000_000_000


def recorded(name: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The lines of a fixture: receive time and frame."""
    for line in (FRAMES / name).read_text().splitlines():
        row = json.loads(line)
        yield row["received_ms"], row["frame"]


def decode(venue: str, market: str, *frames: object, received_ms: int = NOW) -> list[Decoded]:
    """What one fresh decoder makes of frames given as objects or as text."""
    decoder = VENUES[venue].decoder(market, SYMBOLS)  # type: ignore[arg-type]
    texts = [frame if isinstance(frame, str) else json.dumps(frame, separators=(",", ":")) for frame in frames]
    return [event for text in texts for event in decoder.decode(text.encode(), received_ms)]
