"""What all tests share."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """The user's own folders are none of a test's business, nor of a process that it starts."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.setenv(name, str(home))
    for name in ("USERPROFILE", "LOCALAPPDATA", "APPDATA"):  # the same on Windows
        monkeypatch.setenv(name, str(home))


@pytest.fixture
def data_folder() -> Path:
    """The folder of large recordings; tests that want it are skipped where it is not given."""
    folder = os.environ.get("LIQTOP_DATA")
    if not folder:
        pytest.skip("LIQTOP_DATA is not set")
    return Path(folder)
