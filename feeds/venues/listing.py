"""Reading an instrument list into typed rows, with one clear line where it is something else."""

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
