"""Bytes and typed text -> Unicode text, numbers and dates, with what was done to them."""
