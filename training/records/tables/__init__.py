"""Rows that know their class and their person -> the tables of `Records`."""
