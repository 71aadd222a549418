"""Comparative workshops: several municipalities side by side, without a ranking and without giving anybody away."""
