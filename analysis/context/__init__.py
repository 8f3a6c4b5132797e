"""What is not our survey: figures published by others -> tables and rows of the results table.

`published` holds the PAPI scores of 63 provinces, 2011-2024, their ranks, and the years in which a
measure changed so that earlier and later figures cannot be compared; `compared` sets one province
beside its region and the country. `parindex` and the modules named after it hold the administrative reform
index.

`directive` holds Letter 324's tasks, targets and what they bear on; `administrative` the counts that
districts and communes send in, and progress against the targets.
"""
