"""The names of coins as readers write them: upper-cased, each once, and what else they may have meant."""

import re
from collections.abc import Iterable

from feeds.symbols import unscale

_PAIR = re.compile(r"^(\w{2,}?)(?:[-_/:.].+|USD[TC].*)$")


def coin_problem(coin: str) -> str | None:
    """Why this can't be a coin's name; None where it can. Whether a venue lists the coin, only the venue knows.

    >>> coin_problem("PEPE"), coin_problem("btc-usdt")
    (None, "expected a coin such as 'BTC', found 'btc-usdt'; did you mean 'BTC'?")
    """
    pair = _PAIR.match(coin.upper())
    base = pair.group(1) if pair else coin
    meant = unscale(base)[0]
    if base == coin and meant == coin.upper() and coin.isalnum() and len(coin) <= 24:
        return None
    hint = f"; did you mean {meant!r}?" if meant.isalnum() else ""
    return f"expected a coin such as 'BTC', found {coin!r}{hint}"


def spelled(words: Iterable[str]) -> tuple[str, ...]:
    """The coins of these words, each once, in their order."""
    return tuple(dict.fromkeys(word.upper() for word in words))
