"""What becomes of a plan in a given room: columns that are too narrow join, panes that don't fit give way."""

from collections.abc import Callable, Sequence

from tui.screens.arranging.plan import RANKS, Beside, Brief, Need, Part, Plan, Stack, least_width, names, need, without


def fitted(plan: Plan, width: int, height: int) -> Part:
    """The part of a plan that fits `width` columns and `height` rows: less of it, never smaller than can be read."""
    part = _narrowed(plan.part, width)
    for name in plan.optional:
        if need(part).usual > height:
            part = without(part, name) or part
    return _lowered(part, height)


def _narrowed(part: Part, width: int) -> Part:
    """Columns of a part joined from the right until each is wide enough."""
    if isinstance(part, Stack):
        return Stack(tuple(_narrowed(one, width) for one in part.parts), part.shares, part.ruled)
    if not isinstance(part, Beside):
        return part
    parts, shares = list(part.parts), list(part.shares or (1,) * len(part.parts))
    while len(parts) > 1 and sum(map(least_width, parts)) + len(parts) - 1 > width:
        last, share = parts.pop(), shares.pop()
        parts[-1] = Stack((*_stacked(parts[-1]), *_stacked(last)))
        shares[-1] += share
    return Beside(tuple(parts), tuple(shares)) if len(parts) > 1 else parts[0]


def _stacked(part: Part) -> tuple[Part, ...]:
    return part.parts if isinstance(part, Stack | Beside) else (part,)


def _lowered(part: Part, height: int) -> Part:
    """Panes left out, the least urgent first, until the others' short forms fit."""
    if isinstance(part, Beside):
        return Beside(tuple(_lowered(one, height) for one in part.parts), part.shares)
    while need(part).short > height:
        last = max(names(part), key=RANKS.index)
        left = without(part, last)
        if left is None:
            break
        part = left
    return part


def columns(part: Beside, width: int) -> list[int]:
    """The widths of parts side by side, by their shares, none narrower than can be read; lines between them not in."""
    room = width - len(part.parts) + 1
    shares = part.shares or (1,) * len(part.parts)
    least = [least_width(one) for one in part.parts]
    sizes = [room * share // sum(shares) for share in shares]
    sizes[-1] += room - sum(sizes)
    for at, size in enumerate(least):
        while sizes[at] < size and (spare := max(range(len(sizes)), key=lambda one: sizes[one] - least[one])) != at:
            sizes[at] += 1
            sizes[spare] -= 1
    return sizes


def rows(part: Stack, height: int) -> tuple[list[int], int]:
    """The heights of parts one under another, and the rows between them.

    First everything gets its short form, then its long form by urgency, then what is usual, then a share of the rest.
    """
    needs = [need(one) for one in part.parts]
    between = len(needs) - 1
    gap = 1 if part.ruled or sum(one.usual for one in needs) + between <= height else 0
    room = height - gap * between
    if part.shares:
        return _by_shares(part.shares, [one.short for one in needs], room), gap
    sizes = [one.short for one in needs]
    urgency = sorted(range(len(needs)), key=lambda at: min(map(RANKS.index, names(part.parts[at]))))
    for at in urgency:
        if sum(sizes) - sizes[at] + needs[at].least <= room:
            sizes[at] = needs[at].least
    grown = [at for at, one in enumerate(needs) if sizes[at] >= one.least and not isinstance(part.parts[at], Brief)]
    grown = grown or list(range(len(needs)))
    _grow(sizes, room, [at for at in grown if needs[at].usual > needs[at].least], _usual(needs, sizes))
    _grow(sizes, room, grown, lambda at: sizes[at] / max(needs[at].weight, 1) if sizes[at] < needs[at].enough else None)
    _grow(sizes, room, grown, lambda at: sizes[at] / max(needs[at].weight, 1))
    return sizes, gap


def _usual(needs: Sequence[Need], sizes: Sequence[int]) -> Callable[[int], float | None]:
    """How near a part is to its usual rows; None for one that has them."""

    def near(at: int) -> float | None:
        one = needs[at]
        return (sizes[at] - one.least) / (one.usual - one.least) if sizes[at] < one.usual else None

    return near


def _grow(sizes: list[int], room: int, grown: Sequence[int], measure: Callable[[int], float | None]) -> None:
    """Give rows one by one to the part that has least by this measure, until there are none or all have enough."""
    while sum(sizes) < room:
        wanting = [(found, at) for at in grown if (found := measure(at)) is not None]
        if not wanting:
            return
        sizes[min(wanting)[1]] += 1


def _by_shares(shares: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    sizes = list(least)
    while sum(sizes) < room:
        at = min(range(len(sizes)), key=lambda one: (sizes[one] + 1) / shares[one])
        sizes[at] += 1
    return sizes
