import json
from datetime import date

import pandas as pd
import pytest

from analysis.errors import BadRows, MissingFile, PacksFolderProblem, UnreadableFile
from analysis.keeping.purge import plan_purge, purge
from tests.training.records.class_book import good_rows, write_book
from training.records.checking import check_files
from training.records.records import COLUMNS
from training.records.store.stored import (
    copy_to_raw,
    import_name,
    import_names,
    read_records,
    records_folder,
    store_records,
)

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))


@pytest.fixture
def data(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    (folder / "raw").mkdir(parents=True)
    monkeypatch.setenv("WORKBENCH_DATA", str(folder))
    return folder


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return write_book(tmp_path_factory.mktemp("books") / "lop.xlsx")


@pytest.fixture(scope="module")
def checked(book):
    return check_files([book], KEY)


def rows_of(*classes):
    return {
        name: [row for row in rows if row.get("class_id", classes[0]) in classes]
        for name, rows in good_rows().items()
    }


def test_records_come_back_as_they_were_stored(data, checked):
    folder = store_records(checked, "lop", KEY)
    assert folder == records_folder() / "lop" and import_names() == ["lop"]
    back = read_records()
    for name, table in checked.records.tables().items():
        pd.testing.assert_frame_equal(getattr(back, name), table)
    assert {path.stem for path in folder.glob("*.parquet")} == {*COLUMNS, "findings"}


def test_a_name_that_is_taken_needs_to_be_replaced_on_purpose(data, checked):
    store_records(checked, "lop", KEY)
    with pytest.raises(BadRows):
        store_records(checked, "lop", KEY)
    store_records(checked, "lop", KEY, replace=True)
    assert len(read_records().classes) == 2


@pytest.mark.parametrize("name", ["", "Lớp", "a/b", "../x", "-a", "a" * 90])
def test_a_name_that_is_no_plain_one_is_refused(data, checked, name):
    with pytest.raises(BadRows):
        store_records(checked, name, KEY)
    assert not records_folder().exists()


def test_a_class_is_in_one_import_only(data, checked):
    store_records(checked, "lop", KEY)
    with pytest.raises(BadRows) as fault:
        store_records(checked, "khac", KEY)
    assert "K01, K02" in str(fault.value) and "--name lop --replace" in str(fault.value)
    assert import_names() == ["lop"]


def test_two_imports_are_read_as_one_and_by_name(data, tmp_path):
    for class_id in ("K01", "K02"):
        path = write_book(tmp_path / f"{class_id}.xlsx", rows_of(class_id))
        store_records(check_files([path], KEY), class_id.lower(), KEY)
    assert read_records().classes["class_id"].tolist() == ["K01", "K02"]
    assert len(read_records().courses) == 1 and len(read_records().plan) == 4
    assert read_records(["k02"]).classes["class_id"].tolist() == ["K02"]


def test_imports_of_two_keys_are_not_mixed(data, tmp_path):
    for class_id, key in (("K01", KEY), ("K02", OTHER)):
        path = write_book(tmp_path / f"{class_id}.xlsx", rows_of(class_id))
        store_records(check_files([path], key), class_id.lower(), key)
    with pytest.raises(BadRows):
        read_records()
    assert len(read_records(["k01"]).classes) == 1


def test_nothing_stored_and_an_unknown_name_are_said(data, checked):
    with pytest.raises(MissingFile):
        read_records()
    store_records(checked, "lop", KEY)
    with pytest.raises(MissingFile) as fault:
        read_records(["k99"])
    assert "k99" in str(fault.value)


@pytest.mark.parametrize("harm", ["cut", "gone", "sidecar"])
def test_a_file_that_was_changed_is_refused(data, checked, harm):
    folder = store_records(checked, "lop", KEY)
    path = folder / "scores.parquet"
    if harm == "cut":
        path.write_bytes(path.read_bytes()[:-10])
    elif harm == "gone":
        path.unlink()
    else:
        (folder / "classes.json").write_text("{", "utf-8")
    with pytest.raises(UnreadableFile):
        read_records()


def test_a_finding_that_stops_stores_nothing(data, tmp_path):
    rows = good_rows()
    rows["classes"][0]["start"] = None
    bad = check_files([write_book(tmp_path / "sai.xlsx", rows)], KEY)
    with pytest.raises(BadRows):
        store_records(bad, "sai", KEY)
    assert not records_folder().exists()


def test_the_sidecar_names_files_of_raw_and_hashes_of_all(data, checked, book):
    kept = copy_to_raw([book])
    store_records(checked, "lop", KEY, kept)
    about = json.loads((records_folder() / "lop/scores.json").read_text("utf-8"))
    assert about["raw"] == ["raw/lop.xlsx"] and len(about["sources"]) == 1
    assert about["simulated"] is True


def test_another_file_of_the_same_name_is_not_written_over(data, book, tmp_path):
    copy_to_raw([book])
    other = tmp_path / "other/lop.xlsx"
    other.parent.mkdir()
    other.write_bytes(b"another")
    with pytest.raises(PacksFolderProblem):
        copy_to_raw([other])
    assert (data / "raw/lop.xlsx").read_bytes() == book.read_bytes()


def test_a_purge_takes_the_records_with_the_file_they_were_made_of(data, checked, book, tmp_path):
    store_records(checked, "lop", KEY, copy_to_raw([book]))
    (data / "retention.csv").write_text(
        "file,survey_round,delete_after,results_after,reason,by,date\n"
        "raw/lop.xlsx,,2022-12-31,,hết hạn,SNV,2021-12-31\n",
        "utf-8",
    )
    packs = tmp_path / "packs"
    assert plan_purge(data, packs, {}, date(2022, 12, 31)).empty
    plan = purge(data, packs, {}, date(2023, 1, 1), dry_run=False)
    assert set(plan["state"]) == {"removed"} and len(plan) == 1 + 2 * (len(COLUMNS) + 1)
    assert not (data / "raw/lop.xlsx").exists()
    assert list(records_folder().rglob("*.*")) == []
    with pytest.raises(MissingFile):
        read_records()


def test_records_of_another_file_stay_when_one_is_purged(data, tmp_path):
    for class_id in ("K01", "K02"):
        path = write_book(data / f"raw/{class_id}.xlsx", rows_of(class_id))
        store_records(check_files([path], KEY), class_id.lower(), KEY, [path])
    (data / "retention.csv").write_text(
        "file,survey_round,delete_after,results_after,reason,by,date\n"
        "raw/K01.xlsx,,2022-12-31,,hết hạn,SNV,2021-12-31\n"
        "raw/K02.xlsx,,2030-12-31,,còn dùng,SNV,2021-12-31\n",
        "utf-8",
    )
    purge(data, tmp_path / "packs", {}, date(2023, 1, 1), dry_run=False)
    assert read_records().classes["class_id"].tolist() == ["K02"]


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (["Lớp K01 (PAPI).xlsx"], "lop-k01-papi"),
        (["Trần_Văn_Bình.xlsx", "K01.xlsx"], "k01"),
        (["...xlsx"], "records"),
        (["postgresql://maychu/hoso"], "hoso"),
    ],
)
def test_an_import_is_called_after_its_files_but_not_after_a_person(files, name):
    assert import_name(files) == name
