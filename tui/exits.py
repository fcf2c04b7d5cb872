"""How a command ends: the exit codes, and the error that carries a message to the reader."""

FINE = 0
NO = 1
USAGE = 2
NO_DATA = 3
INTERRUPTED = 130


class BadUsage(Exception):
    """The command or its settings can't be obeyed. Each line is one complaint: what was expected and what was found."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines
