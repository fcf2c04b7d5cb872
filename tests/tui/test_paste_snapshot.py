"""A snapshot in any format is understood line by line, and gives the verdicts it was printed with."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from scoring.settings import ScoringSettings
from scoring.thresholds import thresholds
from scoring.view import (
    EMPTY,
    CrowdReading,
    DepthReading,
    FlowReading,
    InterestReading,
    MarketView,
    OptionsReading,
    VenueState,
)
from tests.tui.estimate_fixture import ESTIMATED
from tests.tui.estimate_fixture import MAP as ESTIMATE
from tests.tui.pasted import FORMATS, item, judged, not_read, printed
from tests.tui.views_fixture import AT_MS, FULL, partly_seen
from tui.controls import Controls
from tui.paste.reader import understand
from tui.text import snapshot_json, snapshot_text

ALL = replace(
    FULL,
    interest=(
        InterestReading("binance", 14_500.0, 1.23e9, 0.001, 0.042, 0.002, 0.05, AT_MS - 1_000, False),
        InterestReading("okx", 5_500.0, 0.83e9, -0.002, -0.021, -0.001, -0.01, AT_MS - 1_000, False),
    ),
    crowd=(
        CrowdReading("binance", "accounts", 0.62, 0.07, AT_MS - 1_000, False),
        CrowdReading("binance", "top_positions", 0.499, -0.005, AT_MS - 1_000, False),
    ),
    flow=tuple(
        FlowReading(venue, market, minutes, usd, 1.0, z)  # type: ignore[arg-type]  # markets by name
        for minutes in (15, 60, 240, 1440)
        for venue, market, usd, z in (
            ("binance", "spot", 10e6, 1.0), ("okx", "spot", 2e6, 0.4), ("", "spot", 12e6, 1.2),
            ("binance", "perp", -7e6, -0.7), ("okx", "perp", -1e6, -0.1), ("", "perp", -8e6, -0.8),
        )
    ),
    depth=(DepthReading("binance", "perp", 1.0, 80e6, 75e6, AT_MS - 1_000, False),),
    options=(OptionsReading("deribit", "BTC", 0.74, 1.43, AT_MS - 1_000, False),),
    venues=(VenueState("binance"), VenueState("okx"), VenueState("bybit", "blocked: 451")),
)  # fmt: skip


CHECKED = replace(
    ALL,
    checklist=replace(
        ALL.checklist,
        items=tuple(
            replace(item, threshold=words, percentile=61.0, history_ms=31 * 86_400_000, source="binance, okx")
            for item, words in zip(ALL.checklist.items, thresholds(ScoringSettings()).values(), strict=False)
        ),
    ),
)
"""With all that an item may tell."""


def without_checklist(text: str) -> str:
    """The snapshot as if its reader had left the checklist out."""

    def kept() -> Iterator[str]:
        inside = False
        for line in text.splitlines():
            title = line.strip("# ").split("  ")[0].split("\t")[0].lower()
            inside = title == "checklist" or (inside and title not in ("funding", "venues", "feeds", "open interest"))
            if not inside:
                yield line

    return "\n".join(kept())


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "view",
    [ALL, EMPTY, partly_seen(ALL, 0.1), ESTIMATED, replace(EMPTY, map=ESTIMATE), CHECKED],
    ids=["full", "empty", "part", "estimated", "map alone", "checked"],
)
def test_every_line_of_a_snapshot_is_understood(view: MarketView, form: str) -> None:
    understood = understand(printed(view, form))
    assert not_read(understood) == []
    assert [(line.number, line.problems) for line in understood.lines if line.problems] == []
    assert [line.text for line in understood.lines if line.outcome == "skipped"] == []
    blank_or_rule = sum(not line.strip(" |-") for line in printed(view, form).splitlines())
    assert len(understood.lines) == len(printed(view, form).splitlines()) - blank_or_rule


def test_ascii_snapshots_are_understood_as_well() -> None:
    for view in (ALL, ESTIMATED):
        understood = understand(snapshot_text(view, Controls(ascii=True), "text"))
        assert not_read(understood) == []
        assert understood.levels == understand(printed(view, "text")).levels


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_the_numbers_are_those_of_the_view(form: str) -> None:
    understood = understand(printed(ALL, form))
    assert understood.coin == "BTC"
    assert understood.price == 71_452.3
    assert understood.change(1440) == pytest.approx(0.0124)
    ladder = {row.low: (row.long_usd, row.short_usd) for row in understood.levels if not row.cluster}
    assert ladder[70_500.0] == (12.8e6, 100e3)
    assert {row.basis for row in understood.levels} == {"realised"}
    assert sum(row.cluster for row in understood.levels) == 3
    day = next(row for row in understood.totals if row.window_minutes == 1440 and not row.venue)
    assert (day.long_usd, day.short_usd, day.bounded) == (214e6, 46e6, "at least")
    assert [(row.venue, row.interval_hours) for row in understood.funding] == [("binance", 8), ("bybit", 8), ("okx", 8)]
    assert [row.rate for row in understood.funding] == pytest.approx([0.000102, 0.00012, 0.0001])


@pytest.mark.parametrize("form", FORMATS)
def test_the_tables_by_exchange_are_those_of_the_view(form: str) -> None:
    understood = understand(printed(ALL, form))
    told = {row.venue: row for row in understood.interest}
    assert (told["binance"].coins, told["binance"].usd) == (pytest.approx(14_500), pytest.approx(1.23e9, rel=0.03))
    assert (told["binance"].coins_24h, told["okx"].usd_24h) == (pytest.approx(0.042), pytest.approx(-0.01))
    assert [(row.basis, row.long_share) for row in understood.crowd] == [
        ("accounts", pytest.approx(0.62)),
        ("top_positions", pytest.approx(0.499)),
    ]
    assert understood.crowd[0].change_24h == pytest.approx(0.07)
    hour = {(row.venue, row.market): (row.usd, row.z) for row in understood.flow if row.window_minutes == 60}
    assert hour["", "spot"] == (12e6, pytest.approx(1.2))
    assert hour["", "perp"] == (-8e6, pytest.approx(-0.8))
    assert [(row.bid_usd, row.ask_usd, row.band_percent) for row in understood.depth] == [(80e6, 75e6, 1.0)]
    assert [row.put_call for row in understood.options] == [0.74]


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_the_verdicts_are_those_of_the_snapshot(form: str) -> None:
    """The grades of the fixture's checklist: realised pass/fail, funding pass, the rest unknown or by name."""
    _, judgement = judged(printed(FULL, form))
    for one in FULL.checklist.items:
        if one.name in judgement.taken:
            assert (item(judgement, one.name).long, item(judgement, one.name).short) == (one.long, one.short)
    assert set(judgement.taken) == {"funding", "open interest", "large trades"}


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_what_decides_and_percentiles_change_no_grade(form: str) -> None:
    for view in (ALL, CHECKED):
        _, judgement = judged(printed(view, form))
        grades = {one.name: (one.long, one.short, one.value, one.reason) for one in judgement.checklist.items}
        assert grades["funding"] == ("pass", "pass", "+0.0102 % 8h", "cool")
        assert grades["large trades"] == ("warn", "pass", "+1.3M in 15m", "some buying")


