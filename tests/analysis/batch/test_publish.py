"""Packs are moved in whole or not at all; what cannot be moved is that district's failure."""

from pathlib import Path

import pytest

from analysis.batch.job import Job, Outcome
from analysis.batch.publish import REASON, move_in, remove_others, settle
from analysis.batch.render import PageHead


@pytest.fixture
def out(tmp_path):
    pack(tmp_path / "packs" / "899-rach-gia", "cũ")
    return tmp_path / "packs"


def pack(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "briefing.html").write_text(text, encoding="utf-8")
    return folder


def outcome(folder: Path, ok: bool, reason: str = "") -> Outcome:
    job = Job("899", "briefing.html", folder, folder.parent, Path("a.ipynb"), {}, PageHead("t", "vi"), True)
    return Outcome(job, ok, 1.0, reason)


def text_of(out: Path) -> str:
    return (out / "899-rach-gia" / "briefing.html").read_text(encoding="utf-8")


def test_new_pack_takes_the_old_one_s_place_and_ends_an_earlier_failure(out):
    pack(out / "failed" / "899-rach-gia", "hỏng")
    new = pack(out / ".building-1" / "899-rach-gia", "mới")
    assert settle(outcome(new, True), out).ok
    assert text_of(out) == "mới"
    assert not (out / "failed").exists()


def test_pack_that_cannot_be_put_in_its_place_is_a_failure_and_the_old_one_stays(out):
    new = pack(out / ".building-1" / "899-rach-gia", "mới")
    pack(out / ".building-1" / "899-rach-gia.old", "vướng")  # the old pack cannot be moved aside
    settled = settle(outcome(new, True), out)
    assert not settled.ok
    assert "could not be put in its place" in settled.reason
    assert text_of(out) == "cũ"
    assert settled.reason in (out / "failed" / "899-rach-gia" / REASON).read_text(encoding="utf-8")


def test_old_pack_goes_back_when_the_new_one_cannot_follow(out):
    with pytest.raises(FileNotFoundError):
        move_in(out / ".building-1" / "899-rach-gia", out)
    assert text_of(out) == "cũ"


def test_failure_is_told_also_where_it_cannot_be_kept(out):
    (out / "failed").write_text("một tệp", encoding="utf-8")
    settled = settle(outcome(out / ".building-1" / "899-rach-gia", False, "ô 4 hỏng"), out)
    assert not settled.ok
    assert "not kept" in settled.reason
    assert settled.reason.endswith("ô 4 hỏng")
    assert text_of(out) == "cũ"


def test_reason_that_is_no_text_in_any_encoding_is_kept(out):
    settle(outcome(out / ".building-1" / "899-rach-gia", False, "giá trị \udcff"), out)
    assert (out / "failed" / "899-rach-gia" / REASON).read_text("utf-8") == "giá trị \\udcff\n"


def test_only_packs_and_failures_of_others_are_removed(out):
    for name in ("900-ha-tien", "failed/900-ha-tien", "failed/905-chau-thanh", "Ảnh của tôi"):
        pack(out / name, "của lần khác")
    for name in ("methods", "failed/methods", "hinh"):
        pack(out / name, "của lần khác").joinpath(f"{name.split('/')[-1]}.html").write_text("cũ", "utf-8")
    (out / "methods" / "briefing.html").unlink()
    remove_others(out, {"899"}, {"905"})
    left = sorted(p.parent.relative_to(out).as_posix() for p in out.rglob("*.html"))
    assert left == ["899-rach-gia", "failed/905-chau-thanh", "hinh", "hinh", "Ảnh của tôi"]


def test_round_page_of_this_batch_stays(out):
    (out / "methods").mkdir()
    (out / "methods" / "methods.html").write_text("của lần này", encoding="utf-8")
    remove_others(out, {"methods"}, set())
    assert [p.parent.name for p in out.rglob("*.html")] == ["methods"]
