"""What an exchange said, made fit to be shown: its words can't move a cursor, turn a line round or be endless."""

MOST = 300
"""Characters of a reason that are kept."""


def printable(text: str) -> str:
    """The text with each character that can't be shown as its escape, cut after `MOST` characters."""
    cut = text if len(text) <= MOST else text[: MOST - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut)
