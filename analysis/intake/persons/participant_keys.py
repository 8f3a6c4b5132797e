"""Who somebody is (name, date of birth, number) + a secret key -> a keyed hash that links without naming.

The key is a file outside the checkout and the data folder, named by `WORKBENCH_KEY_FILE`. Without it nobody
can tell from a hash who it is, nor try names until one fits; whoever has it can. There is no default key.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from analysis import paths
from analysis.errors import MissingFile, UnreadableFile
from analysis.intake.letters.text import fold_key

VARIABLE = "WORKBENCH_KEY_FILE"
#: A key of so many bytes, twice as many hexadecimal figures in its file: as strong as the hash itself.
KEY_BYTES = 32
#: A participant's hash: 80 bits.
HASH_FIGURES = 20


def participant_key(who: str | Sequence[str], key: bytes, kind: str = "text") -> str:
    """The keyed hash of a person, the same for every usual way of writing what tells who they are.

    Parameters
    ----------
    who : str or sequence of str
        What tells a person from all others, such as name, date of birth and commune: a name alone is
        shared by many.
    key : bytes
        As `read_key` gives it.
    kind : {"text", "figures", "phone"}
        "text" ignores capitals, blanks and the place of tone marks (hoà, hòa), not the marks; "figures" keeps
        the figures alone (identity numbers); "phone" reads +84 912…, 0912… and 912… as one.

    Returns
    -------
    str
        `HASH_FIGURES` hexadecimal figures; "" where any part is blank, so that blanks are not one person.

    Raises
    ------
    ValueError
        For another kind, or a key that is too short.

    Notes
    -----
    The first 80 bits of HMAC-SHA256(key, kind 0x00 part 0x1f part …). Among n persons two have one hash
    with probability about n²/2⁸¹: 4·10⁻¹⁵ for 100,000, 4·10⁻¹³ for a million.

    Source
    ------
    Krawczyk, Bellare and Canetti 1997 (RFC 2104); NIST SP 800-107 on cutting a hash short.

    Examples
    --------
    >>> key = bytes(range(32))
    >>> participant_key("Nguyễn Thị  Hoà", key) == participant_key("NGUYỄN THỊ HÒA", key)
    True
    >>> participant_key("+84 912 345 678", key, "phone") == participant_key("0912.345.678", key, "phone")
    True
    >>> participant_key("  ", key)
    ''
    """
    if len(key) < KEY_BYTES:
        raise ValueError(f"a key of {KEY_BYTES} bytes or more is needed")
    if kind not in _FORMS:
        raise ValueError(f"kind is one of {', '.join(_FORMS)}")
    parts = [_FORMS[kind](part) for part in ([who] if isinstance(who, str) else who)]
    if not all(parts) or not parts:
        return ""
    message = f"{kind}\x00" + "\x1f".join(parts)
    return hmac.new(key, message.encode("utf-8"), hashlib.sha256).hexdigest()[:HASH_FIGURES]


def _figures(text: str) -> str:
    return "".join(re.findall(r"[0-9]", text))


def _phone(text: str) -> str:
    figures = _figures(text)
    if len(figures) == 11 and figures.startswith("84"):
        return "0" + figures[2:]
    return "0" + figures if len(figures) == 9 else figures


_FORMS = {"text": fold_key, "figures": _figures, "phone": _phone}


def key_name(key: bytes) -> str:
    """What a file made with a key may say of it, so that hashes of two keys are never compared.

    Examples
    --------
    >>> key_name(bytes(32))
    '7842ab6b'
    """
    return hmac.new(key, b"name of this key", hashlib.sha256).hexdigest()[:8]


def read_key() -> bytes:
    """The secret key from the file that `WORKBENCH_KEY_FILE` names.

    Raises
    ------
    MissingFile
        The variable is not set, or names no file.
    UnreadableFile
        The file lies in the checkout or the data folder, others may read it, or it holds no whole key.
    """
    named = os.environ.get(VARIABLE, "").strip()
    path = Path(named).expanduser() if named else None
    if path is None or not path.is_file():
        raise MissingFile(
            "There is no key for the participants' hashes.",
            vi=f"Chưa có khóa bí mật để mã hóa học viên. Hãy đặt biến môi trường {VARIABLE} "
            "trỏ tới tệp khóa; tạo khóa bằng lệnh `workbench key new ĐƯỜNG-DẪN`.",
            where=f"environment variable {VARIABLE}",
            expected="the path of a key file outside the checkout and the data folder",
            got="it names no file" if named else "it is not set",
            hint="Make a key once with `workbench key new PATH`, keep a copy in a safe, set the variable.",
        )
    _refuse_inside(path)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        raise _unusable("others may read it", "người khác đọc được tệp", "mode 600", "chmod 600 mends it")
    text = path.read_text(encoding="ascii", errors="replace").strip()
    if not re.fullmatch(r"[0-9a-fA-F]+", text) or len(text) % 2 or len(text) < 2 * KEY_BYTES:
        raise _unusable(
            "it holds no whole key",
            "tệp không chứa một khóa đầy đủ",
            f"{2 * KEY_BYTES} hexadecimal figures or more, as `workbench key new` writes them",
            "Take the copy that you keep; a new key gives every person another hash.",
        )
    return bytes.fromhex(text)


def new_key(path: Path) -> Path:
    """Make a key file that only its owner may read.

    Raises
    ------
    UnreadableFile
        Something is there already, it cannot be written, or it would lie in the checkout or the data folder.

    Notes
    -----
    On Windows the file takes the folder's rights: choose a folder that others cannot open.
    """
    path = path.expanduser().absolute()
    _refuse_inside(path)
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise _unusable(
            "something is there already",
            f"ở {path} đã có tệp hoặc thư mục; khóa đã có không bao giờ bị ghi đè, hãy chọn tên tệp khác",
            "a new file in a folder that can be written",
            "Give another path; a key that is there is never written over.",
            where=str(path),
        ) from fault
    except OSError as fault:
        raise _unusable(
            "it cannot be made",
            f"không tạo được tệp {path}; hãy xem thư mục có tồn tại và cho phép ghi không",
            "a new file in a folder that can be written",
            f"{fault.strerror or fault}. Give another path.",
            where=str(path),
        ) from fault
    with os.fdopen(file, "w", encoding="ascii") as opened:
        opened.write(secrets.token_hex(KEY_BYTES) + "\n")
    return path


def _refuse_inside(path: Path) -> None:
    """Stop where a key would be copied, committed or handed on together with what it protects."""
    written, real = Path(os.path.abspath(path)), path.resolve()  # noqa: PTH100 - links not followed
    own = (paths.home().resolve(), paths.data_folder(), paths.packs_folder().resolve())
    others = (folder for folder in (*written.parents, *real.parents) if _is_data_folder(folder))
    for base in (*own, *others):
        if written.is_relative_to(base) or real.is_relative_to(base):
            raise _unusable(
                "it lies in the checkout or the data folder",
                "tệp nằm trong thư mục chương trình hoặc thư mục dữ liệu",
                "a place of its own, such as a folder only you can open",
                f"Move it, and set {VARIABLE} to its new place.",
            )


def _is_data_folder(folder: Path) -> bool:
    """Whether a folder is one that `workbench new` makes, be it in use or not."""
    return all((folder / name).is_dir() for name in ("raw", "rounds"))


def _unusable(what: str, vi: str, expected: str, hint: str, where: str = "") -> UnreadableFile:
    return UnreadableFile(
        f"The key file cannot be used: {what}.",
        vi=f"Không dùng được tệp khóa: {vi}.",
        where=where or f"the file that {VARIABLE} or the command names",
        expected=expected,
        hint=hint,
    )
