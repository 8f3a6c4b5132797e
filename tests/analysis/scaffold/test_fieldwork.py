"""When the interviews were held: what nearly all days say, and how they are written."""

from datetime import date, timedelta

from analysis.scaffold.fieldwork import look_at_days
from tests.analysis.scaffold.tables import profiles


def days(values):
    return look_at_days(profiles({"ngay": values})["ngay"])


def test_a_year_typed_wrongly_does_not_move_the_ends():
    real = [date(2023, 3, 1) + timedelta(days=at % 30) for at in range(1000)]
    found = days([f"{day:%d/%m/%Y}" for day in real] + ["01/03/2003", "30/03/2032"])
    assert (found.start, found.end) == (date(2023, 3, 1), date(2023, 3, 30))
    assert (found.first, found.last) == (date(2003, 3, 1), date(2032, 3, 30))
    assert found.unread == 0


def test_another_form_is_named_behind_the_usual_ones():
    found = days(["01/03/23", "02/03/23", "15/03/23"])
    assert found.start == date(2023, 3, 1)
    assert found.forms[-1] == "dd/mm/yy"


def test_cells_that_are_no_days_are_counted():
    found = days(["01/03/2023", "02/03/2023", "hôm qua"])
    assert (found.unread, found.first) == (1, date(2023, 3, 1))


def test_a_column_of_something_else_has_no_days():
    assert days(["Xã A", "Xã B", "01/03/2023"]) is None
    assert days([1, 2, 3]) is None
