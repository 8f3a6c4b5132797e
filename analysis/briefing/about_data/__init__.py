"""How a round's files were read and what was found in them -> the page `data_checks`."""
