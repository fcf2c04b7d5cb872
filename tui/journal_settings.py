"""Settings of the journal's file."""

from pathlib import Path

from scoring.settings.journal import JournalSettings
from tui.journal_store import journal_file


class JournalTable(JournalSettings):
    """`[journal]`: where frozen checklists are kept, and how they are graded afterwards."""

    path: str = ""
    """The journal's file; empty: journal.jsonl in the user's data folder. The demo and replays have files beside it."""

    def file(self, mode: str) -> Path:
        """The file of what was frozen in this mode: that of the demo is journal-demo.jsonl."""
        path = Path(self.path).expanduser() if self.path else journal_file()
        return path if mode == "LIVE" else path.with_name(f"{path.stem}-{mode.lower()}{path.suffix}")
