"""What decides each item of the checklist, in words, as the settings have it."""

from scoring.settings import ScoringSettings


def thresholds(settings: ScoringSettings) -> dict[str, str]:
    """By the item's name: from where on it warns, fails or passes."""
    funding, crowd, flow, trend = settings.funding, settings.crowd, settings.flow, settings.trend
    interest, large, reach = settings.interest, settings.large_trades, settings.reach
    follows, least = trend.follows_bitcoin, abs(trend.fail_score)
    return {
        "cascade": "fails while one ignites or runs against the direction",
        "funding": f"long fails from {_percent(funding.long_fail, 3)}, short from {_percent(funding.short_fail, 3)}; "
        f"from {_percent(funding.long_warn, 3)} at p{funding.long_percentile:g}, "
        f"{_percent(funding.short_unusual, 3)} at p{funding.short_percentile:g}",
        "liquidation map": f"passes from A {reach.dominant:g} with the direction, fails from {reach.extreme:g} against",
        "open interest": f"fails where {_percent(interest.strong_24h)} in 24 h ({_percent(interest.strong_1h)} in 1 h) "
        "are new positions against the direction",
        "CVD": f"spot passes from {flow.z_pass:g}σ, at least as much as futures; fails from {flow.z_fail:g}σ against",
        "BTC context": f"fails from a trend of {least:g} against or a running cascade, where ρ is {follows:g} or more",
        "local trend": f"passes from {trend.pass_score:g} with the direction, fails from {least:g} against",
        "large trades": f"passes from {large.z_pass:g}σ with the direction, fails from {abs(large.z_fail):g}σ against",
        "long/short ratio": f"with the crowd: warns from {_share(crowd.crowded_warn)}, "
        f"fails from {_share(crowd.crowded_fail)} or p{crowd.extreme_percentile:g}",
        "realised 24 h": f"warns from {_share(settings.checklist.one_sided)} on one side",
        "options": f"long warns above {crowd.defensive_put_call:g} puts a call; never fails",
    }


def _percent(fraction: float, digits: int = 1) -> str:
    text = f"{100 * fraction:+.{digits}f}".rstrip("0").rstrip(".")
    return f"{text} %"


def _share(fraction: float) -> str:
    return f"{100 * fraction:g} %"
