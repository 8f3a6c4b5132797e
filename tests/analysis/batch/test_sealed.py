"""A sealed text shows every changed byte, also one that changes nothing in its meaning."""

import json

from analysis.batch.sealed import is_sealed, seal

TEXT = seal({"name": "Rạch Giá", "count": 15, "empty": {}, "list": [1.5, None, True]})


def test_each_byte_turned_in_each_bit_is_seen():
    raw = TEXT.encode()
    for at in range(len(raw)):
        for bit in range(8):
            assert not is_sealed(raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :])
    assert is_sealed(raw)


def test_same_content_otherwise_written_is_not_what_was_sealed():
    assert not is_sealed(json.dumps(json.loads(TEXT), ensure_ascii=False).encode())
    assert not is_sealed(TEXT.encode() + b" ")
    assert not is_sealed(b"[]")
    assert not is_sealed(b"")


def test_sealing_again_changes_nothing():
    assert seal(json.loads(TEXT)) == TEXT
