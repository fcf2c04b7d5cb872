"""The cascade of a snapshot as tables of text and as JSON."""

from dataclasses import replace
from typing import Any

import pytest

from scoring.view import EMPTY, MarketView
from tests.tui import cascade_fixture as states
from tests.tui.cascade_fixture import CALM, CASCADING, FALLING, SAMPLED, market
from tests.tui.views_fixture import AT_MS
from tui.controls import Controls
from tui.snapshot_cascade_schema import Cascade
from tui.text import snapshot_json, snapshot_text


def table(view: MarketView, title: str, form: str = "text") -> list[str]:
    """The lines of a table without its title and note, their blanks squeezed; none where it is not there."""
    text = snapshot_text(view, Controls(), form)  # type: ignore[arg-type]  # the formats by name
    blocks = [block.splitlines() for block in text.split("\n\n")]
    found = next((block for block in blocks if block[0].split("  ")[0] == title), [])
    return [" ".join(line.split()) for line in found[1:]]


def told(view: MarketView) -> Any:
    return snapshot_json(view, "LIVE")["cascade"]


def test_each_direction_has_its_state_since_when_and_why() -> None:
    assert table(CASCADING, "CASCADE") == [
        "side state age rule run retraced reason",
        "down cascading 1m00s full −0.92 % 12 % impulse 14.2 bp, R 1.5 (at least 1.1)",
        "up calm 2h51m full · · no chain of forced orders",
    ]


def test_every_input_stands_beside_its_meaning() -> None:
    rows = table(CASCADING, "CASCADE INPUTS")
    assert rows[1:] == [
        "forced USD 6.2M 46k liquidated in the last minute",
        "forced orders 21 2 orders of it",
        "large from 1M 1M USD of a large minute",
        "impulse bp 14.20 0.10 forced USD by resting USD per basis point",
        "renewal number 1.54 0.40 orders set off per order, from complete feeds alone",
        "renewal bounds 1.12 to 2.01 0.10 to 0.80 one in ten lies beyond each",
        "fast rate 14.0× 0.30× against the usual rate",
        "move 1 min −4.1 −0.2 in usual deviations",
        "move 2 min −92 of 40 +3 of 40 basis points, against what counts",
        "levels crossed 3 0 since ignition",
        "OI 5 min −1.10 % ? in coins, read since ignition",
        "OI since ignition −1.40 % ? in coins",
    ]


def test_levels_and_log_are_there_newest_first() -> None:
    assert table(CASCADING, "CASCADE LEVELS")[1:] == [
        "down 71,300.0 accelerates 1.94× 221k 1.60 3.1M 12:03:34",
        "down 71,400.0 sustains 1.07× 114k 0.90 1.6M 12:02:14",
        "down 71,500.0 first · 107k 0.90 1.5M 12:01:34",
    ]
    log = table(CASCADING, "CASCADE LOG")
    assert log[1] == "12:03:34 down 71300 accelerates: 221,000 USD/bp, x1.94 a bp, 1.6 bp/s"
    assert len(log) == 1 + 5


def test_a_long_course_keeps_its_newest_rows_and_says_how_many_are_older() -> None:
    levels = tuple(replace(states.LEVELS[1], at_ms=AT_MS - 1_000 * back) for back in range(60, 0, -1))
    log = tuple(replace(states.LOG[0], at_ms=AT_MS - 1_000 * back) for back in range(90, 0, -1))
    view = market(replace(FALLING, levels=levels), log=log)
    text = snapshot_text(view, Controls(), "text")
    assert "CASCADE LEVELS  newest first; growth per basis point of width; 40 older rows\n" in text
    assert "CASCADE LOG  newest first; 50 older rows\n" in text
    rows = table(view, "CASCADE LOG")
    assert (len(rows), rows[1][:8], rows[-1][:8]) == (1 + 40, "12:03:43", "12:03:04")
    assert len(told(view)["log"]) == 90


def test_a_calm_market_has_neither_levels_nor_a_log() -> None:
    assert [table(CALM, name) for name in ("CASCADE LEVELS", "CASCADE LOG", "CASCADE CORRECTED")] == [[], [], []]


def test_what_came_after_is_told_sign_by_sign() -> None:
    assert table(states.EXHAUSTED, "CASCADE AFTERMATH")[1:] == [
        "leverage gone partial 2/4, 1 unknown after the fall",
        "funding met 0.0300% to 0.0100%, 100% of the way to neutral",
        "open interest not met -3.0% in coins, -5% is a flush",
        "spot volume ? not known for 24 h",
        "liquidations met x0.4 of the usual rate",
        "24h balance one-sided long flush, a lower bound 82.3 % long",
        "24h rank 9th of 91 days by both sides, among its own days",
    ]


def test_a_sampled_feed_marks_its_numbers_and_keeps_the_corrected_ones_apart() -> None:
    assert table(SAMPLED, "CASCADE")[1].startswith("down cascading ≥ 1m00s sampled ")
    inputs = table(SAMPLED, "CASCADE INPUTS")
    assert "forced USD ≥6.2M ≥46k liquidated in the last minute" in inputs
    assert "renewal number ? ? orders set off per order, from complete feeds alone" in inputs
    assert table(SAMPLED, "CASCADE CORRECTED")[1:] == [
        "binance ≥1.2M ≈3.4M 2.9M to 4.1M largest of each second, 2 laws of sizes",
        "okx ≥800k ? saturated: lower bound latest of each second, saturated: a lower bound",
    ]


