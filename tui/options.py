"""The options that several commands share, each with the sentence that `--help` shows."""

from pathlib import Path
from typing import Annotated

import typer

Coins = Annotated[
    list[str] | None, typer.Argument(metavar="[COIN...]", help="Coins such as BTC; none: the config's list.")
]
ListName = Annotated[str | None, typer.Option("--list", metavar="NAME", help="A list of coins from the config.")]
Config = Annotated[Path | None, typer.Option(metavar="FILE", help="The config file to use.")]
Gateway = Annotated[str | None, typer.Option(metavar="URL", help="Reroute all exchange traffic through this address.")]
Demo = Annotated[bool, typer.Option("--demo", help="The embedded market instead of live exchanges.")]
Seed = Annotated[int, typer.Option(metavar="N", help="The demo market's seed.")]
Scenario = Annotated[
    str, typer.Option(metavar="NAME", help="The demo's scenario: story, calm, build-up, cascade, rejection, outage.")
]
Replay = Annotated[
    str | None, typer.Option(metavar="TAPE", help="A tape instead of live exchanges; 'sample' is the shipped one.")
]
Seconds = Annotated[
    float | None, typer.Option(metavar="N", min=0.001, help="Stop after so many seconds of the market's time.")
]
Record = Annotated[Path | None, typer.Option(metavar="TAPE", help="Write raw frames to this tape as well.")]
Theme = Annotated[
    str | None, typer.Option(metavar="NAME", help="Colour theme: dark, light, colourblind, contrast, terminal.")
]
Fps = Annotated[float | None, typer.Option(metavar="N", help="How often a second the screen is painted.")]
Bandwidth = Annotated[
    str | None, typer.Option(metavar="RATE", help="Bytes a second that the terminal is sent at most, such as 4k.")
]
Language = Annotated[str | None, typer.Option(metavar="NAME", help="Language of labels: en, ru, zh or auto.")]
NoStore = Annotated[bool, typer.Option("--no-store", help="Store nothing, and read nothing of earlier runs.")]
NoMouse = Annotated[bool, typer.Option("--no-mouse", help="Leave the mouse to the terminal.")]
Ascii = Annotated[bool, typer.Option("--ascii", help="Draw with ASCII characters only.")]
Headless = Annotated[bool, typer.Option("--headless", help="No screen: fold everything and print the 24 h totals.")]
Json = Annotated[bool, typer.Option("--json", help="With --headless: one JSON object.")]
