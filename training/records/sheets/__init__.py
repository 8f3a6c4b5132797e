"""Workbooks and databases -> sheets of declared kinds, typed."""
