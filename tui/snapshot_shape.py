"""What every object of the snapshot's JSON schema is, and the one that stands for what is not known."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """An object with exactly these keys. A docstring under a key says what it means."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


class Unknown(Shape):
    """Stands for what is not known."""

    value: None
    reason: str
    """Why it is not known."""
