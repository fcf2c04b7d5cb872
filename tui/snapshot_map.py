"""The estimated map in the snapshot's JSON: rows, clusters and asymmetry. Masses are modelled USD, times UNIX ms."""

from scoring.view import Asymmetry, EstimatedCluster, MapView, Record
from tui.estimated_sections import nearest_rows
from tui.format import clean
from tui.unknown import Json, number, unknown

_UNTOUCHED = "no volatility is known"
_UNCALIBRATED = "nothing estimated was consumed in full sight yet"
_NOT_DUE = "no cluster has come due yet"


def estimated_ladder(estimate: MapView, price: float | None) -> Json:
    """The rows nearest the price, and the map as a whole; or why there is none."""
    if estimate.reason:
        return unknown(estimate.reason)
    step = estimate.step
    rows = [
        {
            "low": index * step,
            "high": (index + 1) * step,
            "long_usd": estimate.cells[index].long_usd,
            "short_usd": estimate.cells[index].short_usd,
            "swept_at_ms": estimate.cells[index].swept_at_ms,
        }
        for index in reversed(nearest_rows(estimate.cells, step, price))
    ]
    return {
        "basis": "estimated",
        "lens": estimate.lens,
        "preset": estimate.preset,
        "step": step,
        "at_ms": number(estimate.at_ms, "not told"),
        "reach": estimate.reach,
        "long_usd": estimate.long_usd,
        "short_usd": estimate.short_usd,
        "densest_usd": estimate.densest_usd,
        "kappa": number(estimate.kappa, _UNCALIBRATED),
        "confidence": estimate.confidence,
        "confidence_why": clean(estimate.confidence_why),
        "seeded": clean(estimate.seeded),
        "venues": [clean(venue) for venue in estimate.venues],
        "missing": [clean(venue) for venue in estimate.missing],
        "record": _record(estimate.record),
        "rows": rows,
    }


def estimated_clusters(estimate: MapView) -> Json:
    """Clusters above and below, nearest first, and those that the price went through."""
    return {
        "above": [_cluster(item, estimate) for item in estimate.above],
        "below": [_cluster(item, estimate) for item in estimate.below],
        "swept": [_cluster(item, estimate) for item in estimate.swept],
    }


def _cluster(item: EstimatedCluster, estimate: MapView) -> Json:
    low, high = item.push_bp or (None, None)
    gone = "the price went through it" if item.swept_at_ms is not None else ""
    held = item.usd if not gone else 0.0
    strength = gone or "depth or calibration is not known"
    return {
        "basis": "estimated",
        "identity": item.identity,
        "side": item.side,
        "low": item.low,
        "high": item.high,
        "peak": item.peak,
        "distance": item.distance,
        "usd": item.usd,
        "long_usd": held if item.side == "below" else 0.0,
        "short_usd": held if item.side == "above" else 0.0,
        "calibrated_usd": number(item.calibrated_usd, _UNCALIBRATED),
        "share": item.share,
        "born_at_ms": item.born_ms,
        "touch_24h": number(item.touch, gone or _UNTOUCHED),
        "pull": number(item.pull, gone or _UNTOUCHED),
        "stars": number(item.stars, "too few clusters of its own to compare with"),
        "kappa_assumed": estimate.kappa is None,
        "depth_ratio": number(item.depth_ratio, strength),
        "strength": item.strength if item.strength is not None else unknown(strength),
        "push_bp": {"low": low, "high": high}
        if low is not None
        else unknown(gone or "depth, volume, volatility or calibration is not known"),
        "record": _record(item.record),
        "swept_at_ms": item.swept_at_ms,
    }


def _record(record: Record) -> Json:
    return {
        "n": record.n,
        "hits": record.hits,
        "expected": record.expected,
        "lift": number(record.lift, _NOT_DUE),
        "low": number(record.low, _NOT_DUE),
        "high": number(record.high, _NOT_DUE),
        "significance": record.significance,
    }


def estimated_asymmetry(estimate: MapView, realised: Json) -> Json:
    """Shorts above against longs below: raw, and by horizon weighed by the chance of touch; the realised one beside."""
    volatility = estimate.volatility
    return {
        "basis": "estimated",
        "raw": number(estimate.raw, "nothing is estimated near the price"),
        "reach": estimate.reach,
        "horizons": [_horizon(item) for item in estimate.asymmetry],
        "volatility": {
            "daily": volatility.daily,
            "source": clean(volatility.source),
            "measured": volatility.measured,
        }
        if volatility is not None
        else unknown("not known"),
        "realised": realised,
    }


def _horizon(item: Asymmetry) -> Json:
    return {
        "hours": item.hours,
        "reached": number(item.reached, "nothing is in reach"),
        "reached_share": item.reached_share,
        "words": clean(item.words),
    }
