"""Which exchanges tell what, and why one that should be in a table is not: no table passes over one in silence."""

from collections.abc import Collection

from scoring.view import MarketView
from tui.controls import Controls
from tui.format import clean, duration
from tui.language import ENGLISH, label

TELLS = {
    "open interest": ("binance", "bybit", "okx", "hyperliquid", "htx"),
    "funding": ("binance", "bybit", "okx", "hyperliquid", "htx", "deribit"),
    "long/short": ("binance", "bybit", "okx", "htx"),
    "spot CVD": ("binance", "coinbase", "okx", "htx", "bybit"),
    "futures CVD": ("binance", "bybit", "okx", "hyperliquid"),
    "depth": ("binance", "bybit", "okx"),
    "options": ("deribit", "okx"),
}
"""The exchanges whose public data has it."""
OPTION_COINS = ("BTC", "ETH", "SOL", "XRP")
"""Coins on which an exchange lists options; of any other none is missed."""


def missing(
    view: MarketView, what: str, there: Collection[str], nothing: str, controls: Controls = ENGLISH
) -> tuple[tuple[str, str], ...]:
    """Each watched exchange that tells `what` but is not in the table, and why. `nothing`: why, where all seems well.

    An exchange in trouble is named for what it would tell, with the time of the next attempt.
    """
    if what == "options" and view.coin not in OPTION_COINS:
        return ()
    states = {state.venue: state for state in view.venues}
    found = []
    for venue in TELLS[what]:
        state = states.get(venue)
        if state is not None and venue not in there:
            found.append((venue, _why(state.trouble, state.retry_at_ms, view.at_ms, controls) or nothing))
    return tuple(found)


def _why(trouble: str, retry_at_ms: int | None, at_ms: int, controls: Controls) -> str:
    if not trouble or retry_at_ms is None:
        return clean(trouble)
    wait = retry_at_ms - at_ms
    next_attempt = label("next attempt in {time}", controls, time=duration(wait + 999))
    soon = next_attempt if wait > 0 else label("trying again", controls)
    word, colon, reason = clean(trouble).partition(":")
    return f"{word}, {soon}{colon}{reason}"


def trouble(view: MarketView, venue: str, controls: Controls = ENGLISH) -> str:
    """What is wrong with an exchange, with the next attempt; empty where it has the coin and answers."""
    for state in view.venues:
        if state.venue == venue:
            return _why(state.trouble, state.retry_at_ms, view.at_ms, controls)
    return ""
