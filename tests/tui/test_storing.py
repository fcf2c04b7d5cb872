"""The store in the program: what its lines say, and what became of clusters outliving the program."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from feeds.store import Document
from feeds.store_settings import StoreSettings
from scoring.record.hits import HitRecord
from scoring.record.prediction import Fate, Prediction
from scoring.settings import ScoringSettings
from scoring.view import Preset
from tests.feeds.store.making import NOW, QUICK, liquidation, trade, until, writing
from tui.fates import VERSION, FateKeeper, Fates, document_of, fates_of
from tui.storing import Storing, store_file

SETTINGS = ScoringSettings()


def fate(number: int, coin: str = "BTC", preset: Preset = "observed") -> Fate:
    one = Prediction(
        coin=coin, identity=number, side="above", level=71_000.0 + number, chance=0.5, mirror=69_000.0,
        shifted=70_500.0, shifted_chance=0.6, usd=1e6, price=70_000.0, sigma=0.03, at_ms=NOW + number,
        due_ms=NOW + number + 1000, lens="24h", preset=preset,
    )  # fmt: skip
    return Fate(one, True, False, True, NOW + number + 500)


@pytest.fixture
def storing(tmp_path: Path) -> Iterator[Storing]:
    settings = QUICK.model_copy(update={"path": str(tmp_path / "store.sqlite3")})
    one = Storing(settings, SETTINGS.map, lambda: NOW)
    yield one
    one.close()


def test_a_fate_comes_back_as_it_went() -> None:
    assert fates_of([document_of(fate(1))]) == Fates({"BTC": [fate(1)]})


def test_fates_of_another_version_or_that_are_none_are_counted_and_left_out() -> None:
    good = document_of(fate(1))
    bad = [
        replace(good, version=VERSION + 1),
        replace(good, payload=b"{}"),
        replace(good, payload=b"\xff"),
        replace(good, payload=msgspec.json.encode(fate(1)).replace(b'"above"', b'"beside"')),
    ]
    assert fates_of([*bad, good]) == Fates({"BTC": [fate(1)]}, unreadable=4)


def test_a_record_gets_its_past_once_and_tells_each_new_fate_once() -> None:
    keeper, record = FateKeeper("24h", "observed"), HitRecord(SETTINGS.record)
    keeper.recall(Fates({"BTC": [fate(1), fate(2, preset="flat")], "ETH": [fate(3, "ETH")]}))
    assert keeper.work({"BTC": record}, NOW) == []
    assert record.fates() == (fate(1),), "those of another mix of leverage are of another map"
    record._fates.append(new := fate(4))
    assert keeper.work({"BTC": record}, NOW + 59_999) == [], "it looks once a minute"
    assert keeper.work({"BTC": record}, NOW + 60_000) == [document_of(new)]
    assert keeper.work({"BTC": record}, NOW + 120_000) == []


def test_nothing_is_told_before_the_past_is_known() -> None:
    keeper, record = FateKeeper("24h", "observed"), HitRecord(SETTINGS.record)
    record._fates.append(fate(1))
    assert keeper.work({"BTC": record}, NOW) == []
    keeper.recall(Fates({}))
    assert keeper.work({"BTC": record}, NOW) == [document_of(fate(1))]


def test_all_is_well_in_one_line_and_nothing_in_the_status_bar(storing: Storing) -> None:
    assert storing.lines() == ("", ()), "not opened yet"
    store = storing.open()
    assert store is not None
    store.put([liquidation(), trade()])
    until(lambda: store.status().written_rows == 2)
    line, notes = storing.lines()
    assert line.startswith(f"{storing.path}, 0.1 MB, 2 rows written, 0 wait, last commit ")
    assert notes == ()


def test_it_is_opened_once_and_never_again_once_closed(storing: Storing) -> None:
    assert storing.open() is storing.open() is not None
    assert storing.close() == ""
    assert storing.open() is None


def test_what_could_not_be_written_is_told_on_the_way_out(storing: Storing, tmp_path: Path) -> None:
    store = storing.open()
    assert store is not None
    until(lambda: not store.status().trouble)
    (tmp_path / "store.sqlite3").unlink()
    (tmp_path / "store.sqlite3").mkdir()  # in its place: nothing can be written there any more
    store.put([liquidation()])
    until(lambda: store.status().trouble)
    (note,) = (line for line in storing.lines()[1] if "not storing since" in line)
    assert note.endswith(", 1 rows wait")
    assert storing.close().endswith("1 rows were not stored")


def test_a_second_one_says_so(storing: Storing) -> None:
    with writing(storing.path):
        assert storing.open() is not None
        line, (note,) = storing.lines()
    assert "only read" in line
    assert note.startswith("store: another liqtop (process ")


def test_unreadable_fates_are_told(storing: Storing) -> None:
    with writing(storing.path) as store:
        store.put_fates([Document("k", NOW, VERSION + 1, b"{}")])
    storing.open()
    assert storing.lines()[1] == ("store: 1 stored fates of clusters can't be read and were left out",)


def test_the_file_is_the_settings_or_in_the_users_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert store_file(StoreSettings(path="~/s")) == tmp_path / "s"
    assert tmp_path in store_file(StoreSettings()).parents
    assert store_file(StoreSettings()).name == "store.sqlite3"
