"""Jobs -> outcomes: one process a notebook, forked from a preloaded server or spawned, as the system allows."""
