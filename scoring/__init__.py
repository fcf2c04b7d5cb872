"""What the events mean: ladder, clusters, cascade, checklist. Pure: no clock, no I/O, no randomness."""
