"""What a page shows is found again among the briefing's blocks, or named."""

import pytest

from analysis.batch.formats.page_blocks import OtherThanTheBriefing, page_blocks, page_tables, title_of
from tests.analysis.batch.formats.small_blocks import FIRST, SECOND, TABLE, TITLE, WHOLE, html


def test_blocks_come_in_the_page_s_own_order_and_number():
    assert page_blocks(html(SECOND, FIRST), WHOLE) == [SECOND, FIRST]
    assert page_blocks(html(WHOLE), WHOLE) == [WHOLE]
    assert page_blocks([], WHOLE) == []


@pytest.mark.parametrize("spoilt", ["<p>của tôi</p>", str(FIRST.markup).replace("một", "khác"), ""])
def test_what_is_no_part_of_the_briefing_is_named(spoilt):
    with pytest.raises(OtherThanTheBriefing, match="part 2 of the page"):
        page_blocks([*html(TITLE), spoilt], WHOLE)


def test_tables_are_those_on_the_page_with_the_heading_above_them():
    assert page_tables("".join(html(TITLE, FIRST)), WHOLE) == [("Phần một", TABLE)]
    assert page_tables("".join(html(SECOND)), WHOLE) == []


def test_title_is_the_page_s():
    assert title_of(WHOLE) is TITLE
