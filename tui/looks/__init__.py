"""The colours of each theme, for terminals of many colours and of few."""
