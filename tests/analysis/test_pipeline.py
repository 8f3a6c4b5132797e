"""A round's file to its results: what is built, what is kept, and what the truth says of it."""

import json
import shutil
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import paths
from analysis.built_findings import read_built_findings, read_file_facts
from analysis.errors import BadRows, MissingColumn, MissingFile, PacksFolderProblem
from analysis.estimates import quality
from analysis.estimates.results import check_results, provenance_file, read_measures, results_file
from analysis.pipeline import (
    build_round,
    built_files,
    check_reference_rows,
    check_round,
    check_round_with_tables,
    read_notes,
)
from analysis.pipeline.inputs import _code_files, inputs_of, is_up_to_date
from analysis.places import read_places
from analysis.rounds import read_previous, read_round

SMALL = "example-papi-2021"


@pytest.fixture
def copied_data(tmp_path, monkeypatch):
    """A data folder of the test's own, without built files."""
    target = tmp_path / "data"
    shutil.copytree(paths.data_folder(), target, ignore=shutil.ignore_patterns("built", "raw", "__pycache__"))
    monkeypatch.setenv("WORKBENCH_DATA", str(target))
    return target


def truth_of(name):
    table = pd.read_csv(paths.data_folder() / "example" / "truth" / f"{name}.csv", dtype={"place": str})
    return table.set_index(["place", "measure"])["truth"]


def test_results_keep_their_own_rules(example_results, papi_results):
    assert check_results(example_results).empty
    assert check_results(papi_results).empty


def test_every_district_appears_for_every_measure(example_results):
    own = example_results[example_results["survey_round"] == "example-2021"]
    levels = own[own["statistic"].isin(["score", "share", "mean"])]
    levels = levels[levels["place_kind"] == "district"]
    measures = len(read_measures("example-2021"))
    assert levels.groupby("place").size().to_dict() == dict.fromkeys(
        read_places().districts_of("91"), measures
    )


def test_districts_nobody_was_interviewed_in_have_no_number_of_any_kind(example_results):
    own = example_results[example_results["place"].isin(["912", "914"])]
    assert set(own["quality"]) == {quality.NOT_SAMPLED}
    assert own[["estimate", "se", "ci_low", "ci_high", "p_value", "deff"]].isna().all(axis=None)
    assert (own["n"] == 0).all()


def test_papi_design_gives_three_districts_figures_and_twelve_none(papi_results):
    levels = papi_results[
        (papi_results["measure_kind"] == "dimension") & (papi_results["place_kind"] == "district")
    ]
    levels = levels[levels["statistic"] == "score"]
    shown = levels[levels["quality"].isin(quality.SHOWN)]
    assert shown["place"].nunique() == 3
    assert (levels["quality"] == quality.NOT_SAMPLED).sum() == 12 * 8


def test_papi_province_rests_on_two_degrees_of_freedom_and_its_districts_on_three(papi_results):
    total = papi_results[(papi_results["measure"] == "D1") & (papi_results["statistic"] == "score")]
    total = total[(total["group_kind"] == "all") & total["estimate"].notna() & total["se"].notna()]
    df = total.set_index("place_kind")["df"]
    assert df["province"] == 3 - 1
    assert set(df.loc[["district"]]) == {4 - 1}


def test_province_intervals_cover_the_simulated_truth_in_the_expected_share(example_results):
    levels = example_results[
        (example_results["survey_round"] == "example-2021")
        & (example_results["place"] == "91")
        & (example_results["group_kind"] == "all")
        & example_results["statistic"].isin(["score", "share", "mean"])
        & example_results["estimate"].notna()
    ].set_index("measure")
    truth = truth_of("example-2021")["91"].reindex(levels.index)
    covered = (levels["ci_low"] <= truth) & (truth <= levels["ci_high"])
    of_subs = covered[levels["measure_kind"] == "sub_dimension"]
    assert len(of_subs) == 28
    assert of_subs.sum() >= 25  # 28 at 95 %: fewer than 25 has probability below 2 %
    assert covered.mean() > 0.9


