"""What would lift a verdict of the checklist: the items that stand in its way, told from what is on the screen."""

import re
from collections.abc import Iterable, Sequence

from scoring.view import CheckItem, ChecklistView, DirectionVerdict, Grade
from tui.controls import Controls
from tui.format import percent, score
from tui.language import label
from tui.topics.facts import fact, told
from tui.topics.topic import Fact
from tui.views.checklist import item_name
from tui.views.said import typeset

_MOST = 3
"""So many items are named; of further ones the count."""
_LOW: tuple[Grade, ...] = ("fail", "warn")
"""The grades that take from the score, the worst first."""
_LEAST = re.compile(r"below (\d*\.\d+)")
_NEEDED = re.compile(r"(\d+ %) needed")


def lifting_facts(checked: ChecklistView, direction: str, controls: Controls) -> Sequence[Fact]:
    """Of a direction's verdict, "long" or "short": when it would change for the better. Nothing of OK."""
    given = checked.short if direction == "short" else checked.long
    kind, _, names = given.reason.partition(": ")
    if given.verdict == "OK" or not checked.items:
        return ()
    if given.verdict == "INSUFFICIENT DATA":
        return (_known(given, _graded(checked.items, direction, ("unknown",)), controls),)
    if kind == "blind":
        return (fact("lifts when", "a feed of liquidations is live again", controls), *_score(given, controls))
    if kind == "veto":
        vetoing = [item for item in checked.items if item.name in names.split(", ")]
        return (_no_longer(vetoing, controls), *_score(given, controls))
    if found := _LEAST.match(given.reason):
        low = _named(_graded(checked.items, direction, _LOW), controls)
        least, now = score(float(found[1])), "?" if given.score is None else score(given.score)
        text = "the score is {least} or more, now {now}; lowest: {items}"
        return (fact("lifts when", text, controls, least=least, now=now, items=low),)
    low = _named(_graded(checked.items, direction, ("fail",)) or _graded(checked.items, direction, _LOW), controls)
    return (fact("lifts when", "fewer of these fail: {items}", controls, items=low),) if low else ()


def _graded(items: Iterable[CheckItem], direction: str, grades: Sequence[Grade]) -> list[CheckItem]:
    """The items with these grades, in the grades' order, those of more weight first."""
    found = [(item.short if direction == "short" else item.long, item) for item in items]
    wanted = [(grades.index(grade), -item.weight, item) for grade, item in found if grade in grades]
    return [item for *_, item in sorted(wanted, key=lambda one: one[:2])]


def _no_longer(vetoing: Sequence[CheckItem], controls: Controls) -> Fact:
    if len(vetoing) != 1:
        return fact("lifts when", "none of these fails any longer: {items}", controls, items=_named(vetoing, controls))
    words = label("{item} no longer fails", controls, item=item_name(vetoing[0].name, controls))
    decides = typeset(vetoing[0].threshold)
    return told("lifts when", f"{words} ({decides})" if decides else words, controls)


def _score(given: DirectionVerdict, controls: Controls) -> Sequence[Fact]:
    """What the items add up to where something else forbids the entry."""
    return () if given.score is None else (told("the score alone", score(given.score), controls),)


def _known(given: DirectionVerdict, unknown: Sequence[CheckItem], controls: Controls) -> Fact:
    items = _named(unknown, controls, why=True)
    share = percent(given.coverage, 0, signed=False)
    if found := _NEEDED.search(given.reason):
        text = "{least} of the weight is known, now {share}; unknown: {items}"
        return fact("lifts when", text, controls, least=found[1], share=share, items=items)
    return fact("lifts when", "more of the weight is known, now {share}; unknown: {items}", controls, share=share,
                items=items)  # fmt: skip


def _named(items: Sequence[CheckItem], controls: Controls, why: bool = False) -> str:
    """The first items, each with what decides it, or `why` it is so; and how many more there are."""
    words = [
        f"{item_name(item.name, controls)} ({said})" if said else item_name(item.name, controls)
        for item in items[:_MOST]
        for said in [typeset(item.reason if why else item.threshold)]
    ]
    more = [label("{n} more", controls, n=len(items) - _MOST)] if len(items) > _MOST else []
    return ", ".join([*words, *more])
