"""Files that a department keeps of its classes -> the tables of `Records`, every bad cell named.

`checking.check_files` reads and finds; `store` keeps what is right; `template` writes the workbook
to fill in.
The tables are described in `Records`.
"""

from training.records.records import Records, join_records

__all__ = ["Records", "join_records"]
