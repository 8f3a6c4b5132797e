"""A lesson -> its notebooks, its slides, its hand-out and its trainer's guide, in one folder."""
