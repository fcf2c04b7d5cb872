"""What liqtop runs in, as far as it can be seen from inside: terminal, tmux, screen, mosh, SSH."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

_TMUX_SECONDS = 2.0
_TMUX_OPTIONS = ("set-clipboard", "allow-passthrough")
_ANCESTORS = 32


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`environment`: the variables. `size`: columns and lines, None where stdout is no terminal.

    `encoding`: what the locale says text is in. `tmux`: tmux's options by name, None where it isn't asked or doesn't
    answer. `ancestors`: the names of the programs around this one, innermost first; none where the system doesn't tell.
    """

    environment: Mapping[str, str] = field(default_factory=dict)
    size: tuple[int, int] | None = None
    encoding: str = "UTF-8"
    tmux: Mapping[str, str] | None = None
    ancestors: tuple[str, ...] = ()


def tmux_options(environment: Mapping[str, str]) -> dict[str, str] | None:
    """The options of the tmux around us that decide about copying; None where there is none or it doesn't answer."""
    program = shutil.which("tmux", path=environment.get("PATH"))
    if "TMUX" not in environment or program is None:
        return None
    found = {}
    for option in _TMUX_OPTIONS:
        words = (program, "show", "-gv", option)
        try:
            done = subprocess.run(
                words, env=dict(environment), capture_output=True, text=True, timeout=_TMUX_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        if done.returncode == 0:  # an option that an old tmux lacks stays out
            found[option] = done.stdout.strip()
    return found


def ancestors(process: int | None = None, processes: Path = Path("/proc")) -> tuple[str, ...]:
    """The names of the programs that started this one, innermost first; none where there is no `/proc`."""
    names: list[str] = []
    number = process or os.getppid()
    while number > 1 and len(names) < _ANCESTORS:
        try:
            text = (processes / str(number) / "stat").read_text(errors="replace")
        except OSError:
            break
        name, _, rest = text.partition("(")[2].rpartition(")")
        names.append(name)
        number = int(rest.split()[1])
    return tuple(names)
