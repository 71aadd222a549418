"""Results as data for other programs: plain data for JSON here, workbooks and flat files in `selfcheck.tables.files`."""

from selfcheck.tables.results import exact_values, plain, result_data

__all__ = ["exact_values", "plain", "result_data"]
