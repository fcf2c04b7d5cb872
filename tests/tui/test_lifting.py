"""What would lift a verdict, told from the items of the checklist."""

from dataclasses import replace

import pytest

from scoring.view import CheckItem, ChecklistView, DirectionVerdict
from tests.tui.views_fixture import FULL
from tui.controls import Controls
from tui.topics.explanation import explanation
from tui.topics.judged_facts import item_facts, verdict_facts
from tui.topics.lifting import lifting_facts

ITEMS = (
    CheckItem("cascade", "pass", "fail", "down calm, up cascading", "no chain", 2.0, threshold="fails while one runs"),
    CheckItem(
        "funding", "fail", "pass", "+0.06 %", "hot", 1.5, 9_000, "long fails from +0.05 %", source="binance, okx"
    ),
    CheckItem("local trend", "warn", "fail", "+1", "weak", 1.0, threshold="passes from 1"),
    CheckItem("CVD", "fail", "warn", "+0.1σ", "led by futures", 1.0, threshold="spot passes from 0.5σ"),
    CheckItem("options", "unknown", "unknown", "", "none listed", 0.5),
)


def facts(verdict: DirectionVerdict, direction: str = "long", language: str = "en") -> dict[str, str]:
    checked = ChecklistView(ITEMS, long=verdict, short=verdict)
    return dict(lifting_facts(checked, direction, Controls(language=language)))


def test_a_veto_is_lifted_when_its_item_no_longer_fails_and_the_score_alone_is_told() -> None:
    assert facts(DirectionVerdict("NO ENTRY", 0.64, 0.9, "veto: funding")) == {
        "lifts when": "funding no longer fails (long fails from +0.05 %)",
        "the score alone": ".64",
    }


def test_of_two_vetoes_neither_may_be_left() -> None:
    found = facts(DirectionVerdict("NO ENTRY", 0.4, 0.9, "veto: cascade, funding"))["lifts when"]
    assert found == "none of these fails any longer: cascade (fails while one runs), funding (long fails from +0.05 %)"


def test_a_low_score_names_the_lowest_graded_items_the_heavier_first() -> None:
    found = facts(DirectionVerdict("NO ENTRY", 0.38, 0.9, "below 0.50, failed: funding, CVD"))["lifts when"]
    assert found == (
        "the score is .50 or more, now .38; lowest: "
        "funding (long fails from +0.05 %), CVD (spot passes from 0.5σ), local trend (passes from 1)"
    )


def test_each_direction_has_its_own_items() -> None:
    found = facts(DirectionVerdict("WAIT", 0.6, 0.9, "below 0.75"), "short")["lifts when"]
    assert found.partition("lowest: ")[2].startswith("cascade (fails while one runs), local trend")


def test_several_fails_are_lifted_when_fewer_are_left() -> None:
    found = facts(DirectionVerdict("WAIT", 0.8, 0.9, "failed: funding, CVD"))["lifts when"]
    assert found == "fewer of these fail: funding (long fails from +0.05 %), CVD (spot passes from 0.5σ)"


def test_too_little_data_names_what_is_unknown_and_why() -> None:
    found = facts(DirectionVerdict("INSUFFICIENT DATA", 0.8, 0.6, "60 % known, 70 % needed"))["lifts when"]
    assert found == "70 % of the weight is known, now 60 %; unknown: options (none listed)"


def test_blindness_is_lifted_by_a_feed() -> None:
    found = facts(DirectionVerdict("NO ENTRY", 0.8, 0.6, "blind: no liquidation feed"))
    assert found == {"lifts when": "a feed of liquidations is live again", "the score alone": ".80"}


def test_what_nobody_objects_to_has_nothing_to_lift() -> None:
    assert facts(DirectionVerdict("OK", 0.9, 1.0, "no item fails")) == {}


def test_further_items_are_counted() -> None:
    many = tuple(replace(ITEMS[4], name=f"item {number}") for number in range(5))
    checked = ChecklistView(many)
    assert dict(lifting_facts(checked, "long", Controls()))["lifts when"].endswith("item 2 (none listed), 2 more")


@pytest.mark.parametrize(("language", "word"), [("ru", "фандинг: больше не отказ ("), ("zh", "资金费率不再不通过 (")])
def test_it_is_told_in_the_readers_language(language: str, word: str) -> None:
    found = facts(DirectionVerdict("NO ENTRY", 0.64, 0.9, "veto: funding"), language=language)
    assert any(text.startswith(word) for text in found.values())


def test_what_decides_comes_before_source_and_age() -> None:
    view = replace(FULL, checklist=ChecklistView(ITEMS))
    assert [name for name, _ in item_facts(view, Controls(), "funding")] == [
        "threshold", "because", "source", "age", "weight",
    ]  # fmt: skip
    veto = DirectionVerdict("NO ENTRY", 0.64, 0.9, "veto: funding")
    told = verdict_facts(replace(view, checklist=replace(view.checklist, long=veto)), Controls(), "long")
    assert [name for name, _ in told] == ["lifts when", "the score alone", "because", "complete"]


def test_an_explanation_tells_meaning_facts_formula_and_use_in_this_order() -> None:
    view = replace(FULL, checklist=ChecklistView(ITEMS))
    said = " ".join(
        "".join(text for text, _ in row) for row in explanation("checklist.funding", "funding", view, Controls(), 70)
    )
    places = [
        said.index(words) for words in ("What longs pay", "threshold long", "source", "age", "made by:", "good for:")
    ]
    assert places == sorted(places)
