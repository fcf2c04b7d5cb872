"""What the exchanges really sent, kept apart from the program, and the account that is settled with what it told."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

CENT = Decimal("0.01")

Key = tuple[str, str, int, str]
"""A liquidation: venue, position, the venue's time, and USD to the cent."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One liquidation as it happened: the venue's time, when it went out by our clock, and its USD."""

    venue: str
    position: str
    at_ms: int
    sent_ms: int
    usd: Decimal

    @property
    def key(self) -> Key:
        return self.venue, self.position, self.at_ms, str(self.usd)


class Ledger:
    """All liquidations of a test."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []

    def of(self, venue: str) -> list[Sent]:
        return [one for one in self.sent if one.venue == venue]

    def usd(self, venue: str) -> Decimal:
        """What a venue's liquidations came to."""
        return sum((one.usd for one in self.of(venue)), Decimal(0))


def settle(ledger: Ledger, events: Sequence[Mapping[str, Any]]) -> None:
    """Hold what was told against what was sent, to the cent.

    Nothing told that was not sent, nothing told twice, and what was sent and not told went out within a gap that the
    venue's stream declared.
    """
    for venue in {one.venue for one in ledger.sent}:
        told = Counter(key(event) for event in events if event["type"] == "liquidation" and event["venue"] == venue)
        sent = Counter(one.key for one in ledger.of(venue))
        assert not told - sent, f"{venue} told what was not sent, or twice: {told - sent}"
        gaps = gaps_of(events, venue)
        missing = sent - told
        for one in ledger.of(venue):
            inside = any(since <= one.sent_ms <= until for since, until in gaps)
            assert told[one.key] or inside, f"missing outside of the gaps {gaps}: {one}"
        lost = sum((Decimal(usd) * count for (_, _, _, usd), count in missing.items()), Decimal(0))
        assert total(events, venue) == ledger.usd(venue) - lost


def total(events: Sequence[Mapping[str, Any]], venue: str) -> Decimal:
    """What the program told of a venue, to the cent."""
    told = [event for event in events if event["type"] == "liquidation" and event["venue"] == venue]
    return sum((Decimal(event["notional_usd"]) for event in told), Decimal(0)).quantize(CENT)


def gaps_of(events: Sequence[Mapping[str, Any]], venue: str) -> list[tuple[int, float]]:
    """When the venue's perpetuals were not seen, as their streams declared it.

    A gap is told at its end; one that has not ended began with the last event before the stream went down.
    """
    gaps: list[tuple[int, float]] = []
    last_ms = down_since = None
    for event in (event for event in events if (event["venue"], event["market"]) == (venue, "perp")):
        if event["type"] == "gap":
            gaps.append((event["since_ms"], event["at_ms"]))
        elif event["type"] in ("disconnected", "refused"):
            down_since = down_since if down_since is not None else last_ms
        elif event["type"] == "connected":
            down_since = None
        elif event["type"] == "liquidation":
            last_ms = event["received_ms"]
    return gaps if down_since is None else [*gaps, (down_since, float("inf"))]


def key(event: Mapping[str, Any]) -> Key:
    usd = Decimal(event["notional_usd"]).quantize(CENT)
    return event["venue"], event["position"], event["at_ms"], str(usd)
