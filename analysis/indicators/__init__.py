"""Respondents + framework rows -> one column an indicator.

`framework` reads the rows valid in a year, `recipes` holds the few ways to turn answers into a
number, `build` applies the recipe each row names.
"""
