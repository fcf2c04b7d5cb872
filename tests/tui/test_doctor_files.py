"""What the doctor says of the config, the folders and the store, and that it leaves them as they are."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from feeds.store import Store
from feeds.store_settings import StoreSettings
from tui.doctor.check import Check
from tui.doctor.config import config_checks
from tui.doctor.folders import folder_checks, private_file
from tui.doctor.store import store_checks
from tui.journal_settings import JournalTable
from tui.settings import load

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes and locks of POSIX")


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, a config home and a data home that are empty."""
    monkeypatch.chdir(tmp_path)
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.delenv("LIQTOP_CONFIG", raising=False)
    return tmp_path


def of(checks: list[Check], name: str) -> Check:
    return next(check for check in checks if check.name == name)


def test_without_a_config_the_defaults_are_told() -> None:
    loaded, (check,) = config_checks(None, load)
    assert loaded is not None
    assert (check.status, check.found) == ("ok", "none; all settings at their defaults")


def test_the_file_in_effect_is_told_and_the_one_that_it_hides() -> None:
    Path("config.toml").write_text('[network]\nvenues = ["okx"]\n')
    Path("config/liqtop").mkdir(parents=True)
    Path("config/liqtop/config.toml").write_text("")
    _, (file, hidden) = config_checks(None, load)
    assert (file.status, file.found) == ("ok", "config.toml, 1 settings of it, no unknown key")
    assert (hidden.status, hidden.found.split("/")[-1]) == ("warning", "config.toml is not read")


def test_each_mistake_of_the_config_is_a_line() -> None:
    Path("config.toml").write_text('[network]\ngatway = "x"\n[display]\ntheme = "pink"\n')
    loaded, checks = config_checks(None, load)
    assert loaded is None
    assert [(check.status, check.found.split(": ")[0]) for check in checks] == [
        ("failed", "config.toml:2"),
        ("failed", "config.toml:4"),
    ]


def test_folders_that_are_not_there_yet_are_fine_and_not_made(own_folder: Path) -> None:
    checks = folder_checks(JournalTable(), StoreSettings())
    assert {check.status for check in checks} == {"ok"}
    assert of(checks, "data folder").found == f"{own_folder}/data/liqtop, not there yet, can be made"
    assert list(own_folder.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_a_failure(own_folder: Path) -> None:
    (own_folder / "data").mkdir(mode=0o500)
    assert of(folder_checks(JournalTable(), StoreSettings()), "data folder").status == "failed"


def test_a_file_in_the_place_of_a_folder_is_a_failure(own_folder: Path) -> None:
    (own_folder / "data").write_text("")
    check = of(folder_checks(JournalTable(), StoreSettings()), "data folder")
    assert (check.status, check.found) == ("failed", f"{own_folder}/data is no folder")


def test_less_room_than_the_stores_bound_is_a_warning() -> None:
    check = of(folder_checks(JournalTable(), StoreSettings(most_megabytes=1e12)), "free space")
    assert check.status == "warning"
    assert "most_megabytes" in check.advice


def test_a_file_that_others_may_read_is_a_warning(own_folder: Path) -> None:
    path = own_folder / "journal.jsonl"
    path.write_text("x")
    path.chmod(0o640)
    check = private_file("paths", "journal", path)
    assert (check.status, check.advice) == ("warning", f"chmod 600 {path}")
    path.chmod(0o600)
    assert private_file("paths", "journal", path).status == "ok"


def settings(own_folder: Path) -> StoreSettings:
    return StoreSettings(path=str(own_folder / "store.sqlite3"))


def made(own_folder: Path) -> Store:
    store = Store.open(own_folder / "store.sqlite3", StoreSettings(), 0).store
    assert store is not None
    return store


def test_a_store_is_told_with_its_schema_and_nobody_writing_it(own_folder: Path) -> None:
    made(own_folder).close()
    checks = store_checks(settings(own_folder))
    assert {check.status for check in checks} == {"ok"}
    assert of(checks, "schema").found.endswith(", whole")
    assert of(checks, "writer").found == "no other program writes it"


def test_a_store_that_another_program_writes_is_told_and_stays_its_own(own_folder: Path) -> None:
    store = made(own_folder)
    try:
        checks = store_checks(settings(own_folder))
        assert f"another liqtop (process {os.getpid()}) writes it" in of(checks, "writer").found
        assert store.status().read_only == ""
    finally:
        store.close()


def test_a_damaged_store_is_a_failure_and_stays_as_it_is(own_folder: Path) -> None:
    path = own_folder / "store.sqlite3"
    made(own_folder).close()
    torn = path.read_bytes()[:2_000] + b"\x00" * 30_000
    path.write_bytes(torn)
    assert of(store_checks(settings(own_folder)), "schema").status == "failed"
    assert path.read_bytes() == torn


def test_another_programs_file_is_a_failure(own_folder: Path) -> None:
    path = own_folder / "store.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (a)")
    connection.close()
    path.chmod(0o600)
    check = of(store_checks(settings(own_folder)), "schema")
    assert check.status == "failed"
    assert "[store] path" in check.advice


def test_a_store_that_is_off_or_not_there_yet_is_fine(own_folder: Path) -> None:
    for one in (StoreSettings(enabled=False), settings(own_folder)):
        assert [check.status for check in store_checks(one)] == ["ok"]
