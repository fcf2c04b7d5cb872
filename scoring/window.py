"""Exact one-minute slots over 24 h, with running totals per window that need no recount."""

from collections.abc import Callable, Iterator, Mapping

WINDOWS = (15, 60, 240, 720, 1440)
"""Lengths of the rolling windows, in minutes."""

MINUTE_MS = 60_000


class MinuteSlots:
    """Sums by key in one-minute slots. A window of W minutes is the current minute and the W - 1 before it.

    Keys and sums are integers, so that what was added can be subtracted exactly. The current minute is kept apart
    (`open`) from the running totals of the minutes before it: adding touches one sum, and each sum moves into the
    totals once, when its minute ends. `version` changes with every change, `closed_version` with those of the closed
    minutes.
    """

    __slots__ = ("_slots", "_totals", "closed_version", "minute", "open", "version")

    def __init__(self) -> None:
        self.minute = 0
        self.version = 0
        self.closed_version = 0
        self.open: dict[int, int] = {}
        self._slots: dict[int, dict[int, int]] = {}
        self._totals: dict[int, dict[int, int]] = {window: {} for window in WINDOWS}

    def add(self, minute: int, key: int, amount: int) -> bool:
        """Add a positive `amount` to the sum of `key` in the slot of `minute`.

        A minute ahead of the clock moves the clock. False where the minute has left the longest window.
        """
        if minute != self.minute:
            if minute < self.minute:
                return self._add_late(minute, key, amount)
            self.advance(minute)
        self.open[key] = self.open.get(key, 0) + amount
        self.version += 1
        return True

    def _add_late(self, minute: int, key: int, amount: int) -> bool:
        age = self.minute - minute
        if age >= WINDOWS[-1]:
            return False
        for sums in (
            self._slots.setdefault(minute, {}),
            *(totals for window, totals in self._totals.items() if age < window),
        ):
            sums[key] = sums.get(key, 0) + amount
        self.version += 1
        self.closed_version += 1
        return True

    def advance(self, minute: int) -> None:
        """Move the clock to `minute`; every slot that leaves a window on the way is subtracted from it."""
        last, passed = self.minute, minute - self.minute
        if passed <= 0:
            return
        changed = bool(self.open)
        for window, totals in self._totals.items():
            if passed >= window:
                changed = changed or bool(totals)
                totals.clear()
                continue
            for gone in range(last - window + 1, minute - window + 1):
                if slot := self._slots.get(gone):
                    _subtract(totals, slot)
                    changed = True
            _merge(totals, self.open)
        self._keep(last, minute)
        self.minute = minute
        if changed:
            self.version += 1
            self.closed_version += 1

    def _keep(self, last: int, minute: int) -> None:
        """Keep the slot that ends, and forget those that leave the longest window."""
        if minute - last >= WINDOWS[-1]:
            self._slots.clear()
        else:
            for gone in range(last - WINDOWS[-1] + 1, minute - WINDOWS[-1] + 1):
                self._slots.pop(gone, None)
            if self.open:
                self._slots[last] = self.open
        if self.open:
            self.open = {}

    def rekey(self, change: Callable[[int], int]) -> None:
        """Give every sum the key that `change` makes of its own; sums that come to share a key are added."""
        for sums in (self.open, *self._slots.values(), *self._totals.values()):
            old = dict(sums)
            sums.clear()
            for key, amount in old.items():
                new = change(key)
                sums[new] = sums.get(new, 0) + amount
        self.version += 1
        self.closed_version += 1

    def closed(self, window: int) -> Mapping[int, int]:
        """The running totals of the window without the current minute. Raises `ValueError` for an unknown window."""
        try:
            return self._totals[window]
        except KeyError:
            raise ValueError(f"window: expected one of {WINDOWS} minutes, found {window}") from None

    def sums(self, window: int) -> dict[int, int]:
        """A copy of the totals of the window with the current minute."""
        merged = dict(self.closed(window))
        _merge(merged, self.open)
        return merged

    def between(self, first: int, last: int) -> Iterator[Mapping[int, int]]:
        """The slots of the closed minutes `first` to `last`, both included; empty minutes are left out."""
        for minute in range(first, last + 1):
            if slot := self._slots.get(minute):
                yield slot


def _merge(totals: dict[int, int], slot: Mapping[int, int]) -> None:
    get = totals.get
    for key, amount in slot.items():
        totals[key] = get(key, 0) + amount


def _subtract(totals: dict[int, int], slot: Mapping[int, int]) -> None:
    for key, amount in slot.items():
        left = totals[key] - amount
        if left:
            totals[key] = left
        else:
            del totals[key]
