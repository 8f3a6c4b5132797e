"""Notebooks -> packs: targets, parameters, workers, execute, render, checks, publish, index, manifest."""
