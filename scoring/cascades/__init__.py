"""Cascades: what is measured of them, their states, what sampling feeds hide, and how good the warnings are."""
