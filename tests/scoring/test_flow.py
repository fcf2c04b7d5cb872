"""Spot money supports a direction, futures leverage alone does not."""

import pytest

from scoring.flow import grade_flow, spot_share
from scoring.settings import FlowSettings
from scoring.view import Grade

SETTINGS = FlowSettings()


def test_spot_buying_what_futures_sell_is_absorption() -> None:
    """Spot +12M, futures -8M: share 0.60, a long passes, a short is warned; it fails only with a spot z of 1."""
    found = grade_flow(12e6, -8e6, SETTINGS)
    assert (found.pattern, found.long, found.short, found.weak) == ("spot absorption", "pass", "warn", True)
    assert spot_share(12e6, -8e6) == pytest.approx(0.60)
    assert grade_flow(12e6, -8e6, SETTINGS, spot_z=1.0).short == "fail"


def test_the_mirror_of_absorption_is_distribution() -> None:
    found = grade_flow(-12e6, 8e6, SETTINGS)
    assert (found.pattern, found.long, found.short) == ("spot distribution", "warn", "pass")


@pytest.mark.parametrize(
    ("spot", "futures", "long", "short"),
    [
        (9e6, 5e6, "pass", "warn"),
        (2e6, 9e6, "warn", "warn"),
        (-2e6, 9e6, "warn", "warn"),
        (-9e6, -5e6, "warn", "pass"),
        (0.0, 0.0, "pass", "pass"),
        (0.0, -5e6, "warn", "warn"),
    ],
)
def test_without_z_scores_nothing_fails(spot: float, futures: float, long: Grade, short: Grade) -> None:
    found = grade_flow(spot, futures, SETTINGS)
    assert (found.long, found.short) == (long, short)


@pytest.mark.parametrize(
    ("spot_z", "futures_z", "long", "short"),
    [
        (0.5, 0.4, "pass", "warn"),
        (0.5, 0.6, "warn", "warn"),
        (-0.4, 1.2, "warn", "warn"),
        (-1.0, 0.3, "fail", "pass"),
        (1.2, -0.8, "pass", "fail"),
        (0.1, 0.1, "warn", "warn"),
    ],
)
def test_z_scores_decide_where_they_are_known(spot_z: float, futures_z: float, long: Grade, short: Grade) -> None:
    found = grade_flow(spot_z * 1e6, futures_z * 1e6, SETTINGS, spot_z, futures_z)
    assert (found.long, found.short, found.weak) == (long, short, False)


@pytest.mark.parametrize(("spot", "futures", "missing"), [(None, 1e6, "spot"), (1e6, None, "futures")])
def test_one_side_alone_is_unknown(spot: float | None, futures: float | None, missing: str) -> None:
    found = grade_flow(spot, futures, SETTINGS)
    assert (found.long, found.short, found.reason) == ("unknown", "unknown", f"the {missing} flow is not known")
