"""How the store does, for the screen and for `doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """`trouble` and `read_only` are one line each, "" while all is well.

    `waiting_rows`: not written yet. `lost_rows`: there was no room for them in memory, or SQLite can't hold them.
    `last_commit_ms`: how long the last commit took; None before the first. `file_bytes`: with SQLite's log, as of the
    last commit. `notes`: what was done about the file since the start, one line each.
    """

    waiting_rows: int = 0
    written_rows: int = 0
    lost_rows: int = 0
    last_commit_ms: float | None = None
    file_bytes: int = 0
    trouble: str = ""
    read_only: str = ""
    notes: tuple[str, ...] = ()
