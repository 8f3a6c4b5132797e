"""What a page was made from, then and now -> why it must be made again, in words."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.briefing.wording import LANGUAGES, read_wording

#: Parts that say the same as others do, in fewer words: named only where nothing else is different.
_ECHOES = ("stated", "head", "table:findings")
#: What changed -> whether it is data, a rule or the program (docs: the words of `workbench diff`).
DATA, RULE, CODE = "data", "rule", "code"
_CAUSES = {"rows": DATA, "data": DATA, "table": DATA, "rules": RULE, "parameters": RULE, "formats": RULE}
#: Reasons that are not about a part.
FORCED, NEW, ALTERED, UNKNOWN = "forced", "new", "altered", "unknown"
#: At most this many reasons are said of one page.
SAID = 4


@dataclass(frozen=True, order=True)
class Reason:
    """Why a page is made again.

    Attributes
    ----------
    what : str
        A part's name ("rows:district:survey"), or one of FORCED, NEW, ALTERED, UNKNOWN.
    """

    what: str

    @property
    def cause(self) -> str:
        """DATA, RULE or CODE; empty of what is none."""
        first = self.what.split(":")[0]
        if first in (FORCED, NEW, ALTERED, UNKNOWN):
            return ""
        return _CAUSES.get(first, CODE)

    def say(self, language: str) -> str:
        """The reason as a sentence's part, without a full stop."""
        words = {key: texts[language] for key, texts in read_wording().items() if key.startswith("why_")}
        first, *rest = self.what.split(":")
        if first == "rows":
            place, source = rest
            return words["why_rows"].format(
                whose=words[f"why_of_{place}"], source=words.get(_source(source), source)
            )
        if first == "rules":
            return words["why_rules"].format(which=words[f"why_rules_{rest[0]}"])
        if first in ("data", "table"):
            return words.get(f"why_{first}_{rest[0]}", words[f"why_{first}"]).format(name=rest[0])
        return words[f"why_{first}"]


def _source(source: str) -> str:
    return f"why_source_{source.replace('-', '_')}"


def changed_parts(before: dict[str, str], now: dict[str, str]) -> list[Reason]:
    """The parts that are different, gone or new, in the order of their names."""
    names = [name for name in sorted(before.keys() | now.keys()) if before.get(name) != now.get(name)]
    clear = [name for name in names if name not in _ECHOES]
    return [Reason(name) for name in clear or names]


def say_reasons(reasons: list[Reason]) -> dict[str, str]:
    """Language -> the reasons in one phrase."""
    said = {}
    for language in LANGUAGES:
        texts = list(dict.fromkeys(reason.say(language) for reason in reasons))
        more = [f"… (+{len(texts) - SAID})"] if len(texts) > SAID else []
        said[language] = "; ".join([*texts[:SAID], *more])
    return said
