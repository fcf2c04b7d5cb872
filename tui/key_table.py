"""The keys as a table for the documents, from the same list that binds them."""

from itertools import groupby

from tui.commands import COMMANDS, Command, shown
from tui.controls import PANES

HEADING = "| keys | |\n|---|---|"


def key_table() -> str:
    """A Markdown table: a row a group, in it each command's keys and its title."""
    order = list(dict.fromkeys(command.group for command in COMMANDS))
    ordered = sorted(COMMANDS, key=lambda command: order.index(command.group))
    rows = [
        f"| {group} | {', '.join(filter(None, map(_told, commands)))} |"
        for group, commands in groupby(ordered, key=lambda command: command.group)
    ]
    return "\n".join((HEADING, *rows))


def _told(command: Command) -> str:
    """Its keys and its title with a small first letter; the panes' digits, which are many, all at the first of them."""
    panes = [f"pane_{name}" for name in PANES]
    if command.name in panes:
        return f"`1` to `{len(PANES)}` focus a pane" if command.name == panes[0] else ""
    keys = " ".join(f"`{shown(key)}`" for key in command.keys)
    return f"{keys} {command.title[:1].lower()}{command.title[1:]}"


if __name__ == "__main__":
    print(key_table())
