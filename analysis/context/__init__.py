"""What is not our survey: figures published by others -> tables and rows of the results table.

`published` holds the PAPI scores of 63 provinces, 2011-2024, their ranks, and the years in which a
measure changed so that earlier and later figures cannot be compared.
"""
