"""Measured figures of every class, course and place -> drafts of result rows, before anything is hidden."""
