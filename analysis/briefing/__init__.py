"""Results -> what a page says. Sees results and names, never a respondent.

What notebooks take from here is imported when it is asked for: whoever needs a name alone (a run that finds
nothing changed) does not wait for the drawing library.
"""

_NAMES = (
    "DataPage",
    "Pack",
    "RoundPage",
    "annex",
    "data_checks",
    "methods",
    "open_data_page",
    "open_pack",
    "open_round_page",
    "overview",
    "parindex",
    "sections",
)


def __getattr__(name: str) -> object:
    if name not in _NAMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from analysis.briefing import front

    return getattr(front, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *_NAMES})
