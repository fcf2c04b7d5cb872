"""Settings of where files go that a key writes."""

from pathlib import Path

from feeds.settings import Strict


class ExportSettings(Strict):
    """`[export]`: where screenshots and exported tables go."""

    folder: str = ""
    """The folder; empty: liqtop in the home folder, made when it is first needed. No file in it is ever replaced."""

    @property
    def path(self) -> Path:
        """The folder in full."""
        return Path(self.folder).expanduser() if self.folder else Path.home() / "liqtop"
