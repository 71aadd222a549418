"""The roadmap by a solver: the domain says what is to be planned and what a plan says (`scoring.roadmap`)."""
