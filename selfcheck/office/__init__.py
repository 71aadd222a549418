"""Word and PowerPoint files share their inside: packages, markup, and ZIP files that are equal for equal content."""
