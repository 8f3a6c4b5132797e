"""A survey file -> one honest briefing a district. Stages are named by what they make:

respondents   raw file + codebook + places   -> one row a respondent, faults named
indicators    respondents + framework        -> one column an indicator
estimates     indicators + design            -> the results table, every number with its uncertainty
context       published PAPI scores          -> rows of the same table
pipeline      a round's name                 -> the built files, made again only when something changed
briefing      results                        -> sentences, tables, charts; sees no respondent
batch         a notebook a district          -> checked offline pages, index, manifest
cli           the `workbench` command

Imports run one way, down this list (tests/house/test_imports.py).
"""
