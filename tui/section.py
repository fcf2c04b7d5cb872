"""One table of a snapshot, whatever it is written as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Section:
    """One table: its title, a note about where the numbers come from, its columns and rows."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
