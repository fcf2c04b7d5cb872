"""The screens: the main one, help, and finding a coin."""
