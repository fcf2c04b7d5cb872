"""How estimated masses are written: relative to the densest row, as modelled USD, or calibrated by what came true."""

from scoring.view import EstimatedCluster, MapView
from tui.controls import Controls
from tui.format import NONE_SEEN, UNKNOWN, percent, usd
from tui.language import ENGLISH, label
from tui.views.row import Row

_HEADING_WORDS = {"relative": "est", "modelled": "model$", "calibrated": "calib$"}
_UNIT_WORDS = {
    "relative": "densest row 100",
    "modelled": "modelled USD",
    "calibrated": "calibrated USD",
}
_PRESET_WORDS = {"observed": "observed", "retail": "retail", "flat": "flat", "untilted": "untilted"}


def unit_heading(controls: Controls) -> str:
    """The heading of a column of estimates."""
    return label(_HEADING_WORDS[controls.units], controls)


def unit_words(view: MapView, controls: Controls) -> str:
    """What the estimates are, in words, with why there are none in that unit."""
    if controls.units == "calibrated" and view.kappa is None:
        return label("not calibrated yet: nothing estimated was consumed in full sight", controls)
    return label(_UNIT_WORDS[controls.units], controls)


def mass_text(mass_usd: float, view: MapView, controls: Controls) -> str:
    """A modelled mass in the chosen unit: `·` where the map has none, `?` where that unit isn't known."""
    if mass_usd <= 0:
        return NONE_SEEN
    if controls.units == "modelled":
        return usd(mass_usd)
    if controls.units == "calibrated":
        return UNKNOWN if view.kappa is None else usd(mass_usd * view.kappa)
    if view.densest_usd <= 0:
        return UNKNOWN
    share = 100 * mass_usd / view.densest_usd
    return f"{share:.0f}" if share >= 0.5 else "<1"


def cluster_heading(controls: Controls) -> str:
    """The heading of the clusters' sizes."""
    return label("share", controls) if controls.units == "relative" else unit_heading(controls)


def cluster_text(cluster: EstimatedCluster, view: MapView, controls: Controls) -> str:
    """A cluster's mass in the chosen unit; the relative one is its share of its side."""
    if controls.units == "relative":
        return percent(cluster.share, 0, signed=False, gap="")
    return mass_text(cluster.usd, view, controls)


def map_words(view: MapView, controls: Controls = ENGLISH) -> str:
    """The lens and preset of the map."""
    return f"{view.lens} {label(_PRESET_WORDS[view.preset], controls)}"


def confidence_row(view: MapView, controls: Controls = ENGLISH) -> Row:
    """How far the map can be trusted, 0 to 100, and why."""
    style = "muted" if view.confidence >= 50 else "warn"
    why = f" ({view.confidence_why})" if view.confidence_why else ""
    said = label("confidence {score}", controls, score=view.confidence)
    return ((f"{said}{why}", style),)
