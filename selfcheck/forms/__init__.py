"""Forms, built from the questionnaire: what is asked stands in the data."""
