"""Reports: one outline of blocks, one writer for each format."""
