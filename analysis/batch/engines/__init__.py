"""Jobs -> outcomes: a process for each notebook, forked from a preloaded server or spawned, by the system."""
