import csv

from data.example import simulate_parindex


def committed():
    with simulate_parindex.FILE.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_the_committed_sheet_is_what_the_script_makes():
    headings, *rows = committed()
    assert tuple(headings) == simulate_parindex.HEADINGS
    assert rows == simulate_parindex.simulate_sheet()


def test_another_seed_makes_another_sheet():
    assert simulate_parindex.simulate_sheet(1) != simulate_parindex.simulate_sheet(2)


def test_every_row_says_that_it_is_simulated():
    headings, *rows = committed()
    assert {row[headings.index("Mô phỏng")] for row in rows} == {"có"}
    assert all("mô phỏng" in row[1] for row in rows)
