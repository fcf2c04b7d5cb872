"""What the doctor says of a terminal, from its environment, its size and what stands in between."""

import os
from pathlib import Path

import pytest

from tui.doctor.check import Check, Status
from tui.doctor.surroundings import Surroundings, ancestors, tmux_options
from tui.doctor.terminal import LEAST_SIZE, terminal_checks
from tui.screens.arrangement import LEAST_HEIGHT, LEAST_WIDTH

XTERM = {"TERM": "xterm-256color"}


def check(name: str, around: Surroundings) -> Check:
    return next(one for one in terminal_checks(around, None) if one.name == name)


@pytest.mark.parametrize(
    ("environment", "status", "words"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "ok", "24-bit colours"),
        (XTERM, "ok", "256 or more colours"),
        ({"TERM": "screen"}, "warning", "16 colours"),
        ({"TERM": "dumb"}, "warning", "no colours"),
        ({**XTERM, "NO_COLOR": ""}, "ok", "no colours: NO_COLOR is set"),
    ],
)
def test_colours(environment: dict[str, str], status: Status, words: str) -> None:
    found = check("colours", Surroundings(environment))
    assert (found.status, found.found) == (status, words)


@pytest.mark.parametrize(("kind", "status"), [("xterm", "ok"), ("dumb", "warning"), ("", "warning")])
def test_a_terminal_that_cannot_place_its_cursor_is_a_warning(kind: str, status: Status) -> None:
    assert check("kind", Surroundings({"TERM": kind})).status == status


@pytest.mark.parametrize(
    ("size", "status"),
    [((120, 40), "ok"), ((80, 24), "ok"), ((60, 20), "ok"), ((59, 40), "warning"), ((80, 19), "warning")],
)
def test_size(size: tuple[int, int], status: Status) -> None:
    assert check("size", Surroundings(XTERM, size)).status == status


def test_the_least_size_is_the_screens() -> None:
    assert LEAST_SIZE == (LEAST_WIDTH, LEAST_HEIGHT)


def test_without_a_terminal_its_size_and_glyphs_are_not_tried() -> None:
    checks = terminal_checks(Surroundings(XTERM), None)
    assert [one.name for one in checks if one.status == "not tried"] == ["size", "glyph widths"]


@pytest.mark.parametrize(("encoding", "status"), [("UTF-8", "ok"), ("utf8", "ok"), ("ANSI_X3.4-1968", "warning")])
def test_a_locale_that_is_not_utf_8_is_a_warning(encoding: str, status: Status) -> None:
    assert check("locale", Surroundings(XTERM, encoding=encoding)).status == status


def test_what_stands_in_between_is_named() -> None:
    environment = {**XTERM, "TMUX": "/tmp/tmux,1,0", "SSH_TTY": "/dev/pts/1"}
    around = Surroundings(environment, ancestors=("bash", "mosh-server"))
    assert check("in between", around).found == "tmux, mosh, SSH"


@pytest.mark.parametrize(
    ("options", "status"),
    [
        ({"set-clipboard": "external", "allow-passthrough": "off"}, "warning"),
        ({"set-clipboard": "on", "allow-passthrough": "off"}, "ok"),
        ({"set-clipboard": "off", "allow-passthrough": "on"}, "ok"),
        ({"set-clipboard": "external"}, "warning"),
        ({}, "warning"),
        (None, "warning"),
    ],
)
def test_a_tmux_that_keeps_copied_texts_is_told_with_its_options(
    options: dict[str, str] | None, status: Status
) -> None:
    found = check("clipboard", Surroundings({**XTERM, "TMUX": "x"}, tmux=options))
    assert found.status == status
    for name, value in (options or {}).items():
        assert f"{name} {value}" in found.found


@pytest.mark.parametrize(
    ("environment", "status"), [(XTERM, "ok"), ({**XTERM, "STY": "1.x"}, "warning"), ({"TERM": "linux"}, "warning")]
)
def test_whether_a_clipboard_is_reached_without_tmux(environment: dict[str, str], status: Status) -> None:
    assert check("clipboard", Surroundings(environment)).status == status


def test_tmux_is_asked_for_its_options(tmp_path: Path) -> None:
    """A program named tmux stands in for it: it knows one of the two options."""
    program = tmp_path / "tmux"
    program.write_text('#!/bin/sh\n[ "$*" = "show -gv set-clipboard" ] && echo external\n')
    program.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "TMUX": "x"}
    assert tmux_options(environment) == {"set-clipboard": "external"}
    assert tmux_options({"PATH": environment["PATH"]}) is None


def test_the_programs_around_are_read_off_the_process_table(tmp_path: Path) -> None:
    for number, name, parent in ((30, "zsh", 20), (20, "mosh-server (x) y", 1)):
        (tmp_path / str(number)).mkdir()
        (tmp_path / str(number) / "stat").write_text(f"{number} ({name}) S {parent} 0 0")
    assert ancestors(30, tmp_path) == ("zsh", "mosh-server (x) y")
    assert ancestors(99, tmp_path) == ()
