import pytest

from analysis.errors import UnreadableFile
from analysis.intake.letters.encodings import Encoding, read_text
from analysis.intake.letters.legacy import convert_legacy
from tests.analysis.intake.legacy_letters import to_cp1258, to_tcvn3, to_vni

LIST = 'tên,huyện,điểm\nHòn Đất,Rạch Giá,"7,5"\nVĩnh Thuận,Giồng Riềng,8\nThứ Bảy,Nữ,9\n'


@pytest.fixture
def read(tmp_path):
    def of(raw, declared=""):
        path = tmp_path / "danh sách.csv"
        path.write_bytes(raw)
        return read_text(path, declared)

    return of


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (LIST.encode(), "utf-8"),
        (LIST.encode("utf-8-sig"), "utf-8-sig"),
        (LIST.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + LIST.encode("utf-16-be"), "utf-16"),
        (LIST.encode("utf-16-le"), "utf-16"),
        (LIST.encode("utf-16-be"), "utf-16"),
        (LIST.encode("utf-32"), "utf-32"),
    ],
    ids=["utf8", "utf8-mark", "utf16", "utf16-be", "utf16-le-no-mark", "utf16-be-no-mark", "utf32"],
)
def test_what_the_bytes_prove_is_certain(read, raw, name):
    assert read(raw) == (LIST, Encoding(name))


def test_plain_ascii_is_utf8(read):
    assert read(b"a,b\r\n1,2\r\n") == ("a,b\r\n1,2\r\n", Encoding("utf-8"))


def test_cp1258_is_known_by_its_words_and_shown(read):
    text, found = read(to_cp1258(LIST))
    assert text == LIST
    assert found == Encoding("cp1258", False, "huyêòn", "huyện")


@pytest.mark.parametrize(("write", "kind"), [(to_tcvn3, "tcvn3"), (to_vni, "vni")])
def test_letters_of_old_fonts_are_left_for_conversion_on_request(read, write, kind):
    text, found = read(write(LIST).encode("cp1252"))
    assert found == Encoding("cp1252")
    assert text == write(LIST)
    assert [convert_legacy(cell, kind) for cell in ("huyện", write("Giồng Riềng"))] == [
        "huyện",
        "Giồng Riềng",
    ]


@pytest.mark.parametrize("text", ["nom,âge\nété,déjà vu\n", "it’s – “ok”,5 °C\n"])
def test_text_that_both_encodings_read_alike_is_certain(read, text):
    assert read(text.encode("cp1252")) == (text, Encoding("cp1252"))


@pytest.mark.parametrize(
    "raw",
    ["São Paulo,João,pão\n".encode("cp1252"), to_cp1258("tên\nNguyễn\n")],
    ids=["portuguese", "one word"],
)
def test_what_cannot_be_told_is_refused_with_both_readings_and_how_to_declare(read, raw):
    with pytest.raises(UnreadableFile) as fault:
        read(raw)
    assert 'cp1258 "' in fault.value.got
    assert 'cp1252 "' in fault.value.got
    assert "khai báo bảng mã" in fault.value.vi
    assert "Declare the encoding" in fault.value.hint


def test_what_is_declared_is_read_so(read):
    raw = to_cp1258("tên\nNguyễn\n")
    assert read(raw, "windows-1258") == ("tên\nNguyễn\n", Encoding("cp1258"))
    assert read("São".encode("cp1252"), "cp1252")[0] == "São"
    assert read(LIST.encode("utf-16-le"), "utf-16") == (LIST, Encoding("utf-16"))
    assert read(LIST.encode("utf-16"), "utf-16-le") == (LIST, Encoding("utf-16"))
    assert read(LIST.encode("utf-8-sig"), "UTF8") == (LIST, Encoding("utf-8-sig"))


@pytest.mark.parametrize(
    ("raw", "declared", "vi"),
    [
        (b"a,\xff\n", "utf-8", "không đúng bảng mã đã khai báo"),
        (LIST.encode("utf-8-sig"), "cp1258", "không đúng bảng mã đã khai báo"),
        (b"a,b\n", "klingon", "không tồn tại"),
        (b"a,b\n", "rot13", "không tồn tại"),
        (b"a,b\n", "tcvn3", "--legacy tcvn3"),
    ],
)
def test_a_wrong_declaration_is_refused(read, raw, declared, vi):
    with pytest.raises(UnreadableFile) as fault:
        read(raw, declared)
    assert vi in fault.value.vi


@pytest.mark.parametrize(
    ("raw", "vi"),
    [
        (LIST.encode()[: LIST.encode().index("ề".encode()) + 2], "bị cắt cụt giữa một chữ cái"),
        (LIST.encode().replace("ậ".encode(), b"\xe1\xba"), "vài chữ bị hỏng"),
        (LIST.encode("utf-16")[:-1], "bị cắt cụt giữa một chữ cái"),
        (b"a,b\n\0\0\0\0\0\0", "byte rỗng"),
        (b"\x80\x81\x8d" * 9, "không xác định chắc chắn"),
    ],
    ids=["cut utf8", "broken utf8", "cut utf16", "NULs", "binary"],
)
def test_damaged_text_is_refused_for_what_it_is(read, raw, vi):
    with pytest.raises(UnreadableFile) as fault:
        read(raw)
    assert vi in fault.value.vi


def test_a_broken_letter_is_named_by_its_line(read):
    with pytest.raises(UnreadableFile) as fault:
        read(LIST.encode().replace("ậ".encode(), b"\xe1\xba"))
    assert "1 broken, the first in line 3" in fault.value.got
