"""The commands of `workbench`, by what they are for; `analysis.cli` puts them together.

`packs` builds, `checks` looks, `explore` asks, `start` begins with a folder or a file, `training` reads the
records of classes, `keeping` removes and guards. What a command needs is imported when it runs, so that
`workbench --help` answers at once.
"""
