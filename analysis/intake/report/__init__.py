"""Findings + tables -> a workbook with the cells coloured."""
