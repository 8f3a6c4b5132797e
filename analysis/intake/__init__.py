"""Any file that holds a table -> text with its address and named faults, then values of declared types.

One door for surveys, class lists and administrative tables. `reading.read_tables` opens the file; nothing is
typed, recoded or dropped there. What a column means is declared (`schema`) and only then applied.
"""
