"""Evidence that adds up against one thing (a running sum that never goes below nothing), and since when it does."""

from scoring.settings import SanitySettings


class Suspicion:
    """Held from the bound on, until all of the evidence is spoken against.

    `since_ms`: when the evidence that is there now began.
    """

    __slots__ = ("_bound", "_most", "held", "since_ms", "weight")

    def __init__(self, settings: SanitySettings) -> None:
        self._bound = settings.bound
        self._most = max(settings.bound, settings.most)
        self.weight = 0.0
        self.since_ms = 0
        self.held = False

    def add(self, weight: float, at_ms: int) -> None:
        """Evidence of that weight for (positive) or against (negative), of the time from `at_ms` on."""
        if self.weight <= 0 < weight:
            self.since_ms = at_ms
        self.weight = min(self._most, max(0.0, self.weight + weight))
        if self.weight >= self._bound:
            self.held = True
        elif self.weight <= 0:
            self.held = False
