"""Hints for a newcomer: one at a time, gone once followed or seen often enough, never in the way."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.view import EMPTY
from tests.tui.opened import opened
from tests.tui.views_fixture import FULL, feed
from tui.controls import Controls
from tui.hints import HINT_SECONDS, HINTS, SESSIONS, Hints, Seen, open_hints

CALM = replace(FULL, feeds=(feed("binance"),), notes=())


def told(hints: Hints, now: float = 0.0, controls: Controls | None = None) -> str:
    return hints.carried(CALM, controls or Controls(), now).hint


def test_a_newcomer_is_told_one_thing_at_a_time(tmp_path: Path) -> None:
    hints = open_hints(True, tmp_path / "hints.json")
    assert told(hints) == "? shows every key"
    assert told(hints, 1.0) == "? shows every key"


def test_what_was_done_is_not_told_again(tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    hints = open_hints(True, file)
    assert told(hints) == "? shows every key"
    hints.followed("help")
    assert told(hints, 1.0) == "tab goes to the next pane"
    assert told(open_hints(True, file)) == "tab goes to the next pane"


def test_what_was_done_before_it_was_told_is_never_told(tmp_path: Path) -> None:
    hints = open_hints(True, tmp_path / "hints.json")
    for command in ("previous_pane", "help", "inspect"):
        hints.followed(command)
    assert told(hints) == "[ ] changes the window"


def test_after_its_time_the_next_one_has_its_turn_and_then_none(tmp_path: Path) -> None:
    hints, controls, seen = open_hints(True, tmp_path / "hints.json"), Controls(), []
    for turn in range(2 * len(HINTS) + 2):
        controls = hints.carried(CALM, controls, turn * HINT_SECONDS)
        seen.append(controls.hint)
    assert list(dict.fromkeys(seen)) == [
        "? shows every key", "tab goes to the next pane", "i explains a number", "[ ] changes the window",
        "o shows all coins", "",
    ]  # fmt: skip


def test_a_few_sessions_are_enough(tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    first = [told(open_hints(True, file)) for _ in range(SESSIONS + 1)]
    assert first == ["? shows every key"] * SESSIONS + ["tab goes to the next pane"]


@pytest.mark.parametrize(
    ("view", "controls"),
    [
        (CALM, Controls(notice="copied")),
        (replace(CALM, feeds=(feed("okx", "dead"),)), Controls()),
        (replace(CALM, notes=("the disk is full",)), Controls()),
        (CALM, Controls(focus="overview")),
        (EMPTY, Controls()),
    ],
)
def test_nothing_is_told_while_something_matters_more(view: object, controls: Controls, tmp_path: Path) -> None:
    hints = open_hints(True, tmp_path / "hints.json")
    assert hints.carried(view, replace(controls, hint="old"), 0.0).hint == ""  # type: ignore[arg-type]


def test_a_hint_that_is_hidden_loses_no_time(tmp_path: Path) -> None:
    hints = open_hints(True, tmp_path / "hints.json")
    controls = hints.carried(CALM, Controls(), 0.0)
    hidden = hints.carried(CALM, replace(controls, notice="copied"), 1.0)
    assert hints.carried(CALM, replace(hidden, notice=""), 2 * HINT_SECONDS).hint == "? shows every key"


def test_nobody_is_told_who_wants_no_hints(tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    assert told(open_hints(False, file)) == ""
    assert not file.exists()


@pytest.mark.parametrize("kept", [b"", b"[]", b'{"shown": 3}', b"\xff", b"[" * 9_999, b'{"shown": {"help": "x"}}'])
def test_a_file_that_is_not_ours_means_no_hints_and_stays_as_it_is(kept: bytes, tmp_path: Path) -> None:
    file = tmp_path / "hints.json"
    file.write_bytes(kept)
    assert told(open_hints(True, file)) == ""
    assert file.read_bytes() == kept


def test_where_nothing_can_be_kept_there_are_no_hints(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert told(open_hints(True, tmp_path / "file" / "hints.json")) == ""


def test_the_file_is_the_users_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    hints = open_hints(True, tmp_path / "new" / "hints.json")
    told(hints)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["hints.json"]
    assert stat.S_IMODE((tmp_path / "new" / "hints.json").stat().st_mode) == 0o600


def test_a_hint_is_in_the_readers_language(tmp_path: Path) -> None:
    hints = open_hints(True, tmp_path / "hints.json")
    assert told(hints, controls=Controls(language="ru")) == "? — все клавиши"


def test_every_hint_names_commands_that_exist() -> None:
    from tui.commands import BY_NAME

    assert all(name in BY_NAME for hint in HINTS for name in hint.commands)


@pytest.mark.anyio
async def test_the_status_bar_tells_the_hint_until_its_key_is_pressed() -> None:
    async with opened() as screen:
        screen.app.hints = Hints(Seen())
        screen.app.tick()
        await screen.pilot.pause()
        assert "? shows every key" in screen.text
        text = await screen.press("question_mark", "escape")
        assert "? shows every key" not in text
        assert "tab goes to the next pane" in text
