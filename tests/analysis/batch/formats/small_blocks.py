"""A briefing of a title and two sections, for tests of what is made from blocks."""

from analysis.briefing.blocks import Column, Group, Paragraphs, Section, Table, Title

TITLE = Title("", ("UBND",), ("CHXHCN",), "Bản tin", "Năm 2021", "")
TABLE = Table("Điểm", (Column("a"), Column("b", True)), (("x", "1"),))
FIRST = Section("first", "Phần một", (Paragraphs(("một",)), TABLE))
SECOND = Section("second", "Phần hai", (Paragraphs(("hai",)),))
WHOLE = Group((TITLE, FIRST, SECOND))


def html(*blocks):
    return [str(block.markup) for block in blocks]
