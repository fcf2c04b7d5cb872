"""The config: which file is in effect, whether it is right, and what stands beside it unread."""

from collections.abc import Callable

from tui.doctor.check import Check
from tui.exits import BadUsage
from tui.settings import Loaded, find, search_order

GROUP = "config"


def config_checks(option: str | None, read: Callable[[], Loaded]) -> tuple[Loaded | None, list[Check]]:
    """The settings and what is to be said of them; None where they can't be obeyed, with a line for each mistake.

    `option`: the file of `--config`. `read` reads the settings with the options of the command line.
    """
    try:
        loaded = read()
    except BadUsage as error:
        lines = [Check(GROUP, "file", "failed", line, advice="mend it; liqtop config check") for line in error.lines]
        return None, lines
    return loaded, [_file(loaded), *_unread(option)]


def _file(loaded: Loaded) -> Check:
    if loaded.file is None:
        return Check(GROUP, "file", "ok", f"none{_options(loaded)}; all settings at their defaults")
    written = sum(origin.startswith(f"{loaded.file}:") for origin in loaded.origins.values())
    return Check(GROUP, "file", "ok", f"{loaded.file}, {written} settings of it{_options(loaded)}, no unknown key")


def _options(loaded: Loaded) -> str:
    names = [origin for origin in loaded.origins.values() if origin.startswith("--")]
    return f", {' '.join(names)} from the command line" if names else ""


def _unread(option: str | None) -> list[Check]:
    """A file that another one hides is no mistake, but often a surprise."""
    in_effect = find(option)
    hidden = [path for _, path in search_order(option) if path.is_file() and in_effect and path != in_effect]
    return [
        Check(GROUP, "other file", "warning", f"{path} is not read", f"one config file, and {in_effect} comes first")
        for path in dict.fromkeys(hidden)
        if in_effect is not None and not path.samefile(in_effect)
    ]
