"""The example's training results, built; charts are not drawn here: tests/browser looks at drawn ones."""

import pytest

from analysis.briefing.blocks import Image
from tests.training.sections.pages import page_of


@pytest.fixture(scope="module", autouse=True)
def undrawn(example_results):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Image, "svg", b"")
        yield


@pytest.fixture(scope="session", autouse=True)
def pages_are_let_go():
    yield
    page_of.cache_clear()
