"""How much of a tape is played before a moment that is gone to, so that the windows of that moment are filled."""

from collections.abc import Sequence
from dataclasses import dataclass

from feeds.block import BlockInfo

LONGEST_WINDOW_MS = 24 * 3600 * 1000
"""How far before the moment that was sought the replay begins at most: the ladder's longest window."""
MOST_RECORDS = 250_000
"""And so many records at most: about 12 s of one core. What was before them is a gap, and told as one."""
ANSWERS_MS = 2 * 3600 * 1000
"""Answers to polls are read so far before a lead-in that is cut: longer than any poll waits, and most tell history."""
NEAR_MS = 600_000
NEAR_RECORDS = 20_000
"""A moment no further ahead than this, and by no more records (a second's work), is near."""


@dataclass(frozen=True, slots=True)
class LeadIn:
    """From when on a tape is played (UNIX ms; None: all of it), in so many records.

    `cut`: not the whole window. Then, of the blocks before it (by offset), those `passed` are not read, as they hold
    nothing but frames and old answers to polls; those `begun` in tell how streams began, which decoders remember.
    """

    from_ms: int | None = None
    records: int = 0
    cut: bool = False
    passed: frozenset[int] = frozenset()
    begun: frozenset[int] = frozenset()


def _cut(index: Sequence[BlockInfo], from_ms: int, records: int) -> LeadIn:
    early = [block for block in index if block.last_ms < from_ms]
    told = [block.holds("status") for block in early]
    begun = {block.offset for block, now, before in zip(early, told, [False, *told], strict=False) if now or before}
    passed = {block.offset for block in early if block.only_data and block.last_ms < from_ms - ANSWERS_MS}
    return LeadIn(from_ms, records, cut=True, passed=frozenset(passed - begun), begun=frozenset(begun))


def is_near(index: Sequence[BlockInfo], from_ms: int, to_ms: int) -> bool:
    """Whether a moment lies so little ahead that what is between is played, instead of all that comes before it."""
    if not 0 <= to_ms - from_ms <= NEAR_MS:
        return False
    return sum(block.records for block in index if from_ms <= block.last_ms and block.first_ms <= to_ms) <= NEAR_RECORDS


def lead_in(index: Sequence[BlockInfo], target_ms: int, late_ms: int, most_records: int = MOST_RECORDS) -> LeadIn:
    """The lead-in of a moment. `late_ms`: how much later than its time a record may have been received."""
    longest_ms = target_ms - LONGEST_WINDOW_MS - late_ms
    records = 0
    begins_ms = target_ms
    needed = [block for block in index if block.first_ms <= target_ms and block.last_ms >= longest_ms]
    for block in sorted(needed, key=lambda one: -one.last_ms):
        if records and records + block.records > most_records:
            return _cut(index, begins_ms, records)
        records += block.records
        begins_ms = min(begins_ms, block.first_ms)
    return LeadIn(longest_ms, records)
