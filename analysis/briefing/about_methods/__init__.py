"""A round's design, rules and METHODS.md -> the page `methods`."""
