"""The blocks of a page -> a Word file to edit and comment: real headings, lists, tables, captions."""
