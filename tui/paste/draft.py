"""One entity of a paste while it is being read: which table it belongs to, and the numbers found for it so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from tui.paste.labels import Meaning
from tui.paste.lexing import Token
from tui.paste.numbers import Number

LIQUIDATIONS = ("", "liquidations", "ladder", "clusters", "totals")
"""Sections whose rows may be levels or totals of liquidations."""


@dataclass(frozen=True, slots=True)
class Label:
    """What words say of the numbers beside them: a column's header, or the phrases of a part of a line."""

    section: str = ""
    role: str = ""
    market: str = ""
    minutes: float | None = None
    basis: str = ""
    place: str = ""
    trend: str = ""
    venue: str = ""
    unit: str = ""
    words: int = 0

    def over(self, other: "Label") -> "Label":
        """This label, with what it leaves open taken from another."""
        return Label(
            self.section or other.section, self.role or other.role, self.market or other.market,
            self.minutes if self.minutes is not None else other.minutes, self.basis or other.basis,
            self.place or other.place, self.trend or other.trend, self.venue or other.venue, self.unit or other.unit,
            self.words + other.words,
        )  # fmt: skip

    @property
    def known(self) -> bool:
        """Whether it says anything."""
        return self != Label(words=self.words)


def label_of(tokens: Iterable[Token]) -> Label:
    """The label that the phrases, spans and words among some tokens make together."""
    found = Label()
    roles: list[str] = []
    words = 0
    for token in tokens:
        if token.kind == "span":
            found = replace(found, minutes=token.minutes)
        words += token.kind == "word"
        for meaning in token.said:
            if meaning.kind == "role":
                roles.append(meaning.value)
            elif meaning.kind == "unit":
                found = replace(found, unit=meaning.value)
            else:
                found = _with(found, meaning)
    unit = found.unit or ("coins" if "coins" in roles else "USD" if _says_usd(tokens) else "")
    return replace(found, role=_role(roles), unit=unit, words=words)


def _with(label: Label, meaning: Meaning) -> Label:
    """The label with one more thing said, unless that was said before."""
    said = Label(
        section=meaning.value if meaning.kind == "section" else "",
        market=meaning.value if meaning.kind == "market" else "",
        basis=meaning.value if meaning.kind == "basis" else "",
        place=meaning.value if meaning.kind == "place" else "",
        trend=meaning.value if meaning.kind == "trend" else "",
        venue=meaning.value if meaning.kind == "venue" else "",
    )
    return label.over(said)


def _says_usd(tokens: Iterable[Token]) -> bool:
    return any(token.text.lower() == "usd" for token in tokens)


def _role(roles: list[str]) -> str:
    for first in ("change", "predicted", "volume", "cap", "share"):
        if first in roles:
            return first
    telling = [role for role in roles if role not in ("amount", "coins")]
    return (telling or roles or [""])[0]


@dataclass(slots=True)
class Draft:
    """The numbers of one entity by what they are. `order`: which change is which, where the line says so at its end."""

    line: int
    section: str = ""
    venue: str = ""
    market: str = ""
    minutes: float | None = None
    basis: str = ""
    place: str = ""
    trend: str = ""
    stale: bool = False
    unwatched: bool = False
    points: bool = False
    heads: str = ""
    interval: float | None = None
    seen: float | None = None
    order: tuple[float, ...] = ()
    roles: tuple[str, ...] = ()
    values: dict[str, Number] = field(default_factory=dict)
    bare: list[Number | None] = field(default_factory=list)
    doubted: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def put(self, key: str, number: Number) -> None:
        """Keep a number; where another was kept as the same thing neither is, for nothing tells which is meant."""
        known = self.values.get(key)
        if key in self.doubted or (known is not None and known.value != number.value):
            self.values.pop(key, None)
            self.doubted.add(key)
            others = f"{known.raw} and " if known else ""
            self.problems.append(f"{others}{number.raw}: two numbers for {key.replace('_', ' ')}")
            return
        self.values[key] = number

    def problem(self, token: Token, reason: str) -> None:
        """Note a number that can't be read."""
        self.problems.append(f"{token.text.strip()}: {reason}")

    @property
    def has_sides(self) -> bool:
        """Whether a liquidated amount of either side is known."""
        return "long" in self.values or "short" in self.values

    @property
    def filled(self) -> bool:
        """Whether there is anything to make a row of."""
        return bool(self.values or self.bare or (self.trend and self.section == "options"))

    def value(self, key: str) -> float | None:
        """The number kept as something, None where there is none."""
        number = self.values.get(key)
        return None if number is None else number.value

    def fraction(self, key: str) -> float | None:
        """The percent kept as something, as a fraction."""
        value = self.value(key)
        return None if value is None else value / 100

    def bound(self, *keys: str) -> str:
        """Whether one of these numbers is at least or at most so much."""
        return next((number.bound for key in keys if (number := self.values.get(key)) and number.bound), "")

    @property
    def exchange(self) -> str:
        """The exchange, "" for all of them."""
        return "" if self.venue == "all" else self.venue

    @property
    def of(self) -> str:
        """The exchange as it stands in a sentence."""
        return f" {self.venue}" if self.venue else ""
