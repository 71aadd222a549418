"""Selbstcheck: the application around the domain – files, commands, pages, charts and reports."""

__version__ = "0.1.0"
