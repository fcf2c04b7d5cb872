"""The estimated map in the ladder and the cluster panes, as a person reads it."""

from dataclasses import replace

import pytest

from scoring.view import MarketView, Record, Volatility
from tests.tui.estimate_fixture import ESTIMATED, MAP
from tests.tui.views_fixture import FULL, lines
from tui.controls import Controls, Units
from tui.views.above import above
from tui.views.below import below
from tui.views.estimated_clusters import asymmetry_words, record_text
from tui.views.ladder import ladder


def ladder_shown(view: MarketView = ESTIMATED, controls: Controls | None = None, width: int = 78) -> list[str]:
    return lines(ladder(view, controls or Controls(), width, 9))


def test_the_ladder_shows_realised_sums_and_estimated_mass_side_by_side_and_says_which_is_which() -> None:
    assert ladder_shown() == [
        "›LADDER  4h  step 250  realised USD  estimated 24h observed, densest row 100",
        "    price    dist    long   short  estimated                           est",
        "   72,000  +0.77%       ·   ≥0.4M                                      100 ◆1",
        "   71,750  +0.42%       ·   ≥3.1M                                       32",
        "   71,500  +0.07%       ·   ≥8.7M  swept 11:59                           ·",
        "▸71,452.3 ────────────────────────────────────────────────────────────────────",
        "   71,250  −0.28%    0.6M   ≥2.2M                                        ·",
        "   71,000  −0.63%    1.9M       ·                                        4",
        "   70,750  −0.98%    5.4M       ·                                        6",
    ]


def test_heat_grows_with_the_mass() -> None:
    rows = ladder(ESTIMATED, Controls(), 78, 11)
    heats = {
        "".join(text for text, _ in row[:3]).split()[0]: [style for _, style in row if style.startswith("heat")]
        for row in rows[2:]
    }
    assert (heats["72,000"], heats["71,750"], heats["71,500"]) == (["heat9"], ["heat5"], [])


@pytest.mark.parametrize(
    ("units", "end"),
    [("relative", "32"), ("modelled", "70M"), ("calibrated", "?")],
)
def test_masses_are_written_in_the_chosen_unit(units: Units, end: str) -> None:
    assert ladder_shown(controls=Controls(units=units))[3].split()[-1] == end


def test_calibrated_masses_are_shown_once_something_was_measured() -> None:
    measured = replace(ESTIMATED, map=replace(MAP, kappa=0.01))
    assert ladder_shown(measured, Controls(units="calibrated"))[3].split()[-1] == "700k"


def test_the_title_says_why_there_are_no_calibrated_masses() -> None:
    title = ladder_shown(controls=Controls(units="calibrated"), width=140)[0]
    assert title.endswith("estimated 24h observed, not calibrated yet: nothing estimated was consumed in full sight")


def test_a_narrow_ladder_keeps_the_heat_and_gives_up_the_figure() -> None:
    row = ladder(ESTIMATED, Controls(), 50, 9)[3]
    assert "heat5" in [style for _, style in row]
    assert "est" not in ladder_shown(width=50)[1].split()


def test_without_a_map_the_bars_are_the_realised_sums() -> None:
    assert "long ▸" in lines(ladder(FULL, Controls(), 60, 9))[1]


def test_a_cluster_has_its_size_chance_pull_strength_age_push_and_record() -> None:
    assert lines(above(ESTIMATED, Controls(), 90, 9)) == [
        " CLUSTERS ABOVE  estimated 24h  within 10 %: shorts 87 %",
        "    band            dist  share touch pull ×book    age   push bp record",
        " ◆1 71.9–72.6k     +0.6%    62%   41%  49%  ~6.1  1h05m    ≈12–40 1.3× (212)   ★★★★",
        " ◇  71,500–71,600                                                 swept 11:59",
        " confidence 64 (3 of 5 venues, seeded from 41 h)",
        " hit record: unproven (n 44): 20 of 44 touched, 18.0 by chance",
        " share: of all that is estimated on its side",
    ]


@pytest.mark.parametrize("language", ["en", "ru", "zh"])
def test_beside_a_ladder_of_120_columns_a_row_has_what_an_entry_needs(language: str) -> None:
    """Band, distance, mass, chance, pull and record; no heading is cut."""
    shown = lines(above(ESTIMATED, Controls(language=language), 58, 9))
    assert "…" not in shown[1]
    assert shown[2].split()[:6] == ["◆1", "71.9–72.6k", "+0.6%", "62%", "41%", "49%"]
    assert shown[2].endswith("1.3× (212)")


def test_a_narrow_pane_says_the_confidence_in_brief_before_it_cuts_it() -> None:
    assert lines(above(ESTIMATED, Controls(), 31, 6))[4:] == [" confidence 64", " hit record: unproven (n 44)"]
    assert lines(above(ESTIMATED, Controls(), 31, 9))[4:] == [
        " confidence 64 (3 of 5 venues,",
        " seeded from 41 h)",
        " hit record: unproven (n 44)",
        " share: of all that is",
        " estimated on its side",
    ]


def test_what_is_not_known_of_a_cluster_is_a_question_mark() -> None:
    assert lines(below(ESTIMATED, Controls(), 80, 9))[2].split() == [
        *("◆1", "70.2–70.6k", "−1.2%", "80%", "?", "?", "?", "3m20s", "?", "unproven", "44"),
    ]


def test_the_asymmetry_is_told_raw_and_by_horizon_because_its_sign_may_differ() -> None:
    assert asymmetry_words(MAP) == "asymmetry 6.9 : 1 shorts; by reach 4h +0.50  24h +0.62  7d −0.81  30d ?"


@pytest.mark.parametrize(
    ("record", "text"),
    [
        (Record(), "unproven 0"),
        (Record(212, 90, 70.0, 1.29, 1.1, 1.5, "lift"), "1.3× (212)"),
        (Record(212, 71, 70.0, 1.01, 0.9, 1.1, "no lift"), "1.0× (212)"),
        (Record(80, 40, 20.0, 2.0, 1.2, 3.0, "unproven"), "unproven 80"),
    ],
)
def test_a_lift_is_only_written_where_enough_has_come_due(record: Record, text: str) -> None:
    assert record_text(record) == text


def test_an_assumed_volatility_is_said_to_be_assumed() -> None:
    assumed = replace(ESTIMATED, map=replace(MAP, volatility=Volatility(0.025, "no candles yet", False)))
    assert " volatility 2.5 % a day (assumed), no candles yet" in lines(below(assumed, Controls(), 80, 9))


def test_a_side_without_a_band_says_so() -> None:
    none = replace(ESTIMATED, map=replace(MAP, above=(), swept=()))
    assert lines(above(none, Controls(), 80, 9))[1] == " no dense band above in 10 %"
