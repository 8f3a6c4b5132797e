"""Lessons as percent scripts -> notebooks, slides, hand-outs, test papers and a class kit, all offline.

`<nn>_<name>.py` are the lessons themselves, one source each. `source` reads them, `teaching` holds the
figures and values they call, `checks` judges answers to their exercises, `build` makes notebooks, slides
and hand-outs, `papers` makes test papers of the question bank, `kit` puts a class's folder together.
Nothing but commands imports this package.
"""