def test_province_total_holds_the_published_one_in_its_interval(example_results):
    total = example_results[(example_results["measure"] == "PAPI") & (example_results["place"] == "91")]
    published = total.loc[
        (total["survey_round"] == "published-2021") & (total["statistic"] == "score"), "estimate"
    ].item()
    ours = total[(total["survey_round"] == "example-2021") & (total["statistic"] == "score")]
    ours = ours[ours["group_kind"] == "all"].iloc[0]
    assert ours["ci_low"] <= published <= ours["ci_high"]
    assert published == pytest.approx(39.5233, abs=1e-3)


def test_no_change_is_given_across_a_declared_break(example_results):
    changes = set(example_results.loc[example_results["statistic"] == "change", "measure"])
    assert changes.isdisjoint({"S3.2", "S6.4", "D3", "D5", "D6", "PAPI"})
    assert {"D1", "D2", "D4", "D7", "D8", "S1.1"} <= changes


def test_built_round_is_not_built_again_until_something_changes(copied_data):
    assert build_round("example-papi-2021").fresh
    assert not build_round("example-papi-2021").fresh
    assert build_round("example-papi-2021", force=True).fresh
    settings = copied_data / "rounds" / "example-papi-2021.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert build_round("example-papi-2021").fresh


def test_sidecar_names_inputs_and_counts(copied_data):
    built = build_round("example-papi-2021")
    about = json.loads(provenance_file("example-papi-2021").read_text(encoding="utf-8"))
    assert about["row_count"] == len(pd.read_parquet(built.results))
    assert set(about["data"]) == {"example-papi-2021.dta"}
    assert len(about["data"]["example-papi-2021.dta"]) == 64


def test_built_again_from_the_same_inputs_the_numbers_are_the_same(copied_data):
    first = pd.read_parquet(build_round("example-papi-2021").results)
    again = pd.read_parquet(build_round("example-papi-2021", force=True).results)
    pd.testing.assert_frame_equal(first, again, check_exact=True)


def test_missing_file_stops_before_anything_is_touched(copied_data):
    build_round("example-papi-2021")
    before = results_file("example-papi-2021").read_bytes()
    (copied_data / "example" / "example-papi-2021.dta").unlink()
    with pytest.raises(MissingFile) as fault:
        build_round("example-papi-2021")
    assert fault.value.exit_code == 10
    assert results_file("example-papi-2021").read_bytes() == before


def test_no_built_table_but_the_respondents_holds_a_respondent(example_results):
    assert "respondent" not in example_results.columns
    assert not np.isin(["respondent", "village", "commune"], read_measures("example-2021").columns).any()


def settings(data, old, new, name=SMALL):
    file = data / "rounds" / f"{name}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_build_that_stops_halfway_is_built_again(copied_data, monkeypatch):
    build_round(SMALL)
    settings(copied_data, 'source = "data', 'source = "now data')  # other results from other settings
    moved, replace = [], Path.replace

    def stopping(part, target):
        if len(moved) == 2 * 5 + 1:  # all but the results themselves
            raise OSError("planted")
        moved.append(target)
        return replace(part, target)

    with monkeypatch.context() as context:
        context.setattr(Path, "replace", stopping)
        with pytest.raises(PacksFolderProblem):
            build_round(SMALL)
    assert build_round(SMALL).fresh
    assert not build_round(SMALL).fresh


