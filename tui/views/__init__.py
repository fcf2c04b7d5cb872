"""Pure functions from a market view, the reader's controls and a size to rows of styled text."""
