"""The entry point: the version, which needs nothing loaded, and the rule that a first word is a command or a coin."""

import os
import sys
from collections.abc import Collection, Sequence

from tui import VERSION
from tui.exits import INTERRUPTED

_OPTIONS_OF_ALL = ("--help", "-h", "--version")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the words of the command line and exit with the command's code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words == ["--version"]:
        print(f"liqtop {VERSION}")
        sys.exit(0)
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plugins delays the first paint
    try:
        from tui.program import COMMANDS, app

        app(with_command(words, COMMANDS), prog_name="liqtop")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def with_command(words: Sequence[str], commands: Collection[str]) -> list[str]:
    """The words with `monitor` before them where they name no command: coins, or the monitor's options.

    >>> with_command(["btc"], ["demo"]), with_command(["demo"], ["demo"]), with_command([], ["demo"])
    (['monitor', 'btc'], ['demo'], ['monitor'])
    """
    if words and (words[0] in commands or words[0] in _OPTIONS_OF_ALL):
        return list(words)
    return ["monitor", *words]


if __name__ == "__main__":
    main()
