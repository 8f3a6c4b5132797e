"""Facts -> a JSON text that holds its own hash, so that any changed byte of it shows."""

from __future__ import annotations

import hashlib
import json

#: The last key of a sealed text.
SEAL = "sha256"


def seal(content: dict) -> str:
    """The text of some facts, with the hash of all that stands before it as its last entry.

    Notes
    -----
    One content has one text, so that a changed byte shows even where it changes nothing in the meaning.
    """
    plain = {key: value for key, value in content.items() if key != SEAL}
    found = hashlib.sha256(_text(plain).encode()).hexdigest()
    return _text({**plain, SEAL: found})


def is_sealed(raw: bytes) -> bool:
    """Whether the bytes of a file are exactly what `seal` made of their content."""
    try:
        content = json.loads(raw.decode("utf-8"))
        return isinstance(content, dict) and seal(content).encode() == raw
    except ValueError:  # no UTF-8, no JSON, or letters that no text has
        return False


def _text(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
