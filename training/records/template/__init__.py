"""The workbook that a department fills in: sheets, lists, guide and examples, written from the schemas."""
