"""From what was understood to verdicts: a finding for each table, and the checklist, weighed as the live one."""

from dataclasses import dataclass, replace

from scoring.settings import ChecklistWeights, ScoringSettings
from scoring.verdict import verdict
from scoring.view import CheckItem, ChecklistView
from tui.paste.cascades import cascade_finding
from tui.paste.findings import Finding, unknown
from tui.paste.interest import interest_finding
from tui.paste.ladders import kinds, realised_finding
from tui.paste.maps import map_finding
from tui.paste.tables import GradeRow, Understood
from tui.paste.totals import totals_finding
from tui.paste.venues import crowd_finding, flow_finding, funding_finding, options_finding

_ITEMS: tuple[tuple[str, str], ...] = (
    ("cascade", "cascade"),
    ("funding", "funding"),
    ("liquidation map", "liquidation_map"),
    ("open interest", "open_interest"),
    ("CVD", "cvd"),
    ("BTC context", "btc_context"),
    ("local trend", "local_trend"),
    ("large trades", "large_trades"),
    ("long/short ratio", "long_short_ratio"),
    ("realised 24 h", "realised"),
    ("options", "options"),
)
"""The checklist's items in their order, each with the name of its weight."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdicts on a paste. `taken`: items whose grade is that of a pasted checklist; `assumptions` of all kinds."""

    findings: tuple[Finding, ...]
    checklist: ChecklistView
    taken: tuple[str, ...]
    assumptions: tuple[str, ...]


def judge(understood: Understood, settings: ScoringSettings) -> Judgement:
    """Grade every table of a paste. A checklist in it counts as it stands, for it saw more than its text tells."""
    findings = _findings(understood, settings)
    computed = {finding.item.name: finding.item for finding in findings if finding.item is not None}
    pasted = {row.name: row for row in understood.grades}
    items, notes, taken = [], [], []
    for name, weight in _ITEMS:
        item = computed.get(name) or unknown(name, "not in the paste")
        if name in pasted:
            taken.append(name)
            notes += _differs(pasted[name], computed.get(name))
            item = _pasted(pasted[name])
        items.append(replace(item, weight=_weight(settings.checklist.weights, weight)))
    blind = understood.blind or None
    checklist = ChecklistView(
        tuple(items),
        verdict(items, "long", blind, settings.checklist),
        verdict(items, "short", blind, settings.checklist),
    )
    if notes:
        findings = (*findings, Finding("checklist", tuple(notes)))
    assumed = dict.fromkeys((*understood.assumptions, *(one for finding in findings for one in finding.assumptions)))
    return Judgement(findings, checklist, tuple(taken), tuple(assumed))


def _findings(understood: Understood, settings: ScoringSettings) -> tuple[Finding, ...]:
    ladders = [
        (map_finding if taken.basis == "estimated" else realised_finding)(taken, understood, settings)
        for taken in kinds(understood)
    ]
    others = (
        interest_finding(understood, settings),
        funding_finding(understood, settings),
        crowd_finding(understood, settings),
        flow_finding(understood, settings),
        totals_finding(understood, settings),
        options_finding(understood, settings),
        cascade_finding(understood),
    )
    return (*ladders, *(finding for finding in others if finding is not None))


def _weight(weights: ChecklistWeights, name: str) -> float:
    return float(getattr(weights, name))


def _pasted(row: GradeRow) -> CheckItem:
    return CheckItem(row.name, row.long, row.short, "" if row.value == "?" else row.value, row.reason, 0.0)


def _differs(row: GradeRow, item: CheckItem | None) -> list[str]:
    """What the pasted tables alone would have said, where that is something else."""
    if item is None or (item.long, item.short) == (row.long, row.short):
        return []
    return [
        f"{row.name}: the pasted checklist says long {row.long}, short {row.short}; "
        f"its tables alone say long {item.long}, short {item.short} ({item.reason})"
    ]
