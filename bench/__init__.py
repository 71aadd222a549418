"""Measurements: how long our own work takes beside that of others, as ratios within one run."""
