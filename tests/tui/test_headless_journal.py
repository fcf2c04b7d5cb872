"""`liqtop journal`, as a shell sees it."""

import json
from pathlib import Path

import pytest

from scoring.view.journal import Outcome
from tests.tui.test_cli import Run, run
from tests.tui.test_views_desk import entry
from tui.journal_store import JournalStore

__all__ = ["run"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The journal that the config in the working folder names, with two entries, one of them graded after an hour."""
    path = tmp_path / "kept" / "mine.jsonl"
    (tmp_path / "config.toml").write_text(f'[journal]\npath = "{path}"\n')
    first, second = entry(1), entry(2)
    JournalStore(path).append([first, second, Outcome(first.identity, 1.0, first.at_ms, 0.0123, 0.02, -0.01, 1.0)])
    return path


def test_text_has_every_entry_newest_first_and_the_items(run: Run, path: Path) -> None:
    code, out, err = run("journal")
    lines = out.splitlines()
    assert (code, err, lines[0]) == (0, "", "JOURNAL  LIVE")
    assert " ".join(lines[1].split()) == "time coin side verdict price after 1h after 4h after 24h note"
    assert lines[2].endswith("OK .90   100.00  ?         ?         ?          nn")
    assert lines[3].endswith("OK .90   100.00  +1.23 %   ?         ?          n")
    assert lines[5].startswith("ITEMS    after 1h: n 1, mean +1.23 %, 1 good")
    assert lines[6].split()[:7] == ["funding", "1", "passed,", "0", "not:", "n", "too"]


def test_json_has_everything(run: Run, path: Path) -> None:
    code, out, _ = run("journal", "--json")
    document = json.loads(out)
    assert (code, document["path"], document["mode"]) == (0, str(path), "LIVE")
    assert [len(one["outcomes"]) for one in document["entries"]] == [1, 0]
    assert document["entries"][0]["outcomes"][0]["result"] == 0.0123
    assert [one["n"] for one in document["records"]] == [1, 0, 0]


def test_an_unreadable_line_is_told_beside_the_rest(run: Run, path: Path) -> None:
    path.write_text(path.read_text() + "{broken\n")
    code, out, err = run("journal")
    assert (code, out.count("BTC")) == (0, 2)
    assert err.startswith(f"{path}:4: expected one JSON object")


def test_without_an_entry_the_code_says_so(run: Run, path: Path) -> None:
    """The demo's own journal is empty."""
    code, out, err = run("journal", "--mode", "demo")
    assert (code, out) == (3, "")
    assert err == f"liqtop: nothing was kept yet in {path.with_name('mine-demo.jsonl')}\n"


def test_a_file_that_can_not_be_read_is_told_in_a_line(run: Run, path: Path) -> None:
    path.unlink()
    path.mkdir()
    assert run("journal") == (2, "", f"liqtop: {path}: Is a directory\n")
