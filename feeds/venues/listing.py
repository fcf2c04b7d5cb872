"""Reading an instrument list into typed rows, with one clear line where it is something else.

One odd row is as good as not listed; it doesn't cost the venue its other instruments.
"""

from collections.abc import Sequence
from typing import TypeVar

import msgspec

from feeds.venue import BadListing
from feeds.venues.reading import shown

T = TypeVar("T")


def read_listing(payload: bytes, kind: type[T], what: str) -> T:
    """The answer as `kind`; raises `BadListing` naming what was expected and what was found."""
    try:
        return msgspec.json.decode(payload, type=kind, strict=False)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BadListing(f"expected {what}, found {shown(payload[:40])}: {error}") from None


def read_rows(rows: Sequence[msgspec.Raw], kind: type[T], what: str) -> list[T]:
    """The rows as `kind`, without those that can't be read; raises `BadListing` where that leaves none of some."""
    read: list[T] = []
    fault: BadListing | None = None
    for row in rows:
        try:
            read.append(read_listing(bytes(row), kind, what))
        except BadListing as error:
            fault = error
    if fault is not None and not read:
        raise fault
    return read
