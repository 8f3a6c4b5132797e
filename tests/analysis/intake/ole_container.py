"""Named streams -> the bytes of an OLE container (compound file, version 3), for tests.

Old Excel files and password-locked new ones are such containers. Streams are padded to 4096 bytes, so that
none goes into the short-stream part, which is left out. Source: [MS-CFB] 2.2 (header), 2.3 (FAT), 2.6 (directory).
"""

import struct

_SECTOR = 512
_LEAST = 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def ole_container(streams: dict[str, bytes]) -> bytes:
    """A container of streams; names are shown to readers in the order that the format asks for."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    body, fat, entries = b"", [], []
    for place, name in enumerate(names):
        content = streams[name].ljust(_LEAST, b"\0")
        right = place + 2 if place + 1 < len(names) else _NONE
        entries.append(_entry(name, 2, right, _NONE, len(fat), len(content)))
        body += _add(fat, content)
    directory_at = len(fat)
    body += _add(fat, b"".join([_entry("Root Entry", 5, _NONE, 1, _END, 0), *entries]))
    fat_at = len(fat)
    assert fat_at < _SECTOR // 4  # one sector of FAT is enough for a test
    fat.append(_FAT)
    body += struct.pack(f"<{_SECTOR // 4}I", *fat, *[_FREE] * (_SECTOR // 4 - len(fat)))
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, directory_at, 0, _LEAST, _END, 0, _END, 0)
    return header + struct.pack("<109I", fat_at, *[_FREE] * 108) + body


def _add(fat: list[int], content: bytes) -> bytes:
    """Chain a content's sectors into the FAT; the content padded to whole sectors."""
    count = -(-len(content) // _SECTOR)
    fat += [*range(len(fat) + 1, len(fat) + count), _END]
    return content.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBIII", len(coded), kind, 1, _NONE, right, child)
    return coded.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)
