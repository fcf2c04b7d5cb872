"""Tables pasted from web pages: lines to typed rows, rows to verdicts, and both to text. Pure: no clock, no I/O."""
