"""What every settings table is."""

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A settings table: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
