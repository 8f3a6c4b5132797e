"""A page -> the key of everything it depends on, whether it must be made again, and why, in words."""
