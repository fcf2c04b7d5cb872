"""The list of commands: complete, without two meanings of a key, and shown wherever keys are."""

from collections import Counter
from itertools import groupby

import pytest

from tui.actions import ACTIONS
from tui.commands import BY_NAME, COMMANDS, HINTS, shown
from tui.controls import PANES, Controls
from tui.key_table import key_table
from tui.language import label
from tui.screens.help import help_rows
from tui.steering import FINEST
from tui.views.layout import row_width

COINS = ("BTC", "ETH", "WIF")


def after(names: list[str], controls: Controls) -> Controls:
    for name in names:
        steer = BY_NAME[name].steer
        assert steer is not None
        controls = steer(controls, COINS)
    return controls


def test_no_key_has_two_meanings() -> None:
    keys = [key for command in COMMANDS for key in command.keys]
    assert len(keys) == len(set(keys))


def test_every_command_does_something() -> None:
    unsteered = {command.name for command in COMMANDS if command.steer is None}
    assert unsteered == {*ACTIONS, "palette"}


def test_help_shows_every_key_and_sentence() -> None:
    text = "\n".join("".join(part for part, _ in row) for row in help_rows(Controls(), 115))
    one_line = " ".join(text.split())
    for command in COMMANDS:
        assert command.help in one_line
        assert all(shown(key) in text for key in command.keys)


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
@pytest.mark.parametrize("width", [60, 115, 116, 200])
def test_help_fits_its_width_with_nothing_cut(language: str, width: int) -> None:
    controls = Controls(language=language)
    rows = help_rows(controls, width)
    assert max(row_width(row) for row in rows) <= width
    told = "".join("".join(part for part, _ in row) for row in rows).split()
    helps = [label(command.help, controls) for command in COMMANDS]
    assert Counter("".join(helps)) - Counter("".join(told)) - Counter({" ": 10**6}) == Counter()


def test_help_stands_in_two_columns_where_there_is_room() -> None:
    assert len(help_rows(Controls(), 160)) < 0.7 * len(help_rows(Controls(), 100))


def test_every_command_says_what_it_is_called_and_does() -> None:
    for command in COMMANDS:
        assert command.title
        assert command.title[0].isupper()
        assert not command.title.endswith(".")
        assert command.help.endswith(".")
        assert command.group


def test_no_two_commands_have_one_title() -> None:
    assert len({command.title for command in COMMANDS}) == len(COMMANDS)


def test_a_hints_word_is_short_and_its_commands_are_neighbours() -> None:
    words = [command.hint for command in COMMANDS if command.hint]
    assert all(word == word.lower() and len(word) <= 8 and " " not in word for word in words)
    assert len(list(groupby(words))) == len(set(words))


def test_the_documents_table_has_every_key_and_title() -> None:
    table = key_table()
    for command in COMMANDS:
        if not command.name.startswith("pane_"):
            assert all(f"`{shown(key)}`" in table for key in command.keys)
            assert command.title[1:] in table
    assert f"`1` to `{len(PANES)}`" in table


def test_hints_join_the_keys_of_one_word() -> None:
    assert ("[ ]", "window") in HINTS
    assert ("?", "help") in HINTS


def test_the_digits_focus_the_panes_in_their_order() -> None:
    assert [after([f"pane_{name}"], Controls()).focus for name in PANES] == list(PANES)
    assert [BY_NAME[f"pane_{name}"].keys for name in PANES] == [(str(n),) for n in range(1, 8)]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["next_pane"], Controls(focus="above")),
        (["previous_pane"], Controls(focus="chart")),
        (["next_pane", "down", "next_pane"], Controls(focus="below")),
        (["longer"], Controls(window_minutes=720)),
        (["longer"] * 5, Controls(window_minutes=1440)),
        (["shorter"] * 5, Controls(window_minutes=15)),
        (["finer"] * 99, Controls(zoom=FINEST)),
        (["down", "coarser"], Controls(zoom=-1)),
        (["next_coin"], Controls(coin="ETH")),
        (["previous_coin"], Controls(coin="WIF")),
        (["finer", "down", "next_coin"], Controls(coin="ETH")),
        (["up"], Controls(scroll=-1)),
        (["next_pane", "up"], Controls(focus="above", scroll=0)),
        (["page_down", "start"], Controls()),
        (["maximise", "maximise"], Controls()),
    ],
)
def test_keys_change_the_controls(names: list[str], expected: Controls) -> None:
    assert after(names, Controls()) == expected
