"""The rows of a paste while it is read."""

from dataclasses import dataclass, field

from scoring.view import CascadesView
from tui.paste.tables import (
    CrowdRow,
    DepthRow,
    EstimateRow,
    FlowRow,
    FundingRow,
    GradeRow,
    InterestRow,
    LevelRow,
    Line,
    OptionsRow,
    PriceRow,
    TotalRow,
    Understood,
    UnplacedRow,
)


@dataclass(slots=True)
class Gathered:
    """The rows of a paste as they are found. `at_ms`: when the document that is being read was made."""

    coin: str = ""
    at_ms: float | None = None
    blind: str = ""
    prices: list[PriceRow] = field(default_factory=list)
    levels: list[LevelRow] = field(default_factory=list)
    unplaced: list[UnplacedRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    interest: list[InterestRow] = field(default_factory=list)
    funding: list[FundingRow] = field(default_factory=list)
    crowd: list[CrowdRow] = field(default_factory=list)
    flow: list[FlowRow] = field(default_factory=list)
    depth: list[DepthRow] = field(default_factory=list)
    options: list[OptionsRow] = field(default_factory=list)
    grades: list[GradeRow] = field(default_factory=list)
    estimate: EstimateRow | None = None
    cascades: CascadesView | None = None
    lines: list[Line] = field(default_factory=list)
    assumptions: dict[str, None] = field(default_factory=dict)

    def assume(self, text: str) -> None:
        """Note once what had to be assumed."""
        self.assumptions[text] = None

    def frozen(self) -> Understood:
        """All of it, not to be changed any more."""
        return Understood(
            coin=self.coin, prices=tuple(self.prices), levels=tuple(self.levels), unplaced=tuple(self.unplaced),
            totals=tuple(self.totals), interest=tuple(self.interest), funding=tuple(self.funding),
            crowd=tuple(self.crowd), flow=tuple(self.flow), depth=tuple(self.depth), options=tuple(self.options),
            grades=tuple(self.grades), estimate=self.estimate, cascades=self.cascades, blind=self.blind,
            lines=tuple(self.lines), assumptions=tuple(self.assumptions),
        )  # fmt: skip
