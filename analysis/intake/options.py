"""What is declared about a file's reading -> how a message names it: the option, and the key of a round."""

from __future__ import annotations


def by_option(name: str, value: str = "") -> tuple[str, str]:
    """How something is declared, Vietnamese and English.

    Parameters
    ----------
    name : str
        A keyword of `analysis.intake.reading.read_tables`, such as "header_row".
    value : str, optional
        What to give.

    Examples
    --------
    >>> by_option("legacy", "tcvn3")[1]
    '--legacy tcvn3 (in a round: [file_format] legacy)'
    """
    option = " ".join(filter(None, [f"--{name.replace('_', '-')}", value]))
    return (
        f"{option} (trong cấu hình vòng: [file_format] {name})",
        f"{option} (in a round: [file_format] {name})",
    )
