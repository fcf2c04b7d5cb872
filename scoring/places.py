"""Readings of several exchanges with their places in their own histories, as an item of the checklist tells them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from scoring.percentile import DAY_MS, Place, typical
from scoring.settings import ScoringSettings
from scoring.view import CheckItem


class Told(Protocol):
    """A reading of an exchange, with its place in its own history."""

    @property
    def venue(self) -> str:
        """Its exchange, "" where it is of all."""

    @property
    def percentile(self) -> float | None:
        """Its percentile, 0 to 100; None where its history is too short."""

    @property
    def history_ms(self) -> int | None:
        """How much time the history spans."""


def placed(item: CheckItem, rows: Iterable[Told]) -> CheckItem:
    """The item with the readings' median place in their own histories, where any is long enough."""
    place = place_of(rows)
    return item if place is None else replace(item, percentile=place.percentile, history_ms=place.history_ms)


def place_of(rows: Iterable[Told]) -> Place | None:
    """The readings' median place over the shortest of their histories; None where none is long enough."""
    told = ((row.percentile, row.history_ms) for row in rows)
    return typical(Place(place, history) for place, history in told if place is not None and history is not None)


def deciding(place: Place | None, settings: ScoringSettings) -> float | None:
    """The percentile of a place whose history is long enough to decide; else None."""
    least_ms = settings.percentiles.decides_days * DAY_MS
    return place.percentile if place is not None and place.history_ms >= least_ms else None


def venues(rows: Iterable[Told]) -> str:
    """The exchanges of some readings, each once."""
    return ", ".join(dict.fromkeys(row.venue for row in rows if row.venue))
