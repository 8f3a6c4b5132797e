"""`workbench lab`: a folder to work in, JupyterLab's settings, and JupyterLab opened on them without a network."""
