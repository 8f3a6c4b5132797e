"""For analysts in JupyterLab: one round's estimates in a line each, with the packs' own engine."""
