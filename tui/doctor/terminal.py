"""The terminal: its kind, size, colours and characters, and whether a copied text reaches a clipboard."""

from collections.abc import Mapping

from tui.doctor.check import Check
from tui.doctor.glyphs import Measure, glyph_check
from tui.doctor.surroundings import Surroundings
from tui.theme import colour_depth

GROUP = "terminal"
LEAST_SIZE = (60, 20)
"""Below so many columns and lines the monitor only says what it needs."""
FULL_SIZE = (80, 24)
"""From here on the main screen has all its panes but the wide tables."""

_DEPTHS = {"full": "256 or more colours", "sixteen": "16 colours", "none": "no colours"}
_MOSH = "mosh-server"


def terminal_checks(around: Surroundings, measure: Measure | None) -> list[Check]:
    """What is to be said of the terminal. `measure` tells how wide it draws characters; None: it can't be asked."""
    return [
        _kind(around.environment),
        _size(around.size),
        _colours(around.environment),
        _encoding(around.encoding),
        glyph_check(GROUP, measure),
        _between(around),
        _clipboard(around),
    ]


def _kind(environment: Mapping[str, str]) -> Check:
    kind = environment.get("TERM", "")
    if kind in ("", "dumb", "unknown"):
        found = f"TERM={kind}" if kind else "TERM isn't set"
        advice = "TERM=xterm-256color where the terminal is one; the commands without a screen work all the same"
        return Check(GROUP, "kind", "warning", found, "a terminal that can place its cursor", advice)
    program = environment.get("TERM_PROGRAM")
    return Check(GROUP, "kind", "ok", f"TERM={kind}" + (f", {program}" if program else ""))


def _size(size: tuple[int, int] | None) -> Check:
    if size is None:
        return Check(GROUP, "size", "not tried", "stdout is no terminal")
    found = f"{size[0]}x{size[1]}"
    if size[0] < LEAST_SIZE[0] or size[1] < LEAST_SIZE[1]:
        return Check(GROUP, "size", "warning", found, f"at least {LEAST_SIZE[0]}x{LEAST_SIZE[1]}", "a larger window")
    less = size[0] < FULL_SIZE[0] or size[1] < FULL_SIZE[1]
    return Check(GROUP, "size", "ok", f"{found}, some panes are cut" if less else found)


def _colours(environment: Mapping[str, str]) -> Check:
    depth = colour_depth(environment)
    found = _DEPTHS[depth]
    if "NO_COLOR" in environment:
        return Check(GROUP, "colours", "ok", f"{found}: NO_COLOR is set")
    if depth == "full":
        exact = environment.get("COLORTERM") in ("truecolor", "24bit")
        return Check(GROUP, "colours", "ok", "24-bit colours" if exact else found)
    advice = "TERM=xterm-256color, in tmux: set -g default-terminal tmux-256color"
    return Check(GROUP, "colours", "warning", found, "256 or more, for the heat of the ladder", advice)


def _encoding(encoding: str) -> Check:
    if encoding.upper().replace("-", "") == "UTF8":
        return Check(GROUP, "locale", "ok", encoding)
    advice = "LANG=C.UTF-8, or --ascii"
    return Check(GROUP, "locale", "warning", encoding, "UTF-8, which liqtop writes in any case", advice)


def _between(around: Surroundings) -> Check:
    """What stands between liqtop and the terminal that shows it."""
    environment = around.environment
    found = [
        *(["tmux"] if "TMUX" in environment else []),
        *(["GNU screen"] if "STY" in environment else []),
        *(["mosh"] if _MOSH in around.ancestors else []),
        *(["SSH"] if "SSH_CONNECTION" in environment or "SSH_TTY" in environment else []),
    ]
    return Check(GROUP, "in between", "ok", ", ".join(found) or "nothing that is known of")


def _clipboard(around: Surroundings) -> Check:
    """OSC 52 has no answer: what stands in between can be asked, the terminal itself can't."""
    environment = around.environment
    file = "what is copied is in a file in any case"
    if "TMUX" in environment:
        return _through_tmux(around.tmux, file)
    if "STY" in environment:
        found = f"GNU screen keeps copied texts from the terminal's clipboard; {file}"
        return Check(GROUP, "clipboard", "warning", found, "a way through (OSC 52)", "tmux in its place")
    if around.environment.get("TERM") == "linux":
        return Check(GROUP, "clipboard", "warning", f"the console has no clipboard; {file}", "a clipboard")
    found = f"sent as OSC 52; whether the terminal obeys it doesn't tell; {file}"
    if _MOSH in around.ancestors:
        found += "; mosh passes it on from version 1.4"
    return Check(GROUP, "clipboard", "ok", found)


def _through_tmux(options: Mapping[str, str] | None, file: str) -> Check:
    """`set-clipboard on` lets a program copy, and `allow-passthrough` lets it speak to the terminal behind tmux."""
    if options is None:
        return Check(GROUP, "clipboard", "warning", f"tmux doesn't answer; {file}", "its options", "tmux show -g")
    told = ", ".join(f"{name} {value}" for name, value in options.items()) or "no option of it"
    if options.get("set-clipboard") == "on" or options.get("allow-passthrough") in ("on", "all"):
        return Check(GROUP, "clipboard", "ok", f"tmux passes copied texts on ({told}); {file}")
    found = f"tmux keeps copied texts from the terminal's clipboard ({told}); {file}"
    return Check(GROUP, "clipboard", "warning", found, "set-clipboard on", "set -s set-clipboard on, in ~/.tmux.conf")
