"""Notebooks -> packs: parameters, workers, execute, render, page checks, publish, index, manifest."""
