"""A class -> the folder on its USB stick: slides, hand-outs, exercises, papers, forms, the workbook."""
