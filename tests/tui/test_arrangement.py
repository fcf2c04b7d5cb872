"""Where panes go, whatever the size of the terminal and the layout: within the screen, never over one another."""

from itertools import combinations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.layout_settings import PLACEABLE, OwnLayout
from tui.screens.arrangement import MOST_RULES, SPLIT_WIDTH, Arrangement, Wish, arrange
from tui.screens.arranging.plan import NEEDS, WIDTHS
from tui.screens.arranging.presets import LAYOUTS
from tui.steering import SECOND

NAMED = [(80, 24), (100, 30), (120, 40), (200, 60)]
SIZES = [*NAMED, (60, 20), (60, 100), (99, 33), (100, 34), (149, 33), (150, 20), (180, 47), (240, 48), (300, 100)]
widths, heights = st.integers(60, 300), st.integers(20, 100)


@st.composite
def own_layouts(draw: st.DrawFn) -> OwnLayout:
    panes = draw(st.lists(st.sampled_from(PLACEABLE), min_size=1, unique=True))
    cuts = sorted(draw(st.sets(st.integers(1, len(panes)), max_size=len(panes) - 1)) | {len(panes)})
    columns = tuple(tuple(panes[start:end]) for start, end in zip([0, *cuts], cuts, strict=False))
    share = st.integers(1, 1000)
    shares = tuple(draw(share) for _ in columns) if draw(st.booleans()) else ()
    rows = tuple(tuple(draw(share) for _ in column) for column in columns) if draw(st.booleans()) else ()
    return OwnLayout(columns=columns, widths=shares, heights=rows)


wishes = st.one_of(
    st.builds(Wish, st.sampled_from(LAYOUTS), split=st.booleans(), seek=st.booleans()),
    st.builds(Wish, st.just("mine"), st.builds(OwnLayout.plan, own_layouts()), seek=st.booleans()),
    st.builds(Wish, st.sampled_from(LAYOUTS), alone=st.sampled_from(["ladder", "overview"]), seek=st.booleans()),
)


def check(found: Arrangement, width: int, height: int) -> None:
    regions = [*found.panes.values(), *found.rules]
    assert all(0 <= one.x < one.right <= width and 0 <= one.y < one.bottom <= height for one in regions)
    assert not [pair for pair in combinations(regions, 2) if pair[0].overlaps(pair[1])]
    assert (found.panes["header"].y, found.panes["header"].width) == (0, width)
    assert found.panes["status"] == (0, height - 1, width, 1)
    assert len(found.rules) <= MOST_RULES
    assert sum(one.area for one in regions) >= 0.92 * width * height


@given(widths, heights, wishes)
@settings(max_examples=400, deadline=None)
def test_panes_fill_the_screen_without_overlapping_at_any_size(width: int, height: int, wish: Wish) -> None:
    check(arrange(width, height, wish), width, height)


@given(st.integers(0, 300), st.integers(0, 100), wishes)
@settings(max_examples=100, deadline=None)
@example(59, 20, Wish())
def test_a_terminal_that_is_too_small_shows_no_pane(width: int, height: int, wish: Wish) -> None:
    assert bool(arrange(width, height, wish).panes) == (width >= 60 and height >= 20)


@given(widths, heights, st.sampled_from(LAYOUTS))
@settings(max_examples=400, deadline=None)
def test_cascade_and_verdicts_are_in_every_layout_that_ships(width: int, height: int, name: str) -> None:
    assert {"header", "cascade", "checklist"} <= set(arrange(width, height, Wish(name)).panes)


@given(widths, heights)
@settings(max_examples=400, deadline=None)
def test_the_standard_layout_always_has_ladder_and_clusters_and_tape(width: int, height: int) -> None:
    panes = arrange(width, height, Wish()).panes
    assert {"ladder", "above", "below", "tape"} <= set(panes)
    assert panes["ladder"].height >= 8


