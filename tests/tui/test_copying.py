"""Copying: what reaches the clipboard, what is too long for it, and the file that always has it."""

import base64
from pathlib import Path

import pytest

from tui.copying import CLIPBOARD_BYTES, clipboard_sequence, copy


def test_a_terminal_gets_osc_52(tmp_path: Path) -> None:
    sent: list[str] = []
    copied = copy("71,452.3\n≥96k", sent.append, tmp_path / "copied.txt", {})
    payload = base64.b64encode("71,452.3\n≥96k".encode()).decode()
    assert sent == [f"\x1b]52;c;{payload}\x07"]
    assert copied.sentence() == (f"copied 2 lines, also in {tmp_path / 'copied.txt'}")


def test_tmux_gets_the_sequence_bare_and_wrapped() -> None:
    assert clipboard_sequence("a", {"TMUX": "/tmp/tmux-0/default,1,0"}) == (
        "\x1b]52;c;YQ==\x07\x1bPtmux;\x1b\x1b]52;c;YQ==\x07\x1b\\"
    )


def test_what_is_too_long_for_the_clipboard_is_in_the_file_alone(tmp_path: Path) -> None:
    sent: list[str] = []
    text = "x" * (CLIPBOARD_BYTES + 1)
    copied = copy(text, sent.append, tmp_path / "folder" / "copied.txt", {})
    assert sent == []
    assert copied.path is not None
    assert copied.path.read_text() == text + "\n"
    assert copied.sentence().startswith("too long for the clipboard: 1 line in /")


def test_only_the_user_may_read_the_file(tmp_path: Path) -> None:
    copy("a", lambda _: None, tmp_path / "copied.txt", {})
    assert (tmp_path / "copied.txt").stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "copied.txt").mkdir()
    copied = copy("a", lambda _: None, tmp_path / "copied.txt", {})
    assert copied.sentence() == "copied 1 line, also not in a file: Is a directory"


def test_a_path_under_home_is_told_from_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    copied = copy("a", lambda _: None, tmp_path / "state" / "copied.txt", {})
    assert copied.sentence() == "copied 1 line, also in ~/state/copied.txt"
