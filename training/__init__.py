"""Training records and class materials -> rows of the results table, and what a page says about them.

The package is for the department's training on PAPI and PARINDEX: pre- and post-tests, evaluations and
attendance become rows of the same long results table that the survey's estimates use, so that a
district's pack can hold both. `records` reads what a department keeps of its classes, `question_bank` holds
the test items. `analysis` (but for its commands) never imports this package.
"""
