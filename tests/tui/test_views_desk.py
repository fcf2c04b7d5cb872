"""The rows of the alerts and the journal screen, whatever they have to show."""

from dataclasses import replace

import pytest

from scoring.journal import record
from scoring.settings.journal import JournalSettings
from scoring.view import EMPTY
from scoring.view.alerts import RuleStatus
from scoring.view.journal import Entry, EntryItem, Outcome
from tests.tui.fired_fixture import T0, fired
from tests.tui.views_fixture import screen
from tui.controls import Controls
from tui.format import cell_width
from tui.views.alerts import AlertBoard, alerts, chosen, fired_card, rule_card, standing
from tui.views.cursor import two_lists
from tui.views.journal import Graded, JournalBoard, entry_card, item_rows, journal
from tui.views.layout import cell
from tui.views.row import STYLES, Row, style_of

HOUR = 3_600_000
VIEW = replace(EMPTY, at_ms=T0)
RULE = RuleStatus("flush", "price", "above 5", "warning", had_data=True)


def entry(number: int, passed: bool = True) -> Entry:
    at_ms = T0 - (100 - number) * 30 * HOUR
    items = (EntryItem("funding", "pass" if passed else "fail", "+0.01 %", "neutral", 1.0),)
    return Entry(
        f"{at_ms}-BTC-long", at_ms, "BTC", "long", 100.0, "okx", "OK", 0.9, 0.8, "all well", items, "n" * number
    )


def board_of(count: int, **given: object) -> JournalBoard:
    """So many entries; those that passed gain, the others lose."""
    entries = [entry(number, number % 2 == 0) for number in range(count)]
    outcomes = [
        Outcome(one.identity, hours, one.at_ms, 0.01 * (1 if number % 2 == 0 else -1) + number * 1e-5, 0.02, -0.02, 1.0)
        for number, one in enumerate(entries)
        for hours in (1.0, 4.0, 24.0)
    ]
    graded = [Graded(one, tuple(o for o in outcomes if o.identity == one.identity)) for one in reversed(entries)]
    records = tuple(record(entries, outcomes, hours, JournalSettings()) for hours in (1.0, 4.0, 24.0))
    return JournalBoard(tuple(graded), records, path="/j", **given)  # type: ignore[arg-type]


ALERTS = AlertBoard(
    tuple(fired(at_ms=T0 - number, rule=f"r{number}[red]\x1b") for number in range(30)),
    tuple(replace(RULE, rule=f"rule {number}", unknown=("BTC",), reason="some words " * 20) for number in range(12)),
    "DEMO: on the screen alone",
)


def everything(width: int, height: int, controls: Controls) -> list[list[Row]]:
    board = board_of(24, mode="REPLAY")
    return [
        alerts(ALERTS, VIEW, controls, width, height),
        alerts(AlertBoard(), VIEW, controls, width, height),
        alerts(AlertBoard(rules=ALERTS.rules), VIEW, controls, width, height),
        journal(board, VIEW, controls, width, height),
        journal(JournalBoard(), VIEW, controls, width, height),
    ]


@pytest.mark.parametrize("ascii_only", [False, True])
@pytest.mark.parametrize("scroll", [0, 29, 35, 10**6])
@pytest.mark.parametrize(("width", "height"), [(60, 16), (80, 20), (120, 36), (200, 56), (7, 3)])
def test_rows_fit_in_known_styles(width: int, height: int, scroll: int, ascii_only: bool) -> None:
    for focus in ("alerts", "journal"):
        for rows in everything(width, height, Controls(focus=focus, scroll=scroll, ascii=ascii_only)):
            assert len(rows) <= height
            for row in rows:
                text = "".join(text for text, _ in row)
                assert cell_width(text) <= width
                assert text.isprintable()
                assert not ascii_only or text.isascii()
                assert {style_of(mark) for _, mark in row} <= set(STYLES)


@pytest.mark.parametrize("width", [60, 80, 120])
def test_the_cards_fit_too(width: int) -> None:
    board = board_of(2, mode="DEMO")
    for rows in (
        fired_card(ALERTS.fired[0], ALERTS, width),
        rule_card(ALERTS.rules[0], T0, width),
        entry_card(board.entries[0], board, T0, width),
    ):
        assert max(sum(cell_width(text) for text, _ in row) for row in rows) <= width


@pytest.mark.parametrize("scroll", [0, 10, 29, 30, 35, 41])
def test_the_row_of_the_cursor_is_always_seen(scroll: int) -> None:
    controls = Controls(focus="alerts", scroll=scroll)
    shown = screen(alerts(ALERTS, VIEW, controls, 100, 20))
    one = chosen(ALERTS, controls)
    assert one is not None
    (marked,) = [line for line in shown.splitlines() if "▸" in line]
    assert one.rule.partition("[")[0] in marked


def test_below_many_alerts_half_of_the_room_is_left_to_the_rules() -> None:
    upper, lower = ([cell(f"{name}{number}") for number in range(30)] for name in "ul")
    above, below = two_lists(upper, lower, 0, 20)
    assert (len(above), len(below)) == (10, 10)
    above, below = two_lists(upper[:3], lower, 0, 20)
    assert (len(above), len(below)) == (3, 17)
    above, below = two_lists(upper, lower[:4], 29, 20)
    assert (len(above), len(below), above[-1]) == (16, 4, upper[-1])


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"had_data": False, "reason": "x"}, "waiting for data"),
        ({"armed": 2}, "armed"),
        ({"armed": 2, "holding": ("BTC",)}, "holds"),
        ({"holding": ("BTC",), "cooling_until_ms": T0 + 60_000}, "cooling 1m00s"),
        ({"armed": 1, "cooling_until_ms": T0}, "armed"),
        ({"armed": 1, "snoozed_until_ms": T0 + 60_000}, "snoozed 1m00s"),
        ({"armed": 1, "snoozed_until_ms": 1 << 62}, "snoozed"),
        ({"unknown": ("BTC",), "reason": "stale"}, "no data now"),
    ],
)
def test_a_rule_stands_in_one_way(given: dict[str, object], word: str) -> None:
    assert standing(replace(RULE, **given), T0)[0] == word  # type: ignore[arg-type]


def test_few_entries_tell_nothing_of_an_item_and_enough_do() -> None:
    few = screen(item_rows(board_of(8).records, 120, Controls()))
    many = screen(item_rows(board_of(40).records, 120, Controls()))
    assert "4/4 n too small" in few
    assert "20/20 better +2.00 %" in many


def test_what_is_not_known_or_not_due_is_no_number() -> None:
    one = replace(entry(1), at_ms=T0 - 2 * HOUR)
    unknown = Outcome(one.identity, 1.0, T0, None, None, None, 0.0, "no price within 72 s of the end")
    records = board_of(2).records
    board = JournalBoard((Graded(one, (unknown,)),), records, path="/j")
    row = screen(journal(board, VIEW, Controls(), 120, 20)).splitlines()[2]
    assert row.split("100.00")[1].split()[:5] == ["?", "in", "2h00m", "in", "22h00m"]
    text = screen(entry_card(board.entries[0], board, T0, 120))
    assert "after 1h: ? no price within 72 s of the end" in text
