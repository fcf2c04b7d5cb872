"""Coins that no watched exchange lists, and what was probably meant by them."""

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from feeds.events import Market
from feeds.symbols import SymbolTable

_MARKETS: tuple[Market, ...] = ("perp", "spot")
_LIKENESS = 0.6  # of difflib's ratio: its own default for a close match
_LOOKED_AT = 3  # so many close matches are weighed against each other by how many exchanges list them


@runtime_checkable
class Lister(Protocol):
    """A source that knows what its exchanges list.

    `on_unlisted` gets all coins that none of them lists, each with its sentence, once every list was loaded or failed,
    and again when that changes. It is called in the source's thread.
    """

    on_unlisted: Callable[[Mapping[str, str]], None] | None


def unlisted(
    coins: Iterable[str], symbols: SymbolTable, venues: Sequence[str], silent: Sequence[str] = ()
) -> dict[str, str]:
    """A sentence for each coin that none of the venues lists. `silent`: the venues whose lists could not be had.

    Where all of them are silent nothing is known, and nothing is told.
    """
    if set(venues) <= set(silent):
        return {}
    listed = _listed(symbols, venues)
    return {coin: _sentence(coin, listed, venues, silent) for coin in coins if coin not in listed}


def _listed(symbols: SymbolTable, venues: Sequence[str]) -> dict[str, list[str]]:
    """Each coin that can be watched, with the venues that have it."""
    listed: dict[str, list[str]] = {}
    for venue in venues:
        instruments = (item for market in _MARKETS for item in symbols.of(venue, market).values())
        for coin in sorted({item.coin for item in instruments if item.watchable}):
            listed.setdefault(coin, []).append(venue)
    return listed


def _sentence(coin: str, listed: Mapping[str, list[str]], venues: Sequence[str], silent: Sequence[str]) -> str:
    answered = [venue for venue in venues if venue not in silent]
    where = f"none of {', '.join(answered)}" if silent else "none of the exchanges"
    silence = f" ({', '.join(silent)} did not answer)" if silent else ""
    near = difflib.get_close_matches(coin, listed, _LOOKED_AT, _LIKENESS)
    if not near:
        return f"{coin} is listed on {where}{silence}"
    best = max(_ratio(coin, one) for one in near)
    meant = max((one for one in near if _ratio(coin, one) == best), key=lambda one: len(listed[one]))
    return f"{coin} is listed on {where}{silence}; did you mean {meant} ({', '.join(listed[meant])})?"


def _ratio(coin: str, other: str) -> float:
    return difflib.SequenceMatcher(None, other, coin).ratio()
