"""A lesson's percent script -> its cells, slides and exercises, checked."""
