"""Every chart and every table's body of fifteen packs, by its hash: a district's stand in its own pack alone."""

import csv
import hashlib
import io
from collections import defaultdict

import pytest
from bs4 import BeautifulSoup

from analysis.places import read_places

#: Nobody was interviewed there: both show the province's figures, and call them the province's.
UNSAMPLED = {"912", "914"}


@pytest.fixture(scope="module")
def held(pack_pages):
    """Hash of a chart or a table's body -> (what it is, the codes of the packs that it stands in)."""
    found = defaultdict(lambda: ("", set()))
    for code, html in pack_pages.items():
        soup = BeautifulSoup(html, "html.parser")
        parts = [("image", image["src"], image["alt"]) for image in soup("img")]
        parts += [("table", str(table.tbody), table.caption.get_text()) for table in soup("table")]
        assert len(parts) > 10
        for kind, content, name in parts:
            key = hashlib.sha256(content.encode()).hexdigest()
            found[key] = f"{kind}: {name}", found[key][1] | {code}
    return dict(found)


def test_what_stands_in_several_packs_is_the_province_s(held, pack_pages):
    every = set(pack_pages)
    assert len(every) == 15
    assert [
        (name, codes) for name, codes in held.values() if len(codes) > 1 and codes not in (every, UNSAMPLED)
    ] == []


def test_what_stands_in_all_packs_says_that_it_is_the_province_s(held, pack_pages):
    shared = [name for name, codes in held.values() if codes == set(pack_pages)]
    assert len(shared) > 5
    assert [name for name in shared if "tỉnh" not in name] == []


def test_each_sampled_district_has_charts_and_tables_of_its_own(held, pack_pages):
    for code in pack_pages.keys() - UNSAMPLED:
        own = [name for name, codes in held.values() if codes == {code}]
        assert sum(name.startswith("image") for name in own) >= 2, code
        assert sum(name.startswith("table") for name in own) >= 5, code


def test_rows_beside_a_page_are_of_no_other_district(packs):
    inside = read_places().communes_of("91")
    for file in sorted(packs.index.parent.glob("*/annex.csv")):
        code = file.parent.name[:3]
        if not code.isdigit():
            continue
        rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
        assert {row["place"] for row in rows if row["place_kind"] == "district"} == {code}
        communes = {row["place"] for row in rows if row["place_kind"] == "commune"}
        assert {inside[commune] for commune in communes} <= {code}