def test_each_built_table_that_is_spoilt_means_build_again(copied_data):
    build_round(SMALL)
    inputs = inputs_of(read_round(SMALL), None)
    contents = {file: file.read_bytes() for file in built_files(SMALL)}
    assert [file.name.split(".")[1] for file in contents] == [
        "respondents", "indicators", "findings", "measures", "design", "results",
    ]  # fmt: skip
    for file, whole in contents.items():
        for spoilt in (b"", whole[: len(whole) // 2]):
            file.write_bytes(spoilt)
            assert not is_up_to_date(SMALL, inputs)
        file.write_bytes(whole)
        assert is_up_to_date(SMALL, inputs)
    results_file(SMALL).write_bytes(b"")
    assert build_round(SMALL).fresh
    assert {file: file.read_bytes() for file in built_files(SMALL)} == contents


def test_a_file_in_the_place_of_the_built_folder_is_named(copied_data):
    (copied_data / "built").write_text("not a folder", encoding="utf-8")
    with pytest.raises(PacksFolderProblem, match="cannot be written"):
        build_round(SMALL)


def test_every_module_that_a_number_depends_on_is_in_the_hash_of_the_code():
    names = {file.relative_to(paths.home() / "analysis").as_posix() for file in _code_files()}
    assert {
        "rows.py",
        "places/lookup.py",
        "findings.py",
        "built.py",
        "pipeline/build.py",
        "errors.py",
    } <= names
    assert {"respondents/checks.py", "indicators/recipes.py", "estimates/design.py"} <= names
    assert not any(name.split("/")[0] in ("batch", "briefing", "explore", "cli.py") for name in names)


def test_a_real_round_is_not_compared_with_a_simulated_one(copied_data):
    settings(copied_data, "simulated = true", "simulated = false", "example-2021")
    with pytest.raises(BadRows, match="previous"):
        build_round("example-2021")
    assert not (copied_data / "built").exists()


def test_the_rows_of_the_round_before_are_checked_too(copied_data):
    shutil.copytree(copied_data / "codebook" / "papi", copied_data / "codebook" / "before")
    settings(copied_data, 'codebook = "papi"', 'codebook = "before"', "example-2020")
    variables = copied_data / "codebook" / "before" / "variables.csv"
    variables.write_text(variables.read_text("utf-8").replace(",question,", ",guess,", 1), encoding="utf-8")
    now, before = read_round("example-2021"), read_round("example-2020")
    check_reference_rows(now)
    with pytest.raises(BadRows, match="role"):
        check_reference_rows(now, before)


def test_the_breaks_are_those_of_the_rounds_own_framework(copied_data):
    shutil.copytree(copied_data / "framework" / "papi", copied_data / "framework" / "own")
    settings(copied_data, 'framework = "papi"', 'framework = "own"', "example-2021")
    breaks = copied_data / "framework" / "own" / "breaks.csv"
    header = breaks.read_text("utf-8").splitlines()[0]
    breaks.write_text(f"{header}\nS1.1,2021,mới,new,the test\n", encoding="utf-8")
    results = pd.read_parquet(build_round("example-2021").results)
    changes = results[results["statistic"] == "change"].dropna(subset="estimate")
    assert "S1.1" not in set(changes["measure"])
    assert "D6" in set(changes["measure"])  # broken in papi's rows of 2021, not in this framework's


def test_notes_are_kept_with_the_results(copied_data):
    first, again = build_round(SMALL), build_round(SMALL)
    assert [note["code"] for note in first.notes] == ["straight_lining", "variable_not_in_file"]
    assert again.notes == first.notes == read_notes(SMALL)
    assert read_notes("example-2021") == ()


def test_a_policy_for_lone_psus_that_is_in_force_is_a_note(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False)
    table.loc[table["PSW_PSU"] == 911, "PSW_STRATA"] = 92
    table.to_csv(file.with_suffix(".csv"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.csv")
    settings(copied_data, 'lone_psu = "stop"', 'lone_psu = "adjust"')
    notes = {note["code"]: note for note in build_round(SMALL).notes}
    assert "policy is adjust" in notes["lone_psu"]["hint"]


def test_a_check_finds_what_a_build_would_stop_on_and_writes_nothing(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False)
    table.loc[3, "a001"] = 7
    table.loc[4, "huyen"] = 1
    table.to_csv(file.with_suffix(".csv"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.csv")
    before = {path: path.stat().st_mtime_ns for path in copied_data.rglob("*")}
    found = check_round(SMALL)
    stops = set(found.loc[found["kind"] == "stop", "code"])
    assert stops == {"unknown_place_code", "bad_design", "lone_psu", "unknown_code"}  # huyen is a stratum too
    assert "variable_not_in_file" in set(found.loc[found["kind"] == "note", "code"])
    assert {path: path.stat().st_mtime_ns for path in copied_data.rglob("*")} == before


def test_a_check_looks_at_the_round_before_too(copied_data):
    (copied_data / "example" / "example-2020.dta").write_bytes(b"cut")
    found = check_round("example-2021")
    stops = found[found["kind"] == "stop"]
    assert stops["code"].tolist() == ["unreadable_file"]
    assert "example-2020.dta" in stops["what"].item()


def test_a_check_finds_what_only_the_indicators_need(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False).drop(columns="d101da")
    table.to_csv(file.with_suffix(".csv"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.csv")
    stops = check_round(SMALL).query("kind == 'stop'")
    assert stops["code"].tolist() == ["missing_column"]
    with pytest.raises(MissingColumn):
        build_round(SMALL)


def test_two_files_of_one_name_are_both_inputs(copied_data):
    for year in ("2020", "2021"):
        folder = copied_data / "raw" / year
        folder.mkdir(parents=True)
        shutil.copy(copied_data / "example" / f"example-{year}.dta", folder / "survey.dta")
        settings(copied_data, f"example/example-{year}.dta", f"raw/{year}/survey.dta", f"example-{year}")
    now = read_round("example-2021")
    assert set(inputs_of(now, read_previous(now))["data"]) == {"raw/2020/survey.dta", "raw/2021/survey.dta"}


def test_corrections_are_applied_told_and_part_of_what_a_build_depends_on(copied_data):
    first = pd.read_parquet(build_round(SMALL).results)
    stored = pd.read_stata(copied_data / "example" / f"{SMALL}.dta", convert_categoricals=False)
    row = stored[stored["d101aa"] == 1].iloc[0]
    folder = copied_data / "corrections"
    folder.mkdir(exist_ok=True)
    (folder / f"{SMALL}.csv").write_text(
        "respondent,variable,action,old,new,reason,by,date\n"
        f"{row['idcode0']:.0f},d101aa,set,1,2,mã hóa nhầm,LT,2026-01-05\n",
        encoding="utf-8",
    )
    built = build_round(SMALL)
    assert built.fresh and not build_round(SMALL).fresh
    assert [note["code"] for note in built.notes] == ["corrected", "straight_lining", "variable_not_in_file"]
    assert not pd.read_parquet(built.results).equals(first)
    (folder / f"{SMALL}.csv").unlink()
    pd.testing.assert_frame_equal(pd.read_parquet(build_round(SMALL).results), first)


def test_what_was_found_is_a_built_table_with_how_the_file_was_read(copied_data):
    build_round("example-2021")
    found = read_built_findings("example-2021")
    assert found["survey_round"].unique().tolist() == ["example-2021", "example-2020"]
    assert found["code"].tolist() == ["straight_lining", "variable_not_in_file"] * 2
    files = read_file_facts("example-2021")
    assert {name: facts["rows"] for name, facts in files.items()} == {
        "example-2021": 1504,
        "example-2020": 1504,
    }


def test_a_check_hands_over_the_tables_to_colour_and_what_to_hide(copied_data):
    file = copied_data / "example" / f"{SMALL}.dta"
    table = pd.read_stata(file, convert_categoricals=False).assign(ho_ten="Trần Thị Bí Mật")
    table["d101aa"] = table["d101aa"].astype(object)
    table.loc[0, "d101aa"] = "Có"
    table.to_excel(file.with_suffix(".xlsx"), index=False)
    settings(copied_data, f"{SMALL}.dta", f"{SMALL}.xlsx")
    checked = check_round_with_tables(SMALL)
    assert checked.hidden == ("ho_ten",)
    (stop,) = checked.findings.query("kind == 'stop'").to_dict("records")
    (raw,) = checked.tables
    assert raw.cells.loc[0, "d101aa"] == "Có"
    assert stop["cell"] == f"{raw.letters['d101aa']}2" and stop["sheet"] == raw.sheet == "Sheet1"
