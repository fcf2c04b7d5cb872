"""The snapshot as text and as JSON."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from scoring.view import EMPTY, EstimatedCell, MapView, MarketView, Volatility
from tests.tui.estimate_fixture import ESTIMATED
from tests.tui.views_fixture import AT_MS, FULL, feed, partly_seen
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
    assert "REALISED LIQUIDATIONS BY PRICE  4h, seen in full by BIN, BYB, OKX\n" in text
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
    text = snapshot_text(ESTIMATED, Controls(ascii=True), "text")
    assert text.isascii()
    assert " ~12-40 " in text


@pytest.mark.parametrize(
    "view",
    [FULL, EMPTY, partly_seen(FULL, 0.1), ESTIMATED, replace(EMPTY, map=ESTIMATED.map)],
    ids=["full", "empty", "part", "estimated", "map alone"],
)
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
        ".coverage.merged",
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


def rows_of(view: MarketView) -> list[str]:
    """The lines of the text, their blanks squeezed."""
    return [" ".join(line.split()) for line in snapshot_text(view, Controls(), "text").splitlines()]


def test_the_estimated_map_says_what_it_is_made_of() -> None:
    text = snapshot_text(ESTIMATED, Controls(), "text")
    assert (
        "\nESTIMATED MAP  estimated, lens 24h, preset observed, modelled USD (· none), "
        "confidence 64 (3 of 5 venues, seeded from 41 h), seeded from 41 h of open interest, live for 12m, "
        "without HYP HTX\n"
    ) in text
    assert "72,000–72,250 +0.77 % · 220M" in rows_of(ESTIMATED)
    assert "71,500–71,750 +0.07 % · · swept 11:59" in rows_of(ESTIMATED)


def test_estimated_clusters_have_their_strength_chances_and_record() -> None:
    rows = rows_of(ESTIMATED)
    assert (
        "above 71.9–72.6k +0.63 % · 530M ~6.1× book-sized 41 % 49 % ≈12–40 1h05m lift 1.30× (n=212, 1.10 to 1.50)"
    ) in rows
    assert "below 70.2–70.6k −1.19 % 123M · ? ? ? ? 3m20s unproven (n=44)" in rows
    assert "above 71,500–71,600 +0.10 % · · 2h30m unproven (n=0) swept 11:59, held 9M" in rows


def test_the_asymmetry_is_told_by_horizon_with_its_volatility() -> None:
    rows = rows_of(ESTIMATED)
    assert "24h +0.620 30.00 %" in rows
    assert "30d ? 0.00 %" in rows
    assert "volatility 2.50 % a day, measured: 5 min returns of binance" in rows
    assumed = replace(ESTIMATED.map, volatility=Volatility(0.025, "no returns yet", False))
    assert "volatility 2.50 % a day, assumed: no returns yet" in rows_of(replace(ESTIMATED, map=assumed))


def test_the_map_has_at_most_as_many_rows_as_the_ladder() -> None:
    """The 40 nearest the price, which is in row 285."""
    cells = {index: EstimatedCell(1e6 if index < 286 else 0.0, 1e6 if index >= 286 else 0.0) for index in range(2_000)}
    view = replace(ESTIMATED, map=replace(ESTIMATED.map, cells=cells))
    block = snapshot_text(view, Controls(), "text").split("ESTIMATED MAP")[1].split("\n\n")[0]
    assert "; 1960 rows farther away" in block
    assert len(block.splitlines()) == 2 + 40
    rows = snapshot_json(view, "LIVE")["ladder"]["estimated"]["rows"]
    assert len(rows) == 40
    assert rows[0]["low"] < 71_452.3 - 19 * 250 < 71_452.3 + 19 * 250 < rows[-1]["high"]


def test_where_there_is_no_map_one_row_says_why() -> None:
    view = replace(FULL, map=MapView(reason="no venue tells its open interest"))
    rows = rows_of(view)
    assert "? no venue tells its open interest" in rows
    assert not any(row.startswith(("ESTIMATED CLUSTERS", "ESTIMATED ASYMMETRY")) for row in rows)
    told = {"value": None, "reason": "no venue tells its open interest"}
    assert snapshot_json(view, "LIVE")["ladder"]["estimated"] == told


def test_realised_and_estimated_are_never_in_one_figure() -> None:
    """Both are there, each under its own name."""
    document, plain = snapshot_json(ESTIMATED, "LIVE"), snapshot_json(FULL, "LIVE")
    assert document["ladder"]["rows"] == plain["ladder"]["rows"]
    assert {row["basis"] for side in ("above", "below", "swept") for row in document["clusters"][side]} == {"estimated"}
    assert document["clusters"]["realised"] == {side: plain["clusters"][side] for side in ("above", "below")}
    assert document["asymmetry"]["realised"] == plain["asymmetry"]
    assert document["asymmetry"]["raw"] == 0.7473


def test_without_a_map_the_clusters_are_the_realised_ones() -> None:
    clusters = snapshot_json(FULL, "LIVE")["clusters"]
    assert [row["basis"] for row in (*clusters["above"], *clusters["below"])] == ["realised"] * 3
    assert clusters["swept"] == {"value": None, "reason": "not estimated yet"}


def test_what_is_not_known_of_a_cluster_is_null_with_its_reason() -> None:
    document = snapshot_json(ESTIMATED, "LIVE")["clusters"]
    (below,), (swept,) = document["below"], document["swept"]
    assert below["touch_24h"] == {"value": None, "reason": "no volatility is known"}
    assert below["calibrated_usd"]["value"] is None
    assert below["push_bp"]["value"] is None
    assert (below["long_usd"], below["record"]["significance"]) == (123e6, "unproven")
    assert (swept["usd"], swept["short_usd"], swept["swept_at_ms"]) == (9e6, 0.0, AT_MS - 240_000)
    assert swept["pull"] == {"value": None, "reason": "the price went through it"}


@pytest.mark.parametrize("form", ["text", "tsv", "markdown"])
def test_text_of_a_map_can_not_break_a_table(form: Literal["text", "tsv", "markdown"]) -> None:
    hostile = replace(ESTIMATED.map, confidence_why="a|b\n\x1b[31m=1", seeded="c\td", missing=("x\ny",))
    text = snapshot_text(replace(ESTIMATED, map=hostile), Controls(), form)
    assert len(text.splitlines()) == len(snapshot_text(ESTIMATED, Controls(), form).splitlines())
    assert "\x1b" not in text


def test_a_strength_that_rests_on_an_assumed_factor_says_so() -> None:
    """Until it was measured what a modelled USD is worth."""
    measured = replace(ESTIMATED, map=replace(ESTIMATED.map, kappa=0.0123))
    assert any(" 6.1× book-sized " in row for row in rows_of(measured))
    assert "kappa 0.0123 USD liquidated per modelled USD consumed, measured" in rows_of(measured)
    told = [snapshot_json(view, "LIVE")["clusters"]["above"][0]["kappa_assumed"] for view in (ESTIMATED, measured)]
    assert told == [True, False]
