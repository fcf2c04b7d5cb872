"""Settings of the alerts: the rules, and what holds for all of them."""

from pydantic import Field

from scoring.settings.base import Strict
from scoring.view.alerts import Delivery, Severity


class AlertRule(Strict):
    """`[alerts.NAME]`: one rule. `liqtop alerts metrics` lists what `metric` can be."""

    metric: str
    """What is watched, such as liquidations_long_60s."""
    when: str
    """When it fires: above N, below N, above percentile N, below percentile N, rises N in 15m, falls N in 15m, or
    becomes STATE or STATE. N takes k, M, B, % and bp."""
    coins: tuple[str, ...] = ()
    """The coins it is for; none: those of `list`, and without that every watched coin."""
    list: str = ""
    """The list of `[lists]` whose coins it is for."""
    venues: tuple[str, ...] = ()
    """Of metrics of exchanges: which exchanges; none: all."""
    clear: str = ""
    """It fires again only after the value was back at this number; empty: back by `[alerting] rearm_share`."""
    for_seconds: float = Field(0.0, ge=0)
    """How long the condition has to hold without a break."""
    cooldown_minutes: float = Field(15.0, ge=0)
    """How long it stays quiet after it has fired. What still holds then fires then."""
    once_per_rule: bool = False
    """Whether the cooldown is one for all coins, instead of one for each."""
    severity: Severity = "warning"
    """How it is shown and marked: info, warning or critical."""
    deliver: tuple[Delivery, ...] = ()
    """How it is told beside the screen: bell, osc9, osc777, desktop, webhook; none: as `[alerting] deliver` says."""


class AlertingSettings(Strict):
    """`[alerting]`: what holds for all alerts."""

    deliver: tuple[Delivery, ...] = ("bell",)
    """How alerts are told beside the screen, where their rule doesn't say."""
    quiet_seconds: float = Field(60.0, ge=0)
    """A value that has just become known for the first time fires nothing for so long. Judgement: a minute of rates."""
    rearm_share: float = Field(0.1, ge=0, lt=1)
    """A rule fires again only after its value was back by this share of the threshold. Judgement."""
    history_minutes: int = Field(1440, ge=60, le=10_080)
    """Over how long a value's own percentiles are told, sampled once a minute."""
    history_least_minutes: int = Field(240, gt=0)
    """Before so many minutes were sampled no percentile is told. Judgement: as for the flow's z-scores."""
    kept: int = Field(200, gt=0)
    """How many alerts that fired are kept to look at."""