@pytest.mark.parametrize("form", FORMATS)
def test_without_its_checklist_the_tables_alone_are_graded(form: str) -> None:
    """Coins +2.4 % with price +1.24 %: new longs; the crowd at 62 % long; spot absorbs; funding neutral; 82 % long."""
    _, judgement = judged(without_checklist(printed(ALL, form)))
    assert judgement.taken == ()
    grades = {one.name: (one.long, one.short) for one in judgement.checklist.items}
    assert grades["funding"] == ("pass", "pass")
    assert grades["open interest"] == ("pass", "warn")
    assert grades["long/short ratio"] == ("warn", "pass")
    assert grades["CVD"] == ("pass", "fail")
    assert grades["options"] == ("pass", "pass")
    assert grades["realised 24 h"] == ("warn", "warn")
    assert grades["cascade"] == ("unknown", "unknown")


def test_a_part_of_the_day_is_not_graded() -> None:
    _, judgement = judged(without_checklist(printed(partly_seen(ALL, 0.1), "text")))
    assert item(judgement, "realised 24 h").long == "unknown"
    assert "of 24 h" in item(judgement, "realised 24 h").reason


def test_a_blind_cascade_forbids_every_entry() -> None:
    text = "CHECKLIST\nitem     long     short    value  reason\ncascade  unknown  unknown  blind  bybit perp: dead\n"
    _, judgement = judged(text)
    assert judgement.checklist.long.verdict == judgement.checklist.short.verdict == "NO ENTRY"


def test_json_around_other_text_is_found() -> None:
    text = f"my snapshot:\n{json.dumps(snapshot_json(FULL, 'LIVE'), indent=2)}\nLong 62 % / Short 38 %\n"
    understood = understand(text)
    assert understood.price == 71_452.3
    assert understood.crowd[-1].long_share == pytest.approx(0.62)


@pytest.mark.parametrize(
    "text", ['{"price": 1e999, "funding": {"venues": [{"rate": NaN}]}}', '{"ladder": 5, "price": []}', '{"price": {']
)
def test_a_broken_document_tells_nothing(text: str) -> None:
    understood = understand(text)
    assert not understood.levels
    assert not understood.funding
    assert understood.price is None


def test_the_settings_weigh_as_the_live_checklist_does() -> None:
    _, judgement = judged("funding Binance 0.01 %")
    weights = ScoringSettings().checklist.weights
    assert sum(one.weight for one in judgement.checklist.items) == sum(weights.model_dump().values())
