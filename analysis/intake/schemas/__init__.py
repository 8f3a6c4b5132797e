"""Declared columns + a `RawTable` -> typed columns and a finding for each bad cell."""
