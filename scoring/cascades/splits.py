"""Forced orders put together from their prints, and the seconds a sampling feed occupies."""


class Splits:
    """Tells whether a print begins a new forced order. Prints within `merge_ms` of an order's first are part of it.

    In a chain of prints a busy market were one order, so the first print decides. A late print of an earlier moment
    begins no order: its own may have been counted.
    """

    __slots__ = ("_began", "_merge_ms")

    def __init__(self, merge_ms: int) -> None:
        self._merge_ms = merge_ms
        self._began: dict[str, int] = {}

    def begins(self, at_ms: int, key: str) -> bool:
        """Whether it is a new order. `key`: the exchange's symbol; a side has its own object."""
        began = self._began.get(key)
        if began is not None and at_ms <= began + self._merge_ms:
            return False
        self._began[key] = at_ms
        return True


class Occupied:
    """The share of seconds in which a feed of at most one order a second brought one, by feed."""

    __slots__ = ("_bits", "_length", "_mask", "_second")

    def __init__(self, length: int) -> None:
        self._length = length
        self._mask = (1 << length) - 1
        self._bits: dict[str, int] = {}
        self._second: dict[str, int] = {}

    def add(self, second: int, feed: str) -> None:
        """Note an order of a second."""
        bits, last = self._bits.get(feed, 0), self._second.get(feed, second)
        if second >= last:
            bits = (bits << min(second - last, self._length) | 1) & self._mask
            self._second[feed] = second
        elif last - second < self._length:
            bits |= 1 << (last - second)
        self._bits[feed] = bits

    def share(self, second: int) -> float:
        """The fullest feed's share over the whole seconds before `second`, the current one: that has only begun."""
        most = 0
        for feed, bits in self._bits.items():
            passed = second - 1 - self._second[feed]
            shown = bits >> 1 if passed < 0 else (bits << min(passed, self._length)) & self._mask
            most = max(most, shown.bit_count())
        return most / self._length