def test_spreadsheets_get_plain_numbers() -> None:
    text = snapshot_text(SAMPLED, Controls(), "tsv")
    assert "\nbinance\t≥1200000.00\t≈3400000.00\t2900000.00 to 4100000.00\t" in text
    assert "\ndown\t71300.0\taccelerates\t1.94×\t≥221000.00\t1.60\t≥3100000.00\t12:03:34\n" in text


def test_without_a_feed_no_direction_has_a_state() -> None:
    assert table(states.DOWN, "CASCADE")[1:] == ["both blind ? ? ? ? bybit perp: dead"]
    assert table(states.DOWN, "CASCADE INPUTS") == []
    document = told(states.DOWN)
    assert (document["state"], document["down"]["state"], document["up"]["state"]) == ("blind", "blind", "blind")
    assert document["down"]["inputs"] == {"value": None, "reason": "bybit perp: dead"}
    assert document["corrected"] == {"value": None, "reason": "bybit perp: dead"}


def test_one_blind_direction_has_no_numbers() -> None:
    assert "forced USD 6.2M ? liquidated in the last minute" in table(states.BLIND_UP, "CASCADE INPUTS")
    document = told(states.BLIND_UP)
    assert document["up"]["inputs"] == {"value": None, "reason": "open interest is 2 m old"}
    assert document["down"]["inputs"]["usd_60s"] == 6.2e6


@pytest.mark.parametrize("name", states.ALL)
def test_the_document_has_the_shape_of_its_schema(name: str) -> None:
    Cascade.model_validate(told(states.ALL[name]), strict=True)


def test_the_document_holds_everything_of_a_direction() -> None:
    down = told(CASCADING)["down"]
    assert {key: down[key] for key in ("state", "since_ms", "rule", "at_least", "run", "retraced")} == {
        "state": "cascading", "since_ms": AT_MS - 60_000, "rule": "full", "at_least": False, "run": 0.0092,
        "retraced": 0.12,
    }  # fmt: skip
    assert (down["inputs"]["impulse_bp"], down["inputs"]["renewal_low"], down["inputs"]["interest_5m"]) == (
        14.2, 1.12, -0.011,
    )  # fmt: skip
    assert [level["verdict"] for level in down["levels"]] == [
        {"value": None, "reason": "the first level of its run"}, "sustains", "accelerates",
    ]  # fmt: skip
    assert len(told(CASCADING)["log"]) == 5


def test_the_rates_are_still_there() -> None:
    assert (told(CALM)["long_60s"], told(CALM)["ratio"], told(CALM)["blind"]) == (1_200_000, 10.4, None)


def test_what_is_not_known_is_null_with_its_reason() -> None:
    up, document = told(CALM)["up"], told(CALM)
    assert up["run"] == {"value": None, "reason": "no run of the price under forced orders"}
    assert up["inputs"]["interest_5m"] == {"value": None, "reason": "not read since an ignition"}
    assert document["exhaustion"] == {"value": None, "reason": "no cascade in the last hours"}
    assert told(SAMPLED)["down"]["inputs"]["renewal"] == {"value": None, "reason": "no complete feed is up"}
    assert told(EMPTY)["balance"]["value"] is None
    no_rank = replace(CALM, cascades=replace(CALM.cascades, balance=replace(states.DAY, rank=None, days=7)))
    assert told(no_rank)["balance"]["rank"] == {"value": None, "reason": "7 earlier days are too few"}


def test_corrected_and_counted_are_keys_of_their_own() -> None:
    binance, okx = told(SAMPLED)["corrected"]
    assert (binance["raw_usd"], binance["usd"], binance["low"], binance["high"]) == (1.2e6, 3.4e6, 2.9e6, 4.1e6)
    assert (okx["raw_usd"], okx["usd"]["value"], okx["high"]["value"], okx["saturated"]) == (8e5, None, None, True)


@pytest.mark.parametrize(
    ("view", "state"),
    [(CALM, "calm"), (states.LOADING, "loading"), (CASCADING, "cascading"), (states.BLIND_UP, "cascading")],
)
def test_the_state_of_the_coin_is_the_one_that_matters_more(view: MarketView, state: str) -> None:
    assert told(view)["state"] == state


@pytest.mark.parametrize("form", ["text", "tsv", "markdown"])
def test_text_from_outside_can_not_break_a_table(form: str) -> None:
    hostile = market(replace(FALLING, why="a|b\n\x1b[31m=1\tc"), log=states.LOG)
    plain = snapshot_text(CASCADING, Controls(), form)  # type: ignore[arg-type]  # the formats by name
    text = snapshot_text(hostile, Controls(), form)  # type: ignore[arg-type]  # the formats by name
    assert len(text.splitlines()) == len(plain.splitlines())
    assert "\x1b" not in text
