"""`liqtop check` tells of each item what decides, its place in its own history and the exchanges, in text and JSON."""

from dataclasses import replace

from scoring.plan import plan
from scoring.settings import PlanSettings
from scoring.view.plan import Order
from tests.tui.views_fixture import CHECKLIST, FULL
from tui.headless.check import check_json, check_text

FUNDING = replace(
    CHECKLIST.items[1], percentile=93.0, history_ms=31 * 86_400_000, threshold="long fails from +0.05 %",
    source="binance, okx",
)  # fmt: skip
VIEW = replace(FULL, checklist=replace(CHECKLIST, items=(FUNDING, CHECKLIST.items[2])))
PLAN = plan(VIEW, Order("long"), (), PlanSettings())


def test_each_item_tells_its_place_and_below_it_what_decides() -> None:
    """One that knows neither has one line."""
    lines = check_text(VIEW, PLAN).splitlines()
    place = next(number for number, line in enumerate(lines) if "funding" in line)
    assert lines[place] == "✔ funding          pass     +0.0102 % 8h  p93 of 31 d  cool  1m01s old"
    assert lines[place + 1] == f"{'':28}long fails from +0.05 %; binance, okx"
    assert lines[place + 2] == "? open interest    unknown  not watched yet"


def test_the_document_has_them_too() -> None:
    funding, interest = check_json(VIEW, PLAN, "LIVE")["items"]
    told = ("threshold", "percentile", "history_ms", "source")
    assert [funding[key] for key in told] == ["long fails from +0.05 %", 93.0, 31 * 86_400_000, "binance, okx"]
    assert [interest[key] for key in told] == ["", None, None, ""]
