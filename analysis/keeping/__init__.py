"""How long files may be kept -> what must go, what went, and a line about each."""
