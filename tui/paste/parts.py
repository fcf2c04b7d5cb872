"""A line's tokens cut into the parts that separators, brackets and the words beside numbers make."""

from collections.abc import Iterator, Sequence

from tui.paste.lexing import NUMERIC, Token

SIDES = ("long", "short")
_CUTS = ",;|—–:/()[]•`·→="
_LABELS = ("section", "role", "market", "venue", "trend", "basis", "place")


def quoted(tokens: Sequence[Token]) -> list[list[Token]]:
    """Rows that stand in backticks beside each other on one line, or the line itself."""
    groups: list[list[Token]] = [[]]
    for token in tokens:
        if token.text == "`":
            groups.append([])
        else:
            groups[-1].append(token)
    inside = [group for group in groups[1::2] if group]
    outside = [token for group in groups[::2] for token in group if token.kind != "mark"]
    return inside if len(inside) > 1 and not outside else [[token for token in tokens if token.text != "`"]]


def unbracketed(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without brackets that hold labels alone, so that `+2.3% (24h)` stays together."""
    found: list[Token] = []
    opened: int | None = None
    for token in tokens:
        if token.text == "(":
            opened = len(found)
        elif token.text == ")" and opened is not None and all(map(_labels, found[opened + 1 :])):
            found.pop(opened)
            opened = None
            continue
        found.append(token)
    return found


def pieces(part: Sequence[Token]) -> Iterator[list[Token]]:
    """A part with several numbers, cut so that each has the words that lead it, or else those that trail it."""
    telling = [place for place, token in enumerate(part) if _labels(token) or token.kind in NUMERIC]
    numbers = [place for place in telling if part[place].kind in NUMERIC]
    if len(numbers) < 2 or len(numbers) == len(telling):
        yield list(part)
        return
    leads = part[telling[0]].kind not in NUMERIC or part[telling[-1]].kind in NUMERIC
    piece: list[Token] = []
    for place, token in enumerate(part):
        before = [other for other in piece if other.kind in NUMERIC or _labels(other)]
        starts = _labels(token) and bool(before) and before[-1].kind in NUMERIC
        ends = token.kind in NUMERIC and bool(before) and _labels(before[-1]) and before[0].kind in NUMERIC
        if (starts and _follows(part, place)) if leads else ends:
            yield piece
            piece = []
        piece.append(token)
    yield piece


def _follows(part: Sequence[Token], place: int) -> bool:
    """Whether a number comes behind this place, so that words there lead it; a trend needs none."""
    return any(token.kind in NUMERIC for token in part[place:])


def _labels(token: Token) -> bool:
    return token.kind == "span" or any(meaning.kind in _LABELS for meaning in token.said)


def parts(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens between separators; a table or venue named behind numbers begins a new part as well."""
    part: list[Token] = []
    for token in tokens:
        cut = token.kind == "mark" and (token.text in _CUTS or token.text == "-")
        named = bool(token.says("section") or token.says("venue"))
        if token.says("role") == "price":
            named = not any(other.says("role") in SIDES for other in part)
        if part and (cut or (named and any(other.kind in NUMERIC for other in part))):
            yield part
            part = []
        if not cut:
            part.append(token)
    if part:
        yield part


def order_of(tokens: Sequence[Token]) -> tuple[Sequence[Token], tuple[float, ...], tuple[str, ...]]:
    """A bracket that holds several labels alone tells an order: (24 h / 1 h), (price, long, short)."""
    opened: int | None = None
    for place, token in enumerate(tokens):
        if token.text == "(":
            opened = place
        elif token.text == ")" and opened is not None:
            inner = tokens[opened + 1 : place]
            spans = tuple(one.minutes for one in inner if one.kind == "span")
            roles = tuple(role for one in inner if (role := one.says("role")))
            plain = not any(one.kind in NUMERIC or one.kind == "word" for one in inner)
            if plain and max(len(spans), len(roles)) > 1:
                return [*tokens[:opened], *tokens[place + 1 :]], spans, roles
    return tokens, (), ()
