"""A small round, and how tests change a round's settings in a data folder of their own."""

SMALL = "example-papi-2021"


def settings(data, old, new, name=SMALL):
    file = data / "rounds" / f"{name}.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")
