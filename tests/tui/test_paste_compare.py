"""A pasted number that differs from ours is named with its likely reasons, the likeliest first."""

import json
from dataclasses import replace
from typing import Literal

import pytest

from scoring.view import CrowdReading, FlowReading, InterestReading, MapView, MarketView
from tests.tui.estimate_fixture import ESTIMATED
from tests.tui.views_fixture import AT_MS, FULL, partly_seen
from tui.controls import Controls
from tui.paste.compare import Difference, compare
from tui.paste.reader import understand
from tui.text import snapshot_json, snapshot_text

OURS = replace(
    FULL,
    interest=(InterestReading("binance", 14_500.0, 1.0e9, None, 0.042, None, 0.115, AT_MS, False),),
    crowd=(
        CrowdReading("binance", "accounts", 0.62, None, AT_MS, False),
        CrowdReading("binance", "top_positions", 0.45, None, AT_MS, False),
    ),
    flow=(FlowReading("", "spot", 60, 12e6, 0.5, None),),
)


def found(text: str, view: MarketView = OURS) -> list[Difference]:
    return list(compare(understand(text), view))


def test_what_agrees_is_no_difference() -> None:
    text = "price 71.45k\nBinance OI 1.0B\nfunding Binance 0.0102 %\nBinance long 62 % / short 38 %\nspot CVD 1h +12M"
    assert found(text) == []


def test_what_only_one_of_them_has_is_no_difference() -> None:
    assert found("Kraken OI 1B\nfunding Bitmex 0.5 %\nfutures CVD 1h −5M") == []


@pytest.mark.parametrize(
    ("text", "what", "reason"),
    [
        ("price 71.2k", "price", "the paste is older or younger than the screen"),
        ("Binance OI 2.0B", "open interest", "the page counts both sides of each contract, ours one"),
        ("Binance OI 0.5B", "open interest", "the page counts one side, our exchange's number may be of both"),
        ("Binance OI 14.5k", "open interest", "the pasted number is in coins, ours in USD"),
        ("Binance OI 24h +4.2 %", "open interest change 24 h", "the pasted change is in coins, ours in USD"),
        ("funding Binance −0.01 %", "funding per 8 h", "the sign changed between the two moments"),
        ("Binance long 45 % / short 55 %", "long share", "the pasted ratio is that of top positions, ours of accounts"),
        ("Binance long 38 % / short 62 %", "long share", "long and short are swapped"),
        ("spot CVD 1h −12M", "spot CVD", "ours was seen for 50 % of the window"),
    ],
)  # fmt: skip
def test_the_likeliest_reason_comes_first(text: str, what: str, reason: str) -> None:
    (difference,) = found(text)
    assert difference.what == what
    assert difference.reasons[0] == reason


def test_a_rate_per_hour_is_recognised() -> None:
    """0.0034 % per 1 h is 0.0272 % per 8 h; pasted without its interval it looks like a third of ours."""
    hourly = replace(FULL.funding[0], rate=0.000034, interval_hours=1.0, per_8h=0.000272)
    (difference,) = found("funding Binance 0.0034 %", replace(FULL, funding=(hourly,)))
    assert difference.reasons[0] == "the pasted rate is per 1 h, not per 8 h"


def test_sampling_coverage_and_other_exchanges_explain_larger_totals() -> None:
    """24 h: ours 214 M long, 46 M short."""
    long, short = found("24 h: 2.14B long, 466.66M short", partly_seen(FULL, 0.5))
    assert (long.what, long.ours, long.relative) == ("liquidated long", 214e6, pytest.approx(9.0))
    assert long.reasons == (
        "ours was seen for 50 % of the window",
        "the exchange publishes a sample: ours is a lower bound, the page estimates the rest",
        "the page counts other exchanges than binance, bybit, okx",
    )
    assert short.what == "liquidated short"


def test_swapped_sides_are_recognised() -> None:
    reasons = [difference.reasons[0] for difference in found("24 h: 46M long, 214M short")]
    assert reasons == ["long and short are swapped: the page names the order's side, not the position's"] * 2


def test_a_stale_reading_of_ours_is_the_first_reason() -> None:
    stale = replace(OURS, interest=tuple(replace(row, stale=True) for row in OURS.interest))
    assert found("Binance OI 1.3B", stale)[0].reasons[0] == "our open interest is stale"


def test_our_own_snapshot_agrees_with_us() -> None:
    for view in (FULL, ESTIMATED):
        assert found(json.dumps(snapshot_json(view, "LIVE")), view) == []


@pytest.mark.parametrize("form", ["text", "tsv", "markdown"])
def test_our_own_map_as_text_agrees_with_us(form: Literal["text", "tsv", "markdown"]) -> None:
    assert found(snapshot_text(ESTIMATED, Controls(), form), ESTIMATED) == []


MAP = "Liquidation map\nPrice\tLong\tShort\n"


def test_a_heavier_band_elsewhere_is_named_with_what_may_be_assumed_otherwise() -> None:
    """Ours lies at 71,900 to 72,600."""
    (difference,) = found(MAP + "74 000\t—\t900M\n70 400\t120M\t—\n", ESTIMATED)
    assert (difference.what, difference.pasted, difference.ours) == ("heaviest estimated band above", 74_000, 72_100)
    assert difference.reasons == (
        "another lens: ours is 24h",
        "another leverage assumption: ours is observed, with maintenance margin and spread",
        "the page counts other exchanges than binance, bybit, okx",
        "both are modelled, not measured: no two maps need to agree",
    )


def test_the_same_band_with_another_mass_is_a_matter_of_scale() -> None:
    """5.3 B against 530 M of ours above; below 500 M against 123 M, so that both lean alike."""
    above, below = found(MAP + "72 100\t—\t5.3B\n70 400\t500M\t—\n", ESTIMATED)
    assert above.what == "estimated mass above at 71,900–72,600"
    assert (above.ours, above.relative) == (530e6, pytest.approx(9.0))
    assert above.reasons[0] == "masses of a model are in its own scale: only their proportions compare"
    assert below.what == "estimated mass below at 70,200–70,600"


def test_maps_that_lean_otherwise_differ() -> None:
    """(400 - 200) / 600 against our 0.7473."""
    (difference,) = found(MAP + "72 100\t—\t400M\n70 400\t200M\t—\n", ESTIMATED)
    assert difference.what == "estimated asymmetry near the price"
    assert (difference.pasted, difference.ours) == (pytest.approx(1 / 3), 0.7473)


@pytest.mark.parametrize(
    ("estimate", "reason"),
    [
        (replace(ESTIMATED.map, lens="7d", raw=-0.5), "another lens: the paste's is 7d, ours 24h"),
        (
            replace(ESTIMATED.map, preset="retail", raw=-0.5),
            "another leverage assumption: the paste's is retail, ours observed",
        ),
    ],
)
def test_another_lens_or_preset_of_a_snapshot_is_the_first_reason(estimate: MapView, reason: str) -> None:
    (difference,) = found(snapshot_text(replace(ESTIMATED, map=estimate), Controls(), "tsv"), ESTIMATED)
    assert difference.reasons[0] == reason


def test_the_window_of_a_titled_map_is_its_lens() -> None:
    text = "Liquidation map 7d\nPrice\tLong\tShort\n74 000\t—\t900M\n70 400\t120M\t—\n"
    (difference,) = found(text, ESTIMATED)
    assert difference.reasons[0] == "another lens: the paste's is 7d, ours 24h"


def test_without_a_map_of_ours_a_pasted_one_is_no_difference() -> None:
    assert found(MAP + "74 000\t—\t900M\n70 400\t120M\t—\n") == []
