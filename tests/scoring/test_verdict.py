"""What forbids an entry, whatever else is known."""

import pytest

from scoring.settings import ChecklistSettings
from scoring.verdict import verdict
from scoring.view import CheckItem, Grade

NAMES = ("cascade", "funding", "liquidation map", "open interest", "CVD", "BTC context")


def items(**grades: Grade) -> list[CheckItem]:
    return [CheckItem(name, grades.get(name, "pass"), "pass", "", "", 1.5) for name in NAMES]


@pytest.mark.parametrize("name", ["cascade", "funding"])
def test_a_failed_cascade_or_funding_forbids_its_direction_alone(name: str) -> None:
    """Five of six items pass: a score of 0.83."""
    rows = items(**{name: "fail"})
    long, short = (verdict(rows, direction, None, ChecklistSettings()) for direction in ("long", "short"))  # type: ignore[arg-type]
    assert (long.verdict, long.reason) == ("NO ENTRY", f"veto: {name}")
    assert long.score == pytest.approx(5 / 6)
    assert short.verdict == "OK"


def test_any_other_item_that_fails_alone_does_not() -> None:
    for name in NAMES[2:]:
        assert verdict(items(**{name: "fail"}), "long", None, ChecklistSettings()).verdict == "OK"


def test_a_veto_counts_even_where_too_little_else_is_known() -> None:
    rows = [CheckItem(name, "unknown", "unknown", "", "", 1.5) for name in NAMES]
    rows[1] = CheckItem("funding", "fail", "pass", "", "", 1.5)
    assert verdict(rows, "long", None, ChecklistSettings()).verdict == "NO ENTRY"
    assert verdict(rows, "short", None, ChecklistSettings()).verdict == "INSUFFICIENT DATA"


def test_both_vetoes_are_named() -> None:
    found = verdict(items(cascade="fail", funding="fail"), "long", None, ChecklistSettings())
    assert found.reason == "veto: cascade, funding"
