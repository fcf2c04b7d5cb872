"""Reading the fixtures of REST answers, and feeding answers to a venue."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from feeds.events import AnyEvent
from feeds.symbols import Instrument, SymbolTable
from feeds.venue import Budget, Poll
from feeds.venues import VENUES
from tests.feeds.decoding import FRAMES, NOW, SYMBOLS


def symbols() -> SymbolTable:
    """A fresh table, because margin tiers are told into it."""
    return SymbolTable([*SYMBOLS, Instrument("binance", "perp", "LTCUSDT", "LTC", "USDT")])


def answer(
    venue: str,
    url: str,
    payload: object,
    *,
    received_ms: int = NOW,
    market: str = "perp",
    table: SymbolTable | None = None,
) -> Sequence[AnyEvent]:
    """The events of an answer, given as an object or as text."""
    body = payload if isinstance(payload, str) else json.dumps(payload, separators=(",", ":"))
    found = table if table is not None else symbols()
    return VENUES[venue].answer(url, market, body.encode(), received_ms, found)  # type: ignore[arg-type]


def recorded(name: str, part: str) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """The answers of a fixture whose address has `part` in it: the key, when it came, and the answer."""
    for line in (FRAMES / name).read_text().splitlines():
        row = json.loads(line)
        if part in row["key"]:
            yield row["key"], row["received_ms"], row["answer"]


def answers(name: str, part: str, table: SymbolTable | None = None) -> Sequence[AnyEvent]:
    """The events of the one answer of a fixture whose address has `part` in it."""
    ((key, received_ms, payload),) = recorded(name, part)
    return answer(name.partition("/")[0], key, payload, received_ms=received_ms, table=table)


def perpetuals(venue: str, number: int) -> list[Instrument]:
    """So many coins, BTC and ETH first, as `venue` spells them."""
    coins = ["BTC", "ETH", *(f"C{n}" for n in range(2, number))][:number]
    form = "{}-USDT-SWAP" if venue == "okx" else "{}USDT"
    return [Instrument(venue, "perp", form.format(coin), coin, "USDT") for coin in coins]


def taken(polls: Sequence[Poll], budget: Budget) -> float:
    """The share of a budget that the repeated polls take, counted a minute."""
    weight = sum(p.weight * 60 / p.every_seconds for p in polls if p.budget == budget.name and p.every_seconds)
    return weight / (budget.weight * 60 / budget.seconds)
