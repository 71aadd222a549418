"""The questions of the context by which municipalities are compared, where a questionnaire has them."""

KIND, STATE, SIZE = "K1", "K2", "K3"
"""Kind of municipality, federal state, inhabitants."""
