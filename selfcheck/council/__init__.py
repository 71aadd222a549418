"""Papers for the council and its committees: what people decide, and everything else from the findings."""
