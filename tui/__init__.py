"""The command line and the terminal monitor."""

VERSION = "0.1.0"
