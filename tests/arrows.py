"""Who may know whom: reads the imports of a source tree and names each that points the wrong way."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = ("feeds", "scoring", "tui")
CLOCKS = ("time", "random", "asyncio")
CLOCK_CALLS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "np.random", "numpy.random")


@dataclass(frozen=True, slots=True)
class Rule:
    """What a module or package (`who`) may import.

    `project`: the only modules of ours. `libraries`: the only ones of others, beside the standard library.
    `never`: not these. None means no such limit.
    """

    who: str
    project: tuple[str, ...] | None = None
    libraries: tuple[str, ...] | None = None
    never: tuple[str, ...] = ()


RULES = (
    Rule("feeds.events", project=(), libraries=("msgspec",)),
    Rule(
        "feeds.venues",
        project=("feeds.events", "feeds.symbols", "feeds.venue", "feeds.venues"),
        libraries=("msgspec", "pydantic"),
        never=CLOCKS,
    ),
    Rule("feeds", project=("feeds",), never=("textual", "rich", "typer")),
    Rule("scoring", project=("feeds.events", "scoring"), libraries=("numpy", "pydantic"), never=CLOCKS),
    Rule(
        "tui.views",
        project=("feeds.events", "scoring", "tui.views", "tui.controls", "tui.format", "tui.commands"),
        libraries=(),
        never=CLOCKS,
    ),
    Rule("tui.panes", never=("feeds.live", "feeds.replay", "feeds.demo", "scoring.market", "tui.session")),
    Rule("tui.headless", never=("textual", "tui.app", "tui.panes", "tui.screens", "tui.session")),
)
COMPOSE = ("tui.session", "tui.headless.fold")
"""The composition roots, with a screen and without: only they know both a source and the market."""


def broken_arrows(root: Path) -> list[str]:
    """Each import below `root` that breaks a rule, as `file:line: who imports what`; none is what one wants."""
    found: list[str] = []
    for path in sorted(path for package in PROJECT for path in (root / package).rglob("*.py")):
        module = _module(path.relative_to(root))
        tree = ast.parse(path.read_text())
        imports = list(_imports(tree, module, path.name == "__init__.py", root))
        for line, imported in imports:
            if any(_broken(rule, imported) for rule in RULES if _within(module, rule.who)):
                found.append(f"{path.relative_to(root)}:{line}: {module} imports {imported}")
        if any(rule.never == CLOCKS and _within(module, rule.who) for rule in RULES):
            found += [f"{path.relative_to(root)}:{line}: {module} asks {call}" for line, call in _clock_calls(tree)]
        known = {imported for _, imported in imports}
        if {"feeds.source", "scoring.market"} <= known and module not in COMPOSE:
            found.append(f"{path.relative_to(root)}:1: {module} knows both a source and the market")
    return found


def _broken(rule: Rule, imported: str) -> bool:
    if any(_within(imported, name) for name in rule.never):
        return True
    top = imported.split(".")[0]
    if top in PROJECT:
        return rule.project is not None and not any(_within(imported, name) for name in rule.project)
    return rule.libraries is not None and top not in rule.libraries and not _standard(top)


def _within(module: str, name: str) -> bool:
    return module == name or module.startswith(name + ".")


def _standard(top: str) -> bool:
    import sys

    return top in sys.stdlib_module_names


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def _imports(tree: ast.Module, module: str, is_package: bool, root: Path) -> Iterator[tuple[int, str]]:
    """Every imported module with its line, wherever in the file, `importlib.import_module("x")` included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
            source = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                is_module = (root / inner.replace(".", "/")).exists() or (
                    root / (inner.replace(".", "/") + ".py")
                ).exists()
                yield node.lineno, inner if is_module else source
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from ((node.lineno, str(one.value)) for one in node.args[:1] if isinstance(one, ast.Constant))


def _clock_calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node).endswith(CLOCK_CALLS):
            yield node.lineno, ast.unparse(node)
