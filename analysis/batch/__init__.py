"""Notebooks -> packs: parameters, run, render, page checks, index, manifest."""
