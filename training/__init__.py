"""Training records and class materials -> rows of the results table, and what a page says about them.

`gains`, `items`, `satisfaction`, `coverage` and `transfer` measure, table in and table out; `rules` holds the
circulars in force and our thresholds; `disclosure` says what must be hidden; `results` makes all of it rows of
the same long results table that the survey's estimates use, so that a district's pack can hold both. METHODS.md
says why each decision was taken. `analysis` (but for `analysis/cli.py`) never imports this package.
"""
