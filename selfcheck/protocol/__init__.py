"""Papers and files that a workshop leaves behind: the protocol, a page for each municipality, charts and data."""
