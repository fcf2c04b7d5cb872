"""Who may know whom: reads the imports of a source tree and names each that points the wrong way."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PROJECT = ("feeds", "scoring", "tui")
OUTSIDE = (
    *("time", "random", "secrets", "uuid", "numpy.random"),
    *("asyncio", "threading", "multiprocessing", "concurrent", "signal", "select", "selectors", "subprocess"),
    *("os", "io", "pathlib", "shutil", "tempfile", "socket", "http", "urllib.request", "sqlite3", "logging"),
)
"""Clocks, chance, concurrency and I/O: what pure modules may not import."""
OUTSIDE_CALLS = (
    *("datetime.datetime.now", "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today"),
    *("numpy.random", "open", "print", "input"),
)
"""What pure modules may not call, by the name they would import it under."""


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
        project=("feeds.events", "feeds.symbols", "feeds.tiers", "feeds.venue", "feeds.venues"),
        libraries=("msgspec", "pydantic"),
        never=OUTSIDE,
    ),
    Rule("feeds", project=("feeds",), never=("textual", "rich", "typer", "tests")),
    Rule("scoring", project=("feeds.events", "feeds.tiers", "scoring"), libraries=("numpy", "pydantic"), never=OUTSIDE),
    Rule("tui", never=("tests",)),
    Rule("tui.format", project=(), libraries=("rich",), never=OUTSIDE),
    Rule("tui.controls", project=("scoring.view",), libraries=(), never=OUTSIDE),
    Rule("tui.steering", project=("scoring.window", "tui.controls"), libraries=(), never=OUTSIDE),
    Rule("tui.commands", project=("tui.controls", "tui.steering"), libraries=(), never=OUTSIDE),
    Rule(
        "tui.views",
        project=(
            "feeds.events",
            "scoring.view",
            "tui.views",
            "tui.controls",
            "tui.format",
            "tui.commands",
            "tui.language",
        ),
        libraries=(),
        never=OUTSIDE,
    ),
    Rule(
        "tui.topics",
        project=("scoring.view", "tui.topics", "tui.views", "tui.controls", "tui.format", "tui.language"),
        libraries=(),
        never=OUTSIDE,
    ),
    Rule("tui.governor", project=(), libraries=(), never=OUTSIDE),
    Rule("tui.marks", project=("tui.controls",), libraries=(), never=OUTSIDE),
    Rule("tui.driving", project=("tui.controls",), libraries=(), never=OUTSIDE),
    Rule("tui.picture", project=("tui.drawing",), libraries=("rich",), never=OUTSIDE),
    Rule("tui.drawing", project=(), libraries=(), never=OUTSIDE),
    Rule("tui.looks", project=("tui.looks",), libraries=("rich",), never=OUTSIDE),
    Rule("tui.scanning", never=("textual", "tui.app", "tui.panes", "tui.screens", "tui.session")),
    Rule("tui.panes", project=("tui.panes", "tui.views", "tui.theme"), libraries=("textual", "rich"), never=OUTSIDE),
    Rule("tui.paste", project=("scoring", "tui.paste", "tui.format"), libraries=(), never=OUTSIDE),
    Rule("tui.paste", never=("scoring.market", "scoring.coin")),
    Rule("tui.headless", never=("textual", "tui.app", "tui.panes", "tui.screens", "tui.session")),
)
SOURCES = ("feeds.source", "feeds.live", "feeds.replay", "feeds.demo", "feeds.connection")
COMPOSE = ("tui.session", "tui.headless.fold")
"""The composition roots, with a screen and without: only they know both a source and the market."""


def broken_arrows(root: Path) -> list[str]:
    """Each import below `root` that breaks a rule, as `file:line: who imports what`; none is what one wants."""
    paths = sorted(path for package in PROJECT for path in (root / package).rglob("*.py"))
    return [found for path in paths for found in broken_arrows_of(path, root)]


def broken_arrows_of(path: Path, root: Path) -> list[str]:
    """The same of one file."""
    file = path.relative_to(root)
    module, tree = _module(file), ast.parse(path.read_text())
    imports = list(_imports(tree, module, path.name == "__init__.py", root))
    rules = [rule for rule in RULES if _within(module, rule.who)]
    found = [
        f"{file}:{line}: {module} imports {imported}"
        for line, imported in imports
        if any(_broken(rule, imported) for rule in rules)
    ]
    if any(rule.never == OUTSIDE for rule in rules):
        found += [f"{file}:{line}: {module} asks {call}" for line, call in _outside_calls(tree)]
    known = {imported for _, imported in imports}
    sources = any(_within(imported, source) for imported in known for source in SOURCES)
    if sources and "scoring.market" in known and module not in COMPOSE:
        found.append(f"{file}:1: {module} knows both a source and the market")
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
                yield node.lineno, inner if is_module or source.split(".")[0] not in PROJECT else source
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from ((node.lineno, str(one.value)) for one in node.args[:1] if isinstance(one, ast.Constant))


def _outside_calls(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every use of what `OUTSIDE_CALLS` names, under whatever name it was imported."""
    meant: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            meant |= {alias.asname: alias.name for alias in node.names if alias.asname}
        elif isinstance(node, ast.ImportFrom):
            meant |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) or (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            head, _, rest = ast.unparse(node.func if isinstance(node, ast.Call) else node).partition(".")
            name = f"{meant.get(head, head)}.{rest}".rstrip(".")
            if name in OUTSIDE_CALLS or name.startswith("numpy.random."):
                yield node.lineno, name
