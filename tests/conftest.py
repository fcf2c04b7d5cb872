"""What all tests share."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def data_folder() -> Path:
    """The folder of large recordings; tests that want it are skipped where it is not given."""
    folder = os.environ.get("LIQTOP_DATA")
    if not folder:
        pytest.skip("LIQTOP_DATA is not set")
    return Path(folder)
