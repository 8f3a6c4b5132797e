"""`workbench verify`: every changed, lost and added file is named, and nothing else is."""

import json
import random
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.batch.rebuild import remake_packs, verify_rebuild
from analysis.batch.sealed import seal
from analysis.batch.verify import verify_packs
from analysis.cli import main
from analysis.errors import MissingFile

FLIPS = 500
MANIFEST_ALONE = {Path("manifest.json")}


def files_of(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def again(issue):
    """How the issue's packs are made again."""
    return partial(remake_packs, notebook=issue.notebook, workers=1)


def named(folder):
    return set(verify_packs(folder)["file"])


def test_fresh_packs_have_no_difference(issue):
    assert verify_packs(issue.out).empty


def test_each_of_500_random_byte_flips_is_named_and_no_other_file(spoilt):
    """Flips of different files are looked for together, those of the manifest, which names the others, alone."""
    chance = random.Random(20261125)
    names = [path.relative_to(spoilt.out) for path in files_of(spoilt.out)]
    whole = {name: (spoilt.out / name).read_bytes() for name in names}
    for name in names:
        if len(whole[name]) > 200_000:  # large files: the same code, hashed 500 times for nothing
            whole[name] = whole[name][:20_000]
            (spoilt.out / name).write_bytes(whole[name])
    reseal_files(spoilt.out)
    whole |= {name: (spoilt.out / name).read_bytes() for name in names if "/" not in name.as_posix()}
    assert verify_packs(spoilt.out).empty
    flipped = [chance.choice(names) for _ in range(FLIPS)]
    assert set(flipped) == set(names)
    for together in rounds_of(flipped):
        for name in together:
            raw = bytearray(whole[name])
            raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
            (spoilt.out / name).write_bytes(raw)
        found = named(spoilt.out)
        if together == MANIFEST_ALONE:  # another hash in it also makes a file differ that did not change
            found &= {"manifest.json"}
        assert found == {name.as_posix() for name in together}
        for name in together:
            (spoilt.out / name).write_bytes(whole[name])
    assert verify_packs(spoilt.out).empty


def rounds_of(flipped):
    """Every name as often as it stands there, in as few sets as hold none twice; the manifest's alone."""
    often = Counter(flipped)
    alone = often.pop(Path("manifest.json"))
    together = [{name for name in often if often[name] > at} for at in range(max(often.values()))]
    return [*together, *[MANIFEST_ALONE] * alone]


def reseal_files(out):
    """Write the manifest anew for files that were cut short."""
    from analysis.built import sha256

    content = json.loads((out / "manifest.json").read_text("utf-8"))
    for entry in [*content["packs"], *content["pages"]]:
        entry["sha256"] = sha256(out / entry["file"])
        entry["beside"] = {name: sha256(out / name) for name in entry["beside"]}
    content["index"] = sha256(out / "index.html")
    (out / "manifest.json").write_text(seal(content), encoding="utf-8")


def test_lost_and_added_files_are_named(spoilt):
    (spoilt.out / "899-rach-gia" / "annex.csv").unlink()
    (spoilt.out / "900-ha-tien" / "ghi chú.txt").write_text("x", encoding="utf-8")
    (spoilt.out / "new").mkdir()
    (spoilt.out / "new" / "page.html").write_text("x", encoding="utf-8")
    found = verify_packs(spoilt.out).set_index("file")["code"].to_dict()
    assert found == {
        "899-rach-gia/annex.csv": "file_missing",
        "900-ha-tien/ghi chú.txt": "file_extra",
        "new/page.html": "file_extra",
    }


def test_manifest_that_was_edited_and_sealed_again_still_betrays_a_changed_key(spoilt):
    path = spoilt.out / "manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["packs"][0]["made_from"]["rows:district:survey"] = "0" * 16
    path.write_text(seal(content), encoding="utf-8")
    [finding] = verify_packs(spoilt.out).to_dict("records")
    assert finding["code"] == "manifest_changed"
    assert "899" in finding["what"]


def test_run_that_did_not_end_is_named(spoilt):
    path = spoilt.out / "status.json"
    content = json.loads(path.read_text("utf-8")) | {"state": "running"}
    path.write_text(seal(content), encoding="utf-8")
    [finding] = verify_packs(spoilt.out).to_dict("records")
    assert finding["code"] == "status_disagrees"


def test_folder_without_a_manifest_is_refused(tmp_path):
    with pytest.raises(MissingFile):
        verify_packs(tmp_path)


def test_command_names_the_file_in_both_languages_and_ends_with_1(spoilt):
    page = spoilt.out / "methods" / "methods.html"
    assert CliRunner().invoke(main, ["verify", str(spoilt.out)]).exit_code == 0
    page.write_bytes(page.read_bytes() + b" ")
    ended = CliRunner().invoke(main, ["verify", str(spoilt.out)])
    assert ended.exit_code == 1
    assert "methods/methods.html đã bị thay đổi" in ended.output
    assert "methods/methods.html is not the file that was made" in ended.output


def test_rebuilt_packs_are_the_same_byte_for_byte_whatever_workers_zone_and_order(spoilt, monkeypatch):
    import time

    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    time.tzset()
    try:
        assert verify_rebuild(spoilt.out, again(spoilt)).empty
    finally:
        monkeypatch.undo()
        time.tzset()


def test_rebuilding_from_other_inputs_names_the_pages_and_why(spoilt):
    wording = spoilt.data / "wording" / "pages.csv"
    text = wording.read_text("utf-8")
    wording.write_text(text.replace("Vòng khảo sát,Survey round", "Đợt khảo sát,Survey round"), "utf-8")
    content = json.loads((spoilt.out / "manifest.json").read_text("utf-8"))
    content["packs"] = []  # one page is enough, and quick
    (spoilt.out / "manifest.json").write_text(seal(content), encoding="utf-8")
    found = verify_rebuild(spoilt.out, again(spoilt))
    [page] = found[found["code"] == "rebuild_differs"].to_dict("records")
    assert page["file"] == "methods/methods.html"
    assert "câu chữ đã thay đổi" in page["vi"]
    assert "the wording changed" in page["what"]
