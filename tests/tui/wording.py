"""Every English text that the screen may show, read from the sources, and where it stands.

The rule for text that has messages: it is a literal of `label`, `title`, `Column`, `Heading`, `Grid`, `fact`, `told`,
`Stop` or `Hint` (a condition between literals counts as both), or it stands in a module's constant whose name ends with
`WORDS`, or it belongs to a command or a topic. Whatever has no letter outside of its `{names}` and of
spans of time such as 24h needs none.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from tui.commands import COMMANDS
from tui.topics import TOPICS

ROOT = Path(__file__).parents[2]
SAME_IN_ALL = frozenset({"OI", "USD", "CVD", "L/S", "UTC", "ADX", "BTC", "bp"})
"""Names that a reader of any language knows; a message for them and numbers alone may be left out."""

_TEXTS: Mapping[str, tuple[int, ...]] = {
    "label": (0,), "title": (1,), "Column": (0,), "Heading": (0,), "Grid": (0, 1), "fact": (0, 1), "told": (0,),
    "Stop": (1, 2, 3), "Hint": (0,),
}  # fmt: skip
"""Which of a call's arguments are texts for a reader."""


@cache
def wanted() -> Mapping[str, str]:
    """Every text that needs a message, and the area that shows it: its module, or the area of a topic."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tui").rglob("*.py")):
        if not {"headless", "doctor", "paste"} & set(path.parts[:-1]):
            for text in _texts(ast.parse(path.read_text("utf-8"))):
                found.setdefault(text, str(path.relative_to(ROOT / "tui").with_suffix("")))
    for topic in TOPICS.values():
        for text in (topic.title, topic.meaning, topic.use, topic.formula):
            found.setdefault(text, f"topics/{topic.name.partition('.')[0]}")
    for command in COMMANDS:
        for text in (command.title, command.help, command.group, command.hint):
            found.setdefault(text, "commands")
    return {text: area for text, area in found.items() if _has_words(text)}


def _has_words(text: str) -> bool:
    known = "|".join(map(re.escape, sorted(SAME_IN_ALL)))
    left = re.sub(rf"\{{\w*\}}|\b\d+[mhds]\b|\b(?:{known})\b", "", text)
    return any(character.isalpha() for character in left)


def _texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            for place in _TEXTS.get(_name(node.func), ()):
                if place < len(node.args):
                    yield from _literals(node.args[place])
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if value is not None and any(name.endswith("WORDS") for name in _targets(statement)):
            yield from _constants(value)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _targets(statement: ast.stmt) -> list[str]:
    if isinstance(statement, ast.Assign):
        return [_name(target) for target in statement.targets]
    return [_name(statement.target)] if isinstance(statement, ast.AnnAssign) else []


def _literals(node: ast.expr) -> Iterator[str]:
    """The text of an argument, or those that a condition chooses between."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body)
        yield from _literals(node.orelse)


def _constants(node: ast.expr) -> Iterator[str]:
    """The texts of a constant; of a table its values."""
    for part in node.values if isinstance(node, ast.Dict) else (node,):
        for inner in ast.walk(part):
            if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
                yield inner.value


@cache
def written() -> frozenset[str]:
    """Every text constant of the sources: what a message may be for, where its text is chosen at run time."""
    found: set[str] = set()
    for folder in ("tui", "scoring", "feeds"):
        for path in (ROOT / folder).rglob("*.py"):
            nodes = ast.walk(ast.parse(path.read_text("utf-8")))
            found.update(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return frozenset(found)


def names(text: str) -> list[str]:
    """The `{names}` of a text, in order; keys such as { and } are none."""
    return sorted(re.findall(r"\{(\w+)\}", text))
