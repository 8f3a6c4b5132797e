"""Test items as rows, with their keys, objectives and lessons -> the bank, checked.

`bank_rows` reads the rows, `bank_checks` finds what is wrong with them.
"""
