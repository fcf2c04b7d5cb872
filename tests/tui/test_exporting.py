"""Screenshots and exports: named by coin and time, whole or not there at all, never in place of another file."""

import errno
import json
import os
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.opened import Screen, opened
from tests.tui.scripted import START_MS, mark
from tui.export_settings import ExportSettings
from tui.exported import Exported, stem, write
from tui.exporting import drawing, export
from tui.picture import words_of
from tui.reload import in_effect
from tui.runner import SourceCrashed
from tui.settings import Settings
from tui.snapshot import snapshot_json
from tui.text import snapshot_text

pytestmark = pytest.mark.anyio
NAME = "liqtop-BTC-20250127T174640Z"
"""Of `START_MS`."""


async def files(screen: Screen, key: str) -> list[Path]:
    """What is in the folder after a key, which is the one in the home folder where none is set."""
    await screen.press(key)
    await screen.app.workers.wait_for_complete()
    screen.app.tick()
    await screen.pilot.pause()
    return sorted(Path.home().glob("liqtop/*"))


async def test_s_writes_the_screen_as_svg_and_says_where() -> None:
    async with opened() as screen:
        (path,) = await files(screen, "s")
        assert path.name == f"{NAME}.svg"
        words = words_of(path.read_text())
        assert len(words) == 40
        assert any("LADDER" in line and "71,452" in "".join(words) for line in words)
        assert f"written: ~/liqtop/{NAME}.svg" in screen.text


async def test_a_screenshot_shows_what_was_on_the_screen_when_the_key_was_pressed() -> None:
    async with opened() as screen:
        before = screen.text.splitlines()
        (path,) = await files(screen, "s")
        assert words_of(path.read_text())[:-1] == before[:-1]
        assert "written" not in path.read_text()


async def test_a_screenshot_has_the_screen_that_is_on_top() -> None:
    async with opened() as screen:
        shown = await screen.press("?")
        (path,) = await files(screen, "s")
        words = words_of(path.read_text())
        assert not any("LADDER" in line for line in words)
        assert words == shown.split("\n")
        assert "written: ~/liqtop/" in await screen.press("escape")


async def test_a_screenshot_has_the_themes_ground(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with opened() as screen:
        while screen.app.wear_next() != "contrast":
            pass
        await screen.pilot.pause()
        assert 'fill="#000000"' in drawing(screen.app)()


async def test_e_writes_all_tables_three_ways_as_the_snapshot_command_does() -> None:
    async with opened() as screen:
        paths = await files(screen, "e")
        assert [path.name for path in paths] == [f"{NAME}{ending}" for ending in (".json", ".tsv", ".txt")]
        view, controls = screen.app.view, screen.app.controls
        assert json.loads(paths[0].read_bytes()) == json.loads(json.dumps(snapshot_json(view, "DEMO")))
        assert paths[1].read_text() == snapshot_text(view, controls, "tsv")
        assert paths[2].read_text() == snapshot_text(view, controls, "text")
        assert f"written: ~/liqtop/{NAME} .txt .tsv .json" in screen.text


async def test_the_second_of_a_second_gets_a_number() -> None:
    async with opened() as screen:
        await files(screen, "s")
        await screen.send(mark(80_000.0, START_MS + 1))
        names = [path.name for path in await files(screen, "s")]
        assert names == [f"{NAME}-2.svg", f"{NAME}.svg"]


async def test_a_folder_that_cannot_be_is_said_in_one_line() -> None:
    Path.home().joinpath("liqtop").write_text("a file")
    async with opened() as screen:
        await files(screen, "e")
        assert "not written: ~/liqtop: " in screen.text
        assert screen.app.is_running


def test_files_are_the_users_alone(tmp_path: Path) -> None:
    (path,) = write(tmp_path, "one", {".svg": b"picture"}).paths
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes() == b"picture"


def test_no_file_is_ever_replaced_and_files_of_one_export_share_a_name(tmp_path: Path) -> None:
    (tmp_path / "one.tsv").write_text("mine")
    done = write(tmp_path, "one", {".txt": b"text", ".tsv": b"table"})
    assert [path.name for path in done.paths] == ["one-2.txt", "one-2.tsv"]
    assert (tmp_path / "one.tsv").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one-2.tsv", "one-2.txt", "one.tsv"]


@contextmanager
def files_no_longer_than(size: int) -> Iterator[None]:
    """A disk that is full behind so many bytes of a file: the write fails just as there."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_where_the_disk_is_full_nothing_stays_and_the_reason_is_said(tmp_path: Path) -> None:
    with files_no_longer_than(100):
        done = write(tmp_path, "one", {".txt": b"fits", ".tsv": b"x" * 1000})
    assert done.paths == ()
    assert os.strerror(errno.EFBIG) in done.sentence()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("coin", "name"),
    [("BTC", NAME), ("../../etc/x", NAME.replace("BTC", "__.._etc_x")), ("", NAME.replace("BTC", "_"))],
)
def test_a_coins_name_leads_out_of_no_folder(coin: str, name: str) -> None:
    assert stem(coin, START_MS) == name
    assert "/" not in stem(coin * 50, START_MS)


def test_a_sentence_names_one_file_in_full() -> None:
    assert Exported((Path("/srv/a.svg"),)).sentence() == "written: /srv/a.svg"


def test_the_folder_is_the_settings_or_liqtop_at_home() -> None:
    assert ExportSettings().path == Path.home() / "liqtop"
    assert ExportSettings(folder="~/pictures").path == Path.home() / "pictures"


def test_another_folder_takes_effect_when_the_config_is_read_again() -> None:
    wanted = Settings(export=ExportSettings(folder="/srv/pictures"))
    assert in_effect(wanted, Settings()).export == wanted.export


async def source_stops_while_files_are_written() -> None:
    async with opened() as screen:
        export(screen.app)
        screen.app.session._runner.error = OSError("gone")
        for _ in range(500):
            await screen.pilot.pause(0.01)


async def test_a_source_that_stops_while_files_are_written_is_told_as_at_any_time() -> None:
    """As one line about the source, and not as a failure of the writing."""
    with pytest.raises(SourceCrashed):
        await source_stops_while_files_are_written()
