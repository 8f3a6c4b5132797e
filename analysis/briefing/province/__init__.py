"""A `RoundPage` -> the province's overview: all districts side by side, and never ranked."""
