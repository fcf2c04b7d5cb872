"""What is known of the streams and of all coins."""

from dataclasses import dataclass, field
from typing import Literal

from feeds.events import Market
from scoring.view.judged import Verdict

Health = Literal["live", "quiet", "suspect", "dead", "blocked", "off"]


@dataclass(frozen=True, slots=True)
class FeedHealth:
    """One stream's state and the evidence for it. `retry_at_ms`: the next attempt where it is down.

    `doubts`: what of its data can't be true, with what was expected and found; it is left out of sums meanwhile.
    """

    venue: str
    market: Market
    stream: str
    state: Health
    evidence: str
    last_at_ms: int | None = None
    lag_ms: int | None = None
    reconnects: int = 0
    gap_ms: int = 0
    events: int = 0
    undecodable: int = 0
    retry_at_ms: int | None = None
    per_second: float | None = None
    bytes_per_second: float | None = None
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VenueState:
    """Whether a venue has the coin and answers. `trouble` "": it does. Else why not, and when it is tried next."""

    venue: str
    trouble: str = ""
    retry_at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What went through, and what was left out, by kind. `not_watched`: events of coins that nobody asked for.

    `merged`: trades that became part of another because events came faster than they were folded; `dropped`: those for
    which there was no room at all. `reasons`: why the last of each kind was left out.
    """

    events: int = 0
    liquidations: int = 0
    dropped: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    not_watched: int = 0
    reasons: dict[str, str] = field(default_factory=dict)
    merged: int = 0


@dataclass(frozen=True, slots=True)
class CoinSummary:
    """One coin in short: `imbalance` is (short - long) / (short + long) of realised liquidations in the window.

    `change`: the price over 24 h; `interest_24h`: open interest in coins over 24 h; both fractions. `long_60s`,
    `short_60s`: liquidated in the last minute, None where that can't be seen; `sampled_60s`: at least this much.
    """

    coin: str
    price: float | None
    imbalance: float | None
    alert: str = ""
    change: float | None = None
    funding_8h: float | None = None
    interest_24h: float | None = None
    long_60s: float | None = None
    short_60s: float | None = None
    sampled_60s: bool = False
    long: Verdict | None = None
    short: Verdict | None = None
