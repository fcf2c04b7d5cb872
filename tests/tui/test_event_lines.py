"""`liqtop events` prints the events of the contract and nothing beside them."""

import pytest

from tests.scoring.events_fixture import NOW, connected, traffic
from tui.headless.events import EventLines


@pytest.mark.parametrize("types", [(), ("connected", "traffic")])
def test_how_many_bytes_came_is_not_printed(capfd: pytest.CaptureFixture[str], types: tuple[str, ...]) -> None:
    EventLines((), types).take([connected(NOW), traffic(NOW, NOW + 5_000, 100)])
    (line,) = capfd.readouterr().out.splitlines()
    assert '"type":"connected"' in line
