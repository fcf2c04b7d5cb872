"""The layouts that ship: `standard`, which differs by the terminal's size, and those for one kind of work."""

from tui.screens.arranging.plan import Beside, Brief, Part, Plan, Stack

STANDARD = "standard"
LAYOUTS = (STANDARD, "ladder", "scalp", "entry", "chart", "glance")
"""Their names, in the order of the key that goes through them."""

WIDE_WIDTH, WIDE_HEIGHT = 100, 34
"""From this size on the checklist shows every item beside the ladder; below it only its verdicts, under it."""
LOW_COLUMNS, THREE_COLUMNS, FOUR_COLUMNS = 150, 180, 240
"""Widths for three columns in a low terminal, for three and for four in any other."""
ROOMY_HEIGHT = 46
"""From this height on a narrow terminal has rows for every item of the checklist."""
REPORTS_HEIGHT = 48
"""From this height on the tables by exchange have a column for themselves."""

_CLUSTERS = ("above", "below")
_URGENT: tuple[Part, ...] = (Brief("cascade"), Brief("checklist"))
_SIDE_BY_SIDE = 160
"""From this width on cascade and verdicts in short form stand side by side."""


def built_in(name: str, width: int, height: int) -> Plan | None:
    """The plan of a layout that ships, for a terminal of this size; None where there is none of the name."""
    match name:
        case "standard":
            return Plan(_standard(width, height), ("chart",))
        case "ladder":
            return Plan(_over(Beside(("ladder", "tape"), (58, 42)), width))
        case "scalp":
            return Plan(Stack((Beside((Stack(("cascade", "tape")), "ladder"), (1, 1)), Brief("checklist")), ruled=True))
        case "entry":
            judged = Stack(("checklist", "tape"), (2, 1))
            return Plan(Beside((judged, Stack((*_CLUSTERS, "cascade", "chart"))), (55, 45)), ("chart", "tape"))
        case "chart":
            main: Part = "chart" if width < WIDE_WIDTH else Beside(("chart", Stack(("ladder", "tape"))), (62, 38))
            return Plan(_over(main, width))
        case "glance":
            roomy = width >= WIDE_WIDTH and height >= WIDE_HEIGHT
            under: Part = Beside(("cascade", "checklist")) if roomy else Stack(_URGENT)
            return Plan(Stack(("glance", under), ruled=True))
    return None


def _over(part: Part, width: int) -> Part:
    """A part with the cascade's state and the verdicts under it."""
    under: Part = Beside(_URGENT, (2, 3)) if width >= _SIDE_BY_SIDE else Stack(_URGENT)
    return Stack((part, under), ruled=True)


def _standard(width: int, height: int) -> Part:
    if height < WIDE_HEIGHT and width >= LOW_COLUMNS:
        return Beside(("ladder", Stack((*_CLUSTERS, "cascade")), Stack(("checklist", "tape"))), (40, 30, 30))
    if height < WIDE_HEIGHT or width < WIDE_WIDTH:
        return _compact(height)
    if width >= THREE_COLUMNS:
        return _columns(width, height)
    right = Stack((*_CLUSTERS, "cascade", "checklist", "chart"))
    return Beside((Stack(("ladder", "tape")), right), (61, 58))


def _columns(width: int, height: int) -> Part:
    if height >= REPORTS_HEIGHT:
        judged: tuple[Part, ...] = (Stack((*_CLUSTERS, "cascade", "checklist", "chart")), "reports")
    else:
        judged = (Stack((*_CLUSTERS, "chart")), Stack(("cascade", "checklist")))
    if width < FOUR_COLUMNS:
        return Beside((Stack(("ladder", "tape")), *judged), (40, 30, 30))
    if height >= REPORTS_HEIGHT:
        judged = (Stack((*_CLUSTERS, "cascade", "checklist")), "reports")
    else:
        judged = (Stack(_CLUSTERS), Stack(("cascade", "checklist")))
    return Beside(("ladder", Stack(("chart", "tape")), *judged), (27, 27, 23, 23))


def _compact(height: int) -> Part:
    """Ladder and clusters side by side; the verdicts and the latest prints under them."""
    cascade: Part = "cascade" if height >= WIDE_HEIGHT else Brief("cascade")
    upper = Beside(("ladder", Stack((*_CLUSTERS, cascade))), (6, 4))
    if height < ROOMY_HEIGHT:
        return Stack((upper, Stack((Brief("checklist"), "tape"))), ruled=True)
    return Stack((upper, Stack(("checklist", "tape", "chart"))), ruled=True)


def half(width: int, height: int) -> Plan:
    """The plan of one of two coins side by side, in its half of the terminal."""
    if width >= WIDE_WIDTH and height >= WIDE_HEIGHT:
        return Plan(Beside(("ladder", Stack((*_CLUSTERS, "cascade", "checklist"))), (1, 1)))
    roomy = height >= WIDE_HEIGHT
    upper = Beside(("ladder", Stack((*_CLUSTERS, "cascade" if roomy else Brief("cascade")))), (6, 4))
    return Plan(Stack((upper, "checklist" if roomy else Brief("checklist")), ruled=True))
