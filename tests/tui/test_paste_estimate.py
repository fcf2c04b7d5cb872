"""The estimated map of a snapshot is read back from any format, apart from what is realised, and graded as it was."""

import json
from dataclasses import replace

import pytest

from scoring.map_item import liquidation_map
from scoring.settings import ScoringSettings
from scoring.view import Asymmetry, MapView, Volatility
from tests.tui.estimate_fixture import ESTIMATED
from tests.tui.estimate_fixture import MAP as ESTIMATE
from tests.tui.pasted import FORMATS, finding, item, judged, printed, said
from tests.tui.views_fixture import AT_MS, FULL
from tui.paste.reader import understand
from tui.text import snapshot_json


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_estimated_and_realised_levels_are_kept_apart(form: str) -> None:
    """What the price went through holds nothing any more; each table has its own sums."""
    understood, judgement = judged(printed(ESTIMATED, form))
    estimated = [row for row in understood.levels if row.basis == "estimated"]
    rows = {row.low: (row.long_usd, row.short_usd) for row in estimated if not row.cluster}
    assert rows == {
        72_000.0: (0.0, 220e6), 71_750.0: (0.0, 70e6), 71_000.0: (9e6, 0.0), 70_750.0: (14e6, 0.0),
        70_500.0: (38e6, 0.0), 70_250.0: (61e6, 0.0),
    }  # fmt: skip
    bands = [(row.low, row.high, row.long_usd, row.short_usd) for row in estimated if row.cluster]
    assert bands == [(71_900.0, 72_600.0, 0.0, 530e6), (70_200.0, 70_600.0, 123e6, 0.0)]
    assert sum(row.basis == "realised" for row in understood.levels) == 9 + 3
    assert finding(judgement, "liquidation map").figures["short_usd"] == 290e6
    assert finding(judgement, "realised ladder").figures["short_usd"] == pytest.approx(14.5e6)


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_the_map_as_a_whole_is_told(form: str) -> None:
    told = understand(printed(ESTIMATED, form)).estimate
    assert told is not None
    assert (told.lens, told.preset, told.confidence, told.age_ms) == ("24h", "observed", 64, 0)
    assert told.raw == pytest.approx(0.7473, abs=0.0005)
    assert [(one.hours, one.reached, one.reached_share) for one in told.horizons] == [
        (4, 0.5, 0.1), (24, 0.62, 0.3), (168, -0.81, 0.6), (720, None, 0.0),
    ]  # fmt: skip
    assert told.volatility == ESTIMATE.volatility


@pytest.mark.parametrize("form", [*FORMATS, "json"])
@pytest.mark.parametrize(
    "estimate",
    [
        ESTIMATE,
        replace(ESTIMATE, asymmetry=(Asymmetry(24.0, -0.45, 0.2),)),
        replace(ESTIMATE, asymmetry=(Asymmetry(24.0, 0.1, 0.2),)),
        replace(ESTIMATE, asymmetry=(Asymmetry(24.0, 0.9, 0.004),)),
        replace(ESTIMATE, asymmetry=(Asymmetry(4.0, 0.9, 0.4),)),
        replace(ESTIMATE, volatility=Volatility(0.04, "a guess", False)),
        replace(ESTIMATE, volatility=None, asymmetry=()),
        replace(ESTIMATE, confidence=12),
        replace(ESTIMATE, at_ms=AT_MS - 240_000),
        replace(ESTIMATE, cells={}, above=(), below=(), swept=()),
    ],
    ids=[
        "normal",
        "longs",
        "balanced",
        "far",
        "four-hours",
        "assumed",
        "no-volatility",
        "doubtful",
        "stale",
        "no-rows",
    ],
)
def test_the_map_is_graded_as_the_program_graded_it(estimate: MapView, form: str) -> None:
    """Its own asymmetry counts, for the rows of the paste are only those nearest the price."""
    own = liquidation_map(estimate, AT_MS, ScoringSettings())
    _, judgement = judged(printed(replace(ESTIMATED, map=estimate), form))
    graded = item(judgement, "liquidation map")
    assert (graded.long, graded.short, graded.value, graded.reason) == (own.long, own.short, own.value, own.reason)


def test_the_pasted_volatility_and_asymmetry_are_used() -> None:
    """72,000 is 0.77 % above: 2 Phi(-0.00764 / 0.0085) is 37 % a day, where the assumed 2.5 % would give 76 %."""
    calm = replace(ESTIMATE, volatility=Volatility(0.0085, "a guess", False), cells={288: ESTIMATE.cells[288]})
    _, judgement = judged(printed(replace(ESTIMATED, map=calm), "text"))
    found = finding(judgement, "liquidation map")
    assert "a day's volatility as 0.85 % (assumed when it was copied: a guess)" in found.assumptions[0]
    assert "nearest edge above: 72,000, +0.8 %; touched within 24 h 37 %" in said(judgement, "liquidation map")
    assert "24 h: A +0.62, extreme, shorts above" in said(judgement, "liquidation map")
    assert found.figures["asymmetry_7d"] == -0.81


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_where_there_is_no_map_nothing_is_graded(form: str) -> None:
    without = replace(FULL, map=MapView(reason="no venue tells its open interest"))
    understood, judgement = judged(printed(without, form))
    assert understood.estimate is None
    assert item(judgement, "liquidation map").reason == "not in the paste"


@pytest.mark.parametrize(
    "asymmetry",
    [
        {"basis": "estimated", "raw": 7, "horizons": [{"hours": -1, "reached": 0.1, "reached_share": 0.1}]},
        {"basis": "estimated", "raw": None, "volatility": {"daily": -0.02}, "horizons": [{"hours": 24}]},
        {"basis": "estimated", "volatility": {"daily": 40}, "horizons": {"hours": 24, "reached": 3}},
        {"basis": "estimated", "volatility": 3, "horizons": 3},
    ],
)
def test_what_can_be_no_asymmetry_or_volatility_is_not_taken(asymmetry: dict[str, object]) -> None:
    document = {**snapshot_json(ESTIMATED, "LIVE"), "asymmetry": asymmetry}
    told = understand(json.dumps(document)).estimate
    assert told is not None
    assert (told.raw, told.horizons, told.volatility) == (None, (), None)
