"""The list of commands: complete, without two meanings of a key, and shown wherever keys are."""

import pytest

from tui.actions import ACTIONS
from tui.commands import BY_NAME, COMMANDS, HINTS, shown
from tui.controls import PANES, Controls
from tui.screens.help import help_rows
from tui.steering import FINEST

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
    text = "\n".join("".join(part for part, _ in row) for row in help_rows())
    for command in COMMANDS:
        assert command.help in text
        assert all(shown(key) in text for key in command.keys)


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
