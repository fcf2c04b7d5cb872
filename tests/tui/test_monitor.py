"""What the monitor needs of its surroundings, and says where it isn't there."""

import os
import pty
import subprocess
import sys

import pytest


def started(terminal: str, closed: bool) -> tuple[int, str]:
    """`liqtop demo` with a terminal of that kind as its output, and as its input unless that is closed."""
    master, slave = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "tui.cli", "demo"],
            stdin=slave,
            stdout=slave,
            stderr=subprocess.PIPE,
            env={**os.environ, "TERM": terminal},
            preexec_fn=(lambda: os.close(0)) if closed else None,
        )
        _, said = process.communicate(timeout=20)
    finally:
        os.close(master)
        os.close(slave)
    return process.returncode, said.decode()


@pytest.mark.parametrize(
    ("terminal", "closed", "why"),
    [
        ("dumb", False, "TERM=dumb can't place the cursor"),
        ("xterm", True, "stdin is none"),
    ],
)
def test_a_terminal_that_can_not_show_it_is_refused_in_a_line(terminal: str, closed: bool, why: str) -> None:
    code, said = started(terminal, closed)
    assert code == 2
    assert said == (
        f"liqtop: the monitor needs a terminal, and {why}; without one: liqtop demo --headless, liqtop events --demo\n"
    )
