"""Tells what fired beside the screen: the terminal, a desktop command, a webhook."""
