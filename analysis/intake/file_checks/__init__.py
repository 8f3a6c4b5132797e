"""A table without a schema -> what looks wrong in it."""
