"""Survey file + codebook + places -> one checked row a respondent.

`microdata` reads the file as stored, `codebook` says what it should hold, `answers` tells the kinds
of no-answer apart, `checks` finds what does not fit, `build` makes the stage's product.
"""
