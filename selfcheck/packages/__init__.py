"""Signed packages that carry the values of one municipality to an agency's installation: the files, without a database."""
