"""The snapshot as text and as JSON."""

from dataclasses import replace
from typing import Any

import pytest

from scoring.view import EMPTY, MarketView
from tests.tui.views_fixture import FULL, feed, partly_seen
from tui.controls import Controls
from tui.snapshot_schema import Snapshot
from tui.text import snapshot_json, snapshot_schema, snapshot_text

KEYS = (
    "coin at_ms mode price ladder totals clusters asymmetry cascade checklist open_interest funding long_short cvd "
    "large_trades depth options btc_context trend venues coverage"
)


def test_the_text_is_stamped_and_says_what_was_seen() -> None:
    text = snapshot_text(FULL, Controls(mode="DEMO"), "text")
    assert text.startswith("liqtop BTC  2025-01-27 12:03:44 UTC  DEMO  BIN BYB OKX\n\nMARKET\n")
    assert "LIQUIDATIONS BY PRICE  realised, 4h, seen in full by BIN, BYB, OKX\n" in text
    assert "\n70,500–70,750   −1.33 %     12.8M      ≥100k\n" in text
    assert "\n24h     okx             ?          ?  none\n" in text
    assert "\nverdict short           NO ENTRY  .38, coverage 94 %  realised 24h fails\n" in text


def test_tabs_separate_plain_numbers() -> None:
    text = snapshot_text(FULL, Controls(), "tsv")
    assert "\n70500–70750\t-1.33 %\t12800000.00\t≥100000.00\n" in text
    assert "\n4h\tokx\t·\t·\t4h\n" in text


def test_markdown_tables_keep_foreign_bars_out_of_their_columns() -> None:
    hostile = replace(feed("binance"), evidence="a|b\n| c *d*")
    text = snapshot_text(replace(FULL, feeds=(hostile,)), Controls(), "markdown")
    assert "| 70,500–70,750 | −1.33 % | 12.8M | ≥100k |\n" in text
    assert "| a\\|b \\| c \\*d\\* |" in text


def test_a_spreadsheet_never_sees_a_formula() -> None:
    hostile = replace(feed("binance"), evidence="=1+1")
    text = snapshot_text(replace(FULL, feeds=(hostile,)), Controls(), "tsv")
    assert "\t'=1+1\t" in text


def test_a_stale_price_says_so_in_text() -> None:
    view = replace(FULL, at_ms=FULL.at_ms + 60_000)
    assert "  1m00s  stale\n" in snapshot_text(view, Controls(), "text")
    assert snapshot_json(view, "LIVE")["price"]["stale"] is True
    said = replace(view, price=replace(FULL.price, reason="stale since 12:03:44"))
    assert "  1m00s  stale since 12:03:44\n" in snapshot_text(said, Controls(), "text")


def test_ascii_text_is_ascii() -> None:
    assert snapshot_text(FULL, Controls(ascii=True), "text").isascii()


@pytest.mark.parametrize("view", [FULL, EMPTY, partly_seen(FULL, 0.1)], ids=["full", "empty", "part"])
def test_the_document_has_the_shape_of_its_schema(view: MarketView) -> None:
    document = snapshot_json(view, "LIVE")
    assert " ".join(document) == KEYS
    Snapshot.model_validate(document, strict=True)


def test_the_schema_names_every_key() -> None:
    schema = snapshot_schema()
    assert schema["required"] == KEYS.split()


def zeros(document: Any, path: str = "") -> list[str]:
    if isinstance(document, dict):
        return [found for key, value in document.items() for found in zeros(value, f"{path}.{key}")]
    return [path] if document == 0 and document is not False else []


def test_before_the_first_event_only_counts_and_coverage_are_zero() -> None:
    assert zeros(snapshot_json(EMPTY, "LIVE")) == [
        ".at_ms",
        ".checklist.long.coverage",
        ".checklist.short.coverage",
        ".coverage.events",
        ".coverage.liquidations",
        ".coverage.not_watched",
        ".coverage.dropped",
    ]


def test_a_venue_that_was_never_seen_has_no_total() -> None:
    day = snapshot_json(FULL, "LIVE")["totals"][1]
    assert day["venues"][2]["long"] == {"value": None, "reason": "no liquidation feed was seen in this window"}
    assert day["long"] == {"usd": 214_000_000, "count": 310, "lower_bound": True}


def test_realised_asymmetry_is_short_against_long() -> None:
    assert snapshot_json(FULL, "LIVE")["asymmetry"] == {
        "basis": "realised",
        "window_minutes": 240,
        "value": pytest.approx((14.5 - 29.1) / 43.6),
        "lower_bounds": True,
    }
