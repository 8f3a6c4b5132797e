"""`workbench lab`: a folder to work in, JupyterLab's settings, and how it is opened with nothing fetched."""
