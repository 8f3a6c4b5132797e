"""The administrative reform index of the province -> the page `parindex`."""
