"""The estimated map: where leverage probably sits, from open interest, taker flow and the mark price's path."""
