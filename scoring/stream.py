"""One connection as its status events show it."""

from dataclasses import dataclass
from typing import Literal

from feeds.events import Connected, Disconnected, Refused, Traffic

_QUIET_MS = 5_000
"""Bytes are reported this often where there are any: a longer silence counts into the rate."""


@dataclass(slots=True)
class Stream:
    """What the status events said about one connection."""

    name: str
    state: Literal["off", "up", "down", "refused"] = "off"
    since_ms: int = 0
    reason: str = ""
    retry_at_ms: int | None = None
    connects: int = 0
    gap_ms: int = 0
    undecodable: int = 0
    traffic: Traffic | None = None
    heard_ms: int = 0
    """Since when bytes came from it, whatever they said; 0 where none did."""

    def turn(self, event: Connected | Disconnected | Refused) -> None:
        """Take a change of state."""
        self.since_ms, self.reason = event.at_ms, event.reason
        if isinstance(event, Connected):
            self.state, self.retry_at_ms = "up", None
            self.connects += 1
        else:
            self.state = "refused" if isinstance(event, Refused) else "down"
            self.retry_at_ms = event.retry_at_ms
            self.traffic, self.heard_ms = None, 0

    def hear(self, event: Traffic) -> None:
        """Take a report of bytes."""
        self.traffic = event
        self.heard_ms = self.heard_ms or event.since_ms

    def bytes_per_second(self, now_ms: int) -> float | None:
        """What the last report says, thinned by the silence since; None without one. Never of a stream that is down."""
        told = self.traffic
        if told is None or told.at_ms <= told.since_ms:
            return None
        return told.brought * 1000 / (max(told.at_ms, now_ms - _QUIET_MS) - told.since_ms)
