"""What a cascade's state means for a long and a short."""

from dataclasses import replace

import pytest

from scoring.cascade_item import cascade_item, exhausted, urgent
from scoring.view import Grade
from scoring.view.cascades import CascadeState, CascadesView, Exhaustion, StateName

NOW = 1_737_979_440_000


def states(down: StateName = "calm", up: StateName = "calm") -> CascadesView:
    return CascadesView(
        CascadeState("down", down, NOW - 120_000, "because", "full"), CascadeState("up", up, NOW, "so", "full")
    )


@pytest.mark.parametrize(
    ("down", "up", "long", "short"),
    [
        ("calm", "calm", "pass", "pass"),
        ("loading", "calm", "warn", "pass"),
        ("igniting", "calm", "fail", "warn"),
        ("cascading", "calm", "fail", "warn"),
        ("exhausted", "calm", "pass", "warn"),
        ("rejected", "calm", "pass", "warn"),
        ("calm", "cascading", "warn", "fail"),
        ("calm", "exhausted", "warn", "pass"),
        ("blind", "blind", "unknown", "unknown"),
        ("calm", "blind", "unknown", "unknown"),
    ],
)
def test_states_are_graded_for_both_directions(down: StateName, up: StateName, long: Grade, short: Grade) -> None:
    item = cascade_item(states(down, up), None, NOW, 1.5)
    assert (item.long, item.short) == (long, short)


def test_the_item_tells_states_since_when_and_why() -> None:
    item = cascade_item(states("igniting"), None, NOW, 1.5)
    assert item.value == "down igniting for 2 m, up calm"
    assert item.reason == "down: because"


def test_blind_is_unknown_and_says_why() -> None:
    item = cascade_item(states(), "binance perp is down", NOW, 1.5)
    assert (item.long, item.value, item.reason) == ("unknown", "blind", "binance perp is down")
    assert cascade_item(None, None, NOW, 1.5).reason == "not judged yet"


def test_exhausted_is_told_by_the_state_or_a_complete_badge() -> None:
    assert exhausted(states()) is None
    assert exhausted(states("exhausted")) == "down"
    badge = replace(states(), exhaustion=Exhaustion("complete"), exhaustion_of="up")
    assert exhausted(badge) == "up"
    assert exhausted(replace(badge, exhaustion=Exhaustion("partial"))) is None


@pytest.mark.parametrize(
    ("down", "up", "text"),
    [("calm", "calm", ""), ("igniting", "cascading", "cascading up"), ("igniting", "calm", "igniting down")],
)
def test_the_more_urgent_state_is_the_badge(down: StateName, up: StateName, text: str) -> None:
    assert urgent(down, up) == text
