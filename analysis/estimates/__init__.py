"""Indicators + design -> results: design, scores, composites, contrasts, intervals, quality, rows."""
