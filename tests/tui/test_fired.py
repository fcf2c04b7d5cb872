"""Why an alert fired, in words."""

from typing import Any

import pytest

from scoring.view.alerts import Observed
from tests.tui.fired_fixture import fired
from tui.views.fired import card, sentence


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "BTC liquidations_long_60s ≥6.2M (above 5M)"),
        (
            {"metric": "price", "observed": Observed("ETH", 3081.69), "compared": -0.0052, "threshold": -0.005}
            | {"when": "falls 0.5% in 5m"},
            "ETH price 3,081.69, down 0.52 % (falls 0.5% in 5m)",
        ),
        (
            {"metric": "funding_8h", "unit": "fraction", "observed": Observed("BTC", 0.00061), "compared": 0.00061},
            "BTC funding_8h +0.0610 % (above 5M)",
        ),
        (
            {"observed": Observed("BTC", 6.2e6), "compared": 97.0, "when": "above percentile 95"},
            "BTC liquidations_long_60s 6.2M, percentile 97 (above percentile 95)",
        ),
        (
            {"metric": "verdict_long", "unit": "state", "observed": Observed("BTC", state="OK")}
            | {"compared": None, "threshold": None, "when": "becomes OK"},
            "BTC verdict_long OK (becomes OK)",
        ),
        (
            {"observed": Observed("x\x1b[31m\x07", 6.2e6)},
            "x(31m liquidations_long_60s 6.2M (above 5M)",
        ),
    ],
)
def test_a_sentence_tells_what_where_and_against_what(given: dict[str, Any], words: str) -> None:
    assert sentence(fired(**given)) == words


def test_a_card_has_every_part() -> None:
    assert dict(card(fired(held_back=3))) == {
        "rule": "flush (warning)",
        "metric": "BTC liquidations_long_60s",
        "value": "≥6.2M",
        "condition": "above 5M",
        "own day": "above 99 % of it",
        "before": "4.8M, 1 s earlier",
        "source": "bybit, okx",
        "age": "2 s",
        "held back": "3 by the cooldown since it last fired",
    }


def test_what_is_not_known_of_it_is_a_question_mark() -> None:
    shown = dict(card(fired(percentile=None, before=None, observed=Observed("BTC", 1.0, modelled=True))))
    assert (shown["own day"], shown["before"], shown["age"], shown["value"]) == ("?", "?", "?", "1 (modelled)")
