"""Training records and class materials -> rows of the results table, and what a page says about them.

The package is for the department's survey-methods training: pre- and post-tests, evaluations and
attendance become rows of the same long results table that the survey's estimates use, so that a
district's pack can hold both; class material will lie here too. None of its parts is built yet:
there is nothing to import. `analysis` (but for `analysis/cli.py`) never imports this package.
"""
