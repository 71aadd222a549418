"""What is said of results, steps, plans, measures and modules, wherever it stands: page, paper, table, command."""
