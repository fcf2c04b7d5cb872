"""The line of a key in a TOML text."""

import pytest

from tui.config_text import locate, parse

TEXT = """\
# a comment
top.dotted = 1

[network]
gateway = ""   # trailing
"venues" = [
  "binance",  # first
  "bybit",
]
hosts = { "www.okx.com" = "eea.okx.com" }

[checklist.weights]
note = '''
[not.a.table]
gateway = 3
'''
cvd = 1.5
"""


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("network",), None, 4),
        (("network", "gateway"), None, 5),
        (("network", "venues"), None, 6),
        (("network", "venues", 1), "bybit", 8),
        (("network", "hosts", "www.okx.com"), None, 10),
        (("network", "hosts"), None, 10),
        (("network", "absent"), None, 4),
        (("checklist", "weights", "cvd"), None, 17),
        (("checklist",), None, 12),
        (("top", "dotted"), None, 2),
        (("top",), None, 2),
        (("elsewhere", "key"), None, None),
    ],
)
def test_a_key_is_found_where_it_stands(path: tuple[str | int, ...], value: object, line: int | None) -> None:
    """Through tables, dotted and quoted keys, arrays over several lines, and texts that look like tables."""
    assert locate(TEXT, path, value) == line


@pytest.mark.parametrize(
    ("text", "line"), [("a = 1\nb = \n", 2), ("a = 1\na = 2\n", 2), ("[t]\nx = [1,\n", 3), ("= 1", 1), ("[a\nb=1", 1)]
)
def test_a_syntax_error_has_its_line(text: str, line: int) -> None:
    values, error = parse(text)
    assert values == {}
    assert error is not None
    assert error[0] == line
