"""One program and its exchanges for all tests of a module, so that a fault is one of many in a long session."""

import pytest


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    return "asyncio"
