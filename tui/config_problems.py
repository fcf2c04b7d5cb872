"""What is wrong with a setting, in words: what was expected, what was found, and what was probably meant."""

import difflib
import json
from collections.abc import Iterable
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError

Problem = tuple[tuple[str | int, ...], object, str]
"""Where (table, key, index), the value found, and the sentence."""

_EXPECTED = {
    "string": "text", "float": "a number", "int": "a whole number", "bool": "true or false",
    "tuple": "an array", "list": "an array", "dict": "a table", "model": "a table",
}  # fmt: skip
_BOUNDS = {
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "literal_error": "one of {expected}",
    "finite_number": "a finite number",
}


def suggestion(word: str, known: Iterable[str], likeness: float = 0.6) -> str:
    """`; did you mean 'this'?` where a known word is near, else nothing."""
    near = difflib.get_close_matches(word, list(known), 1, likeness)
    return f"; did you mean {near[0]!r}?" if near else ""


def of_validation(error: ValidationError, model: type[BaseModel]) -> list[Problem]:
    """One problem for each of the model's complaints."""
    return [
        (one["loc"][:-1] if one["type"] == "missing" else one["loc"], one["input"], _sentence(dict(one), model))
        for one in error.errors(include_url=False)
    ]


def _sentence(one: dict[str, Any], model: type[BaseModel]) -> str:
    if one["type"] == "extra_forbidden":
        name = str(one["loc"][-1])
        what = "unknown table" if len(one["loc"]) == 1 else "unknown key"
        return what + suggestion(name, _known(model, one["loc"][:-1]))
    if one["type"] == "missing":
        return f"expected the key {one['loc'][-1]!r}, found none"
    found = _found(one["input"])
    if template := _BOUNDS.get(one["type"]):
        return f"expected {template.format(**one.get('ctx', {}))}, found {found}"
    expected = _EXPECTED.get(one["type"].split("_")[0])
    reason = f"expected {expected}" if expected else one["msg"].removeprefix("Value error, ")
    return f"{reason}, found {found}"


def _known(model: type[BaseModel], path: tuple[str | int, ...]) -> Iterable[str]:
    """The keys of the table at `path`. In a table of named tables a name stands before the keys."""
    parts = iter(path)
    for part in parts:
        field = model.model_fields.get(str(part))
        annotation = field.annotation if field else None
        if get_origin(annotation) is dict:
            annotation = get_args(annotation)[1]
            next(parts, None)
        if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
            return ()
        model = annotation
    return model.model_fields


def _found(value: object) -> str:
    if isinstance(value, bool | int | float):
        return json.dumps(value)
    if isinstance(value, str):
        return f"the text {json.dumps(value, ensure_ascii=False)}"
    return "a table" if isinstance(value, dict) else "an array"
