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


def is_sealed(text: str) -> bool:
    """Whether a text is exactly what `seal` made of its content."""
    try:
        content = json.loads(text)
    except ValueError:
        return False
    return isinstance(content, dict) and seal(content) == text


def _text(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
