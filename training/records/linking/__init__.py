"""Typed sheets -> rows that know their class and their person, and a ledger of what was found on the way."""
