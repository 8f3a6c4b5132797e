"""A table of estimates -> the same table, which a notebook shows in words and which draws itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from analysis.briefing.blocks import Image
    from analysis.explore.words import Words


class Estimates(pd.DataFrame):
    """A DataFrame as any other; what is cut, filtered or computed from it is a plain DataFrame.

    Examples
    --------
    >>> by_sex = s.mean("D2", by="sex")
    >>> chart = by_sex.chart()                      # intervals are always drawn; chart.svg, chart.png()
    >>> type(by_sex[["estimate", "se"]]).__name__
    'DataFrame'
    """

    _metadata = ["_words"]

    @classmethod
    def of(cls, table: pd.DataFrame, words: Words) -> Estimates:
        made = cls(table)
        made._words = words
        return made

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame

    def chart(self) -> Image:
        """Dots with their intervals, a panel a measure; withheld numbers as their sign.

        Returns
        -------
        Image
            A notebook shows it; `.svg` and `.png()` are its bytes.
        """
        from analysis.explore.charts import draw_estimates

        return draw_estimates(self, self._words)

    def _repr_html_(self) -> str:
        from analysis.explore.shown import estimates_table, in_notebook, with_band

        words = getattr(self, "_words", None)
        if words is None:
            return pd.DataFrame(self)._repr_html_()
        caption = words.say("results_of", place=words.whole, round=words.labels.round.title(words.language))
        return in_notebook(with_band(words, estimates_table(self, words, caption)))
