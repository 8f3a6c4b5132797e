"""The template is filled in place: every key stays, reasons above, decisions marked."""

import tomllib

from analysis import paths
from analysis.scaffold.roles import Reason
from analysis.scaffold.settings_draft import Fill, fill_template

TEMPLATE = '# old head\n\nyear = 0   # when\n[columns]\ncommune = ""   # may stay\n\n# groups\n[groups.sex]\nvariable = "x"\n\n[quality]\nlevel = 0.95\n'


def test_values_reasons_and_decisions_stand_at_their_key():
    fills = {
        "year": Fill(2023, (Reason("từ tên", "from the name"),)),
        "columns.commune": Fill("xã", (), Reason("cột nào", "which column")),
        "absent": Fill(1),
    }
    text = fill_template(TEMPLATE, fills, ["[groups.mine]", 'variable = "y"', ""], ["# new head"])
    assert tomllib.loads(text) == {
        "year": 2023, "columns": {"commune": "xã"}, "groups": {"mine": {"variable": "y"}}, "quality": {"level": 0.95},
    }  # fmt: skip
    lines = text.splitlines()
    assert lines[0] == "# new head"
    assert lines[lines.index("# từ tên / from the name") + 1].startswith("year = 2023")
    assert "# decide: columns.commune — cột nào / which column" in lines
    assert "# may stay" in text
    assert "old head" not in text


def test_the_real_template_keeps_every_key_when_nothing_is_filled():
    template = paths.rows_file("rounds", "_template.toml").read_text("utf-8")
    before = tomllib.loads(template)
    after = tomllib.loads(fill_template(template, {}, [], []))
    assert after == {key: value for key, value in before.items() if key != "groups"}
