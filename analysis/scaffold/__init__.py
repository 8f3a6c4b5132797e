"""A folder or a file that nobody has declared yet -> drafts for a person to decide on.

`data_folder` makes a data folder; the other modules read a survey file and draft its round: what is certain
is written, everything else is left empty with its candidates and reasons beside it. Nothing is guessed.
"""