@given(widths, heights, st.sampled_from(LAYOUTS))
@settings(max_examples=400, deadline=None)
def test_no_third_of_the_screen_goes_to_panes_that_have_nothing_more_to_show(
    width: int, height: int, name: str
) -> None:
    panes = arrange(width, height, Wish(name)).panes
    spare = sum(max(one.height - NEEDS[pane].enough, 0) * one.width for pane, one in panes.items() if pane in NEEDS)
    assert spare < width * height / 3


@given(widths, heights, wishes)
@settings(max_examples=200, deadline=None)
def test_no_pane_is_too_narrow_to_be_read(width: int, height: int, wish: Wish) -> None:
    panes = arrange(width, height, wish).panes
    assert all(one.width >= WIDTHS.get(pane.removeprefix(SECOND), 0) for pane, one in panes.items())


@pytest.mark.parametrize(("size", "shown"), [((80, 24), False), ((120, 40), False), ((200, 60), True)])
def test_the_chart_joins_the_standard_layout_where_nothing_is_starved_by_it(size: tuple[int, int], shown: bool) -> None:
    panes = arrange(*size, Wish()).panes
    assert ("chart" in panes) == shown
    if shown:
        assert all(one.height >= NEEDS[name].usual for name, one in panes.items() if name in NEEDS)


@pytest.mark.parametrize(("size", "ladder", "tape"), [((80, 24), 14, 4), ((120, 40), 22, 9), ((200, 60), 36, 15)])
def test_ladder_and_tape_stay_large(size: tuple[int, int], ladder: int, tape: int) -> None:
    panes = arrange(*size, Wish()).panes
    assert panes["ladder"].height >= ladder
    assert panes["tape"].height >= tape


@pytest.mark.parametrize("size", SIZES)
def test_the_row_of_a_tape_is_right_above_the_status_bar_in_every_layout(size: tuple[int, int]) -> None:
    for wish in (*(Wish(name, seek=True) for name in LAYOUTS), Wish(alone="overview", seek=True)):
        panes = arrange(*size, wish).panes
        assert panes["seek"] == (0, size[1] - 2, size[0], 1)
    assert "seek" not in arrange(*size, Wish()).panes


@given(st.integers(SPLIT_WIDTH, 300), heights)
@settings(max_examples=100, deadline=None)
def test_two_coins_have_the_same_panes_at_the_same_places(width: int, height: int) -> None:
    panes = arrange(width, height, Wish(split=True)).panes
    for name in ("coin", "ladder", "above", "below", "cascade", "checklist"):
        one, other = panes[name], panes[f"{SECOND}{name}"]
        assert (one.y, one.height) == (other.y, other.height)
        assert abs(one.width - other.width) <= 1
        assert one.right < other.x


def test_own_columns_get_the_shares_they_ask_for() -> None:
    own = OwnLayout(columns=(("ladder", "tape"), ("above", "checklist")), widths=(60, 40), heights=((75, 25), (50, 50)))
    panes = arrange(201, 60, Wish("mine", own.plan())).panes
    assert (panes["ladder"].width, panes["above"].width) == (120, 80)
    assert panes["ladder"].height == pytest.approx(3 * panes["tape"].height, abs=3)
    assert panes["above"].height == pytest.approx(panes["checklist"].height, abs=1)


def test_own_columns_join_and_panes_give_way_where_there_is_no_room() -> None:
    own = OwnLayout(columns=tuple((name,) for name in PLACEABLE))
    assert set(arrange(300, 60, Wish("mine", own.plan())).panes) >= set(PLACEABLE)
    small = arrange(60, 20, Wish("mine", own.plan())).panes
    assert {"ladder", "cascade", "checklist"} <= set(small)
    assert "reports" not in small


def test_a_layout_that_is_gone_is_the_standard_one() -> None:
    assert arrange(120, 40, Wish("gone")) == arrange(120, 40, Wish())
