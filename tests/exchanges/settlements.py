"""When funding was paid: every venue lists the same times, each in its own way."""

from .facts import HOUR_MS, Perp


def settled_ms(perp: Perp, now_ms: int, most: int) -> list[int]:
    """The latest settlements, newest first."""
    step = int(perp.funding_hours * HOUR_MS)
    newest = perp.next_funding_ms(now_ms) - step
    return [newest - back * step for back in range(most)]
