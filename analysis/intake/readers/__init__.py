"""A file of any usual format -> `RawTable`s, each cell with its address."""
