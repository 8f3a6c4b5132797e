"""The notebook `explore`: a round asked by choosing instead of typing, with the line that gives the same.

Choices lie in `choices`, what is chosen in `chosen`, the widgets in `form`, what they show in `results`.
"""

from analysis.explore.panel.opened_panel import Panel, open_panel

__all__ = ["Panel", "open_panel"]
