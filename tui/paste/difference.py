"""A number that a paste and liqtop both have and that differs, with the likely reasons."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Difference:
    """One number that both have and that differs. `relative`: pasted against ours, None where ours is nothing."""

    what: str
    venue: str
    pasted: float
    ours: float
    relative: float | None
    reasons: tuple[str, ...]


def difference(what: str, venue: str, pasted: float, ours: float, reasons: Sequence[str]) -> Difference:
    """A difference with its reasons, the likeliest first."""
    relative = pasted / ours - 1 if ours else None
    return Difference(what, venue, pasted, ours, relative, tuple(reasons) or ("told at another moment",))
