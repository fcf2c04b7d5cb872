"""Settings: defaults, files, options, and what is said about a wrong one."""

from pathlib import Path

import pytest

from tui.exits import BadUsage
from tui.settings import DEFAULT_COINS, Settings, load, search_order


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder and a config home in which nobody has a config yet."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("LIQTOP_CONFIG", raising=False)
    return tmp_path


def complaints(text: str, **options: tuple[tuple[str, ...], str, object]) -> list[str]:
    Path("my.toml").write_text(text)
    with pytest.raises(BadUsage) as raised:
        load("my.toml", {keys: (name, value) for keys, name, value in options.values()})
    return list(raised.value.lines)


def test_without_a_file_every_setting_is_its_default() -> None:
    loaded = load()
    assert loaded.settings == Settings()
    assert (loaded.file, loaded.origins) == (None, {})


def test_a_file_changes_what_it_names_and_nothing_else() -> None:
    Path("config.toml").write_text('[network]\nvenues = ["okx"]\n')
    loaded = load()
    assert loaded.settings.network.venues == ("okx",)
    assert loaded.settings.connection == Settings().connection
    assert loaded.origins == {("network", "venues"): "config.toml:2"}


def test_the_first_place_that_has_a_file_wins(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The option, then the variable, then the working folder, then the user's config folder."""
    for name in ("option.toml", "variable.toml", "config.toml", "home/liqtop/config.toml"):
        (own_folder / name).parent.mkdir(parents=True, exist_ok=True)
        (own_folder / name).write_text(f'lists.default = ["{name[:4].upper()}"]')
    monkeypatch.setenv("LIQTOP_CONFIG", "variable.toml")
    found = [load("option.toml").coins()]
    found.append(load().coins())
    monkeypatch.delenv("LIQTOP_CONFIG")
    found.append(load().coins())
    (own_folder / "config.toml").unlink()
    found.append(load().coins())
    assert found == [("OPTI",), ("VARI",), ("CONF",), ("HOME",)]


def test_a_file_that_was_named_has_to_exist(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIQTOP_CONFIG", "absent.toml")
    with pytest.raises(BadUsage, match=r"^LIQTOP_CONFIG: no such file: absent.toml$"):
        load()


def test_an_unknown_key_is_told_with_its_line_and_a_suggestion() -> None:
    text = '# mine\n[network]\ngatway = "x"\n'
    assert complaints(text) == ["my.toml:3: [network] gatway: unknown key; did you mean 'gateway'?"]


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = """\
[conection]
a = 1
[network]
venues = ["binance", "bybti"]
gateway = "localhost:9000"
[connection]
open_seconds = "ten"
max_frame_bytes = 1.5
backoff_first_seconds = -1
refused_seconds = nan
[display]
mouse = 1
theme = "drak"
[lists]
alts = ["PEPE", "BTCUSDT", "1000PEPE", 3]
"""
    known = (
        "expected one of binance, bitget, bitmex, bybit, coinbase, deribit, gate, htx, hyperliquid, okx; "
        "did you mean 'bybit'?"
    )
    assert complaints(text) == [
        "my.toml:1: [conection]: unknown table; did you mean 'connection'?",
        f"my.toml:4: [network] venues: unknown venue 'bybti', {known}",
        'my.toml:5: [network] gateway: expected an address such as "http://127.0.0.1:9000", found "localhost:9000"',
        'my.toml:7: [connection] open_seconds: expected a number, found the text "ten"',
        "my.toml:8: [connection] max_frame_bytes: expected a whole number, found 1.5",
        "my.toml:9: [connection] backoff_first_seconds: expected more than 0.0, found -1",
        "my.toml:10: [connection] refused_seconds: expected a finite number, found nan",
        "my.toml:12: [display] mouse: expected true or false, found 1",
        "my.toml:13: [display] theme: expected one of 'dark', 'light', 'colourblind', 'contrast' or 'terminal', "
        'found the text "drak"',
        "my.toml:15: [lists] alts: expected a coin such as 'BTC', found 'BTCUSDT'; did you mean 'BTC'?",
        "my.toml:15: [lists] alts: expected a coin such as 'BTC', found '1000PEPE'; did you mean 'PEPE'?",
        "my.toml:15: [lists] alts: expected text, found 3",
    ]


@pytest.mark.parametrize(("text", "line"), [("[network]\ngateway =\n", 2), ("[network]\nvenues = [\n", 3)])
def test_broken_toml_is_told_with_its_line(text: str, line: int) -> None:
    (complaint,) = complaints(text)
    assert complaint.startswith(f"my.toml:{line}: ")


def test_a_file_that_is_no_text_is_told() -> None:
    Path("my.toml").write_bytes(b"\xff\xfe[")
    with pytest.raises(BadUsage, match="expected UTF-8 text, found byte 0xff"):
        load("my.toml")


def test_an_option_overrides_the_file_and_is_named_when_it_is_wrong() -> None:
    Path("config.toml").write_text("display.frames_per_second = 2\n")
    keys = ("display", "frames_per_second")
    loaded = load(None, {keys: ("--fps", 8.0)})
    assert loaded.settings.display.frames_per_second == 8
    assert loaded.origins[keys] == "--fps"
    assert complaints("", fps=(keys, "--fps", -1.0)) == ["--fps: expected more than 0.0, found -1.0"]


def test_own_lists_join_the_shipped_one_and_spell_coins_alike() -> None:
    Path("config.toml").write_text('lists.alts = ["wif", "POPCAT", "WIF"]\n')
    loaded = load()
    assert loaded.coins("alts") == ("WIF", "POPCAT")
    assert loaded.coins() == DEFAULT_COINS


LISTS = """\
lists.memes = ["WIF", "POPCAT"]
lists.alts = { coins = ["SOL", "BTC", "ETH"], venues = ["okx", "bybit"] }
lists.default = ["BTC"]
"""


def test_lists_and_their_coins_keep_the_order_of_the_file() -> None:
    Path("config.toml").write_text(LISTS)
    loaded = load()
    assert list(loaded.settings.lists) == ["memes", "alts", "default"]
    assert loaded.coins("alts") == ("SOL", "BTC", "ETH")


def test_a_list_is_watched_on_its_exchanges_that_the_network_has_too() -> None:
    """In the network's order; a list without exchanges of its own restricts nothing."""
    Path("config.toml").write_text('network.venues = ["bybit", "htx", "okx"]\n' + LISTS)
    loaded = load()
    assert (loaded.venues("alts"), loaded.venues("memes")) == (("bybit", "okx"), ())
    assert loaded.settings.on(loaded.venues("alts")).network.venues == ("bybit", "okx")
    assert loaded.settings.on(loaded.venues("memes")).network.venues == ("bybit", "htx", "okx")


def test_a_list_with_mistakes_is_told_line_by_line() -> None:
    text = """\
[network]
venues = ["okx"]
[lists]
a = { coin = ["WIF"] }
b = { coins = [], venues = [] }
c = { coins = ["WIF"], venues = ["binanse"] }
d = 3
e = { coins = ["BTCUSDT"], venues = ["binance", "bybit"] }
f = []
[lists.g]
coins = "BTC"
"""
    told = complaints(text)
    assert told.pop(4).startswith("my.toml:6: [lists] c.venues: unknown venue 'binanse', expected one of binance, ")
    assert told == [
        "my.toml:4: [lists] a: expected the key 'coins', found none",
        "my.toml:4: [lists] a.coin: unknown key; did you mean 'coins'?",
        "my.toml:5: [lists] b.coins: expected at least one coin, found none",
        "my.toml:5: [lists] b.venues: expected at least one exchange, found none",
        "my.toml:7: [lists] d: expected an array, found 3",
        "my.toml:8: [lists] e.coins: expected a coin such as 'BTC', found 'BTCUSDT'; did you mean 'BTC'?",
        "my.toml:8: [lists] e.venues: expected at least one of [network] venues (okx), found binance, bybit",
        "my.toml:9: [lists] f: expected at least one coin, found none",
        'my.toml:11: [lists] g.coins: expected an array, found the text "BTC"',
    ]


def test_an_unknown_list_is_told_with_a_suggestion() -> None:
    with pytest.raises(BadUsage, match=r"no list 'defalt', the config has: default; did you mean 'default'\?"):
        load().coins("defalt")


def test_the_layers_tables_do_not_overlap() -> None:
    """`Settings` inherits from both layers, so one table name in both would hide the other."""
    from feeds.settings import FeedsSettings
    from scoring.settings import ScoringSettings

    assert not set(FeedsSettings.model_fields) & set(ScoringSettings.model_fields)


def test_the_users_own_place_comes_last(own_folder: Path) -> None:
    assert search_order()[-1][1] == own_folder / "home/liqtop/config.toml"


@pytest.mark.parametrize(("table", "key"), [("export", "folder"), ("store", "path"), ("journal", "path")])
def test_a_path_below_nobodys_home_is_told_where_the_config_is_read(table: str, key: str) -> None:
    (line,) = complaints(f'[{table}]\n{key} = "~nobody-by-this-name/x"\n')
    assert line == (
        f"my.toml:2: [{table}] {key}: expected a path, found '~nobody-by-this-name/x', and there is no such user"
    )


def test_a_path_with_a_character_that_no_path_has_is_told() -> None:
    (line,) = complaints('[export]\nfolder = "a\\u0000b"\n')
    assert line == "my.toml:2: [export] folder: expected a path, found 'a\\x00b', which has a NUL in it"


def test_a_misspelled_default_list_is_told() -> None:
    (line,) = complaints('[lists]\ndefualt = ["POPCAT"]\n')
    assert line == (
        "my.toml:2: [lists] defualt: without a list 'default' the built-in coins are watched; did you mean 'default'?"
    )


def test_other_lists_need_no_default() -> None:
    Path("my.toml").write_text('[lists]\nmajors = ["POPCAT"]\n')
    assert load("my.toml").coins("majors") == ("POPCAT",)
    assert load("my.toml").coins() == DEFAULT_COINS
