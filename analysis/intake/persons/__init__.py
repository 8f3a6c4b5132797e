"""Personal values -> masks, keys, and columns named."""
