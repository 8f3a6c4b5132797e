"""A class -> the folder on its USB stick: slides, hand-outs, exercises, test papers, forms, the workbook to
fill in."""
