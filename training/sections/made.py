"""What cannot be said of training, and what the numbers were made of: the foot of every training page."""

from __future__ import annotations

from analysis.briefing.blocks import Block, Definitions, Section
from analysis.briefing.parts import listing, say_files
from training.sections.opened import TrainingPage

#: What no training record can tell, in the order of its weight.
LIMITS = ("not_random", "no_control", "same_test", "no_effect", "self_report", "small_groups", "form_assumed")


def limits(page: TrainingPage) -> Block:
    """What cannot be said."""
    least = str(page.thresholds.group_least)
    said = [page.say(f"training_limit_{key}", least=least) for key in LIMITS]
    return Section("limits", page.say("h_training_limits"), (listing(said),))


def made(page: TrainingPage) -> Block:
    """Records, their files with hashes, the program."""
    made_of = page.built.provenance
    simulated = page.say("training_made_simulated" if page.built.is_simulated else "training_made_real")
    values = {
        "records": f"{page.built.source} – {simulated}",
        "files": say_files(made_of["data"]),
        "version": made_of["version"],
        "code": made_of["code"][:12] + "…",
    }
    items = tuple((page.say(f"training_made_{key}"), text) for key, text in values.items())
    return Section("made", page.say("h_training_made"), (Definitions(items),))
