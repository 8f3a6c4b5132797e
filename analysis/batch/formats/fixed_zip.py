"""A zip file as a library wrote it -> the same members with no time in them: same content, same bytes."""

from __future__ import annotations

import io
import re
import zipfile

#: The first time that a zip can tell, for members; and the same as an office file's properties write it.
_EPOCH = (1980, 1, 1, 0, 0, 0)
_EPOCH_W3C = b"1980-01-01T00:00:00Z"
_CORE = "docProps/core.xml"
_TIMES = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")


def fixed_zip(raw: bytes) -> bytes:
    """An office file (.docx, .xlsx) without the time at which it was written.

    Parameters
    ----------
    raw : bytes
        As python-docx and openpyxl save it: each member bears the present time, and so do the properties.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(made, "w") as target:
        for member in source.infolist():
            content = source.read(member)
            if member.filename == _CORE:
                content = _TIMES.sub(rb"\g<1>" + _EPOCH_W3C + rb"\g<3>", content)
            fixed = zipfile.ZipInfo(member.filename, _EPOCH)
            fixed.external_attr = 0o600 << 16
            fixed.create_system = 3  # else it tells on which system the pack was made
            target.writestr(fixed, content, zipfile.ZIP_DEFLATED, compresslevel=6)
    return made.getvalue()
