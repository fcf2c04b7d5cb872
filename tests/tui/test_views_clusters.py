"""Clusters above and below as a person reads them."""

from dataclasses import replace

import pytest

from scoring.view import EMPTY, Cluster, LadderView
from tests.tui.views_fixture import ABOVE, AT_MS, BELOW, FULL, lines, partly_seen
from tui.controls import Controls
from tui.views.above import above
from tui.views.below import below
from tui.views.clusters import band


def test_clusters_are_shown_nearest_first_with_sums_share_and_age() -> None:
    assert lines(below(FULL, Controls(), 60, 5)) == [
        " CLUSTERS BELOW  realised 4h  long ≥21.2M short ≥100k",
        "    band            dist   long  short share latest",
        " ◆1 70.4–70.8k     −1.2% ≥20.1M  ≥100k   46%  1h05m",
        " ◆2 69,990–70,120  −2.0%   1.1M      ·    3%  1h56m",
    ]


@pytest.mark.parametrize(
    ("width", "row"),
    [
        (31, " ◆1 71.9–72.6k  +1.1%  ≥8.7M"),
        (40, " ◆1 71.9–72.6k  +1.1%      ·  ≥8.7M"),
        (43, " ◆1 71.9–72.6k  +1.1%      ·  ≥8.7M  3m20s"),
        (48, " ◆1 71.9–72.6k  +1.1%      ·  ≥8.7M   20%  3m20s"),
        (120, " ◆1 71.9–72.6k  +1.1%      ·  ≥8.7M   20%  3m20s"),
    ],
)
def test_a_narrow_pane_gives_up_share_and_age_then_adds_the_sides_up(width: int, row: str) -> None:
    assert lines(above(FULL, Controls(), width, 4))[2] == row


def test_nothing_in_a_window_seen_in_part_says_how_much_was_seen() -> None:
    view = replace(partly_seen(FULL, 0.05), above=(), ladder=LadderView(240, 250.0))
    assert lines(above(view, Controls(), 70, 4))[1] == " no realised liquidations above in 4h (seen 12m of 4h)"


def test_liquidations_that_are_in_no_band_are_not_called_none() -> None:
    """The ladder shows them: 8.7M and less in the rows above the price, 33.9M below."""
    view = replace(FULL, above=(), below=())
    assert lines(above(view, Controls(), 70, 4))[1] == " no dense band; long ·, short ≥12.2M above in 4h"
    assert lines(below(view, Controls(), 70, 4))[1] == " no dense band; long 29.1M, short ≥2.3M below in 4h"


def test_a_band_that_spans_the_price_is_named_on_the_side_that_has_no_other() -> None:
    around = replace(BELOW[0], high=71_600.0)
    view = replace(FULL, above=(), below=(around,))
    assert lines(above(view, Controls(), 90, 4))[1] == (
        " no band of its own: ◆1 below spans the price; long ·, short ≥12.2M above in 4h"
    )
    assert lines(below(view, Controls(), 60, 5))[2] == " ◆1 70.4–71.6k inside ≥20.1M  ≥100k   46%  1h05m"


def test_sums_of_a_window_seen_in_part_are_lower_bounds() -> None:
    assert " ≥1.1M " in lines(below(partly_seen(FULL, 0.05), Controls(), 70, 5))[3]


def test_a_narrow_pane_still_says_how_much_was_seen() -> None:
    part = partly_seen(FULL, 0.05)
    assert lines(below(part, Controls(), 31, 4))[:3] == [
        " CLUSTERS BELOW  realised 4h",
        " seen 12m of 4h",
        " ◆1 70.4–70.8k     −1.2% ≥20.2M",
    ]
    bare = replace(part, above=(), ladder=LadderView(240, 250.0))
    assert lines(above(bare, Controls(), 31, 4))[1:] == [
        " no realised liquidations above",
        " in 4h (seen 12m of 4h)",
    ]


def test_no_cluster_without_a_feed_is_not_called_none() -> None:
    view = replace(FULL, above=(), totals=())
    assert lines(above(view, Controls(), 70, 4))[1] == " not known: no liquidation feed was seen in 4h"


def test_without_a_price_there_is_no_above() -> None:
    assert lines(above(EMPTY, Controls(), 60, 4)) == [" CLUSTERS ABOVE  realised 4h", " waiting for a first price"]


def test_scrolling_stops_at_the_last_cluster() -> None:
    shown = lines(below(FULL, Controls(focus="below", scroll=9), 60, 3))
    assert shown[0].startswith("›CLUSTERS BELOW")
    assert shown[2].startswith(" ◆2")


def test_a_share_that_cannot_be_right_is_unknown() -> None:
    view = replace(FULL, above=(replace(ABOVE[0], short_usd=9e9),))
    assert "   ?  3m20s" in lines(above(view, Controls(), 60, 4))[2]


@pytest.mark.parametrize(
    ("low", "high", "step", "text"),
    [
        (71_851.2, 72_620.7, 250.0, "71.9–72.6k"),
        (71_851.2, 72_034.4, 250.0, "71,851–72,034"),
        (0.45123, 0.46012, 0.0025, "0.4512–0.4601"),
        (0.000012, 0.000013, 1e-7, "0.0000120–0.0000130"),
    ],
)
def test_a_band_is_as_short_as_its_ends_allow(low: float, high: float, step: float, text: str) -> None:
    item = Cluster("above", low, high, low, 0.01, 1.0, 0.0, False, AT_MS)
    assert band(item, step) == text
