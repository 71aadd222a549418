"""Word: the writer, its file, styles and tables, and the house template of a municipality."""
