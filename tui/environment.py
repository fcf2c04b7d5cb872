"""What Textual reads from the environment when imported: import this before it. The user's own values stay."""

import os

DEFAULTS = {
    "TEXTUAL_FPS": "15",
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
}
"""Enough for a screen that changes a few times a second; moving things smoothly only costs bytes over SSH."""

for _name, _value in DEFAULTS.items():
    os.environ.setdefault(_name, _value)
