"""Sixty strings that would run somewhere, and the means to plant them in every text of a page's blocks."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

from analysis.briefing.blocks import Block, Column, Tile

#: Each sets `ran` where it runs; from OWASP's lists for elements, attributes, addresses, styles and templates.
SCRIPTS = (
    "<script>ran=1</script>", "<ScRiPt>ran=1</sCrIpT>", "<script src=//x.example/a.js></script>",
    "</style><script>ran=1</script>", "</title><script>ran=1</script>", "</main></body><script>ran=1</script>",
    "</td></tr></table><script>ran=1</script>", "</caption><script>ran=1</script>", "--><script>ran=1</script>",
    "]]><script>ran=1</script>", "<script>ran=1//", "<<script>ran=1;//<</script>", "<script\n>ran=1</script>",
    "<img src=x onerror=ran=1>", "<img src=x onerror=\"ran=1\">", "<img/src/onerror=ran=1>",
    "\"><img src=x onerror=ran=1>", "'><img src=x onerror=ran=1>", "` onerror=ran=1 `", "\" onerror=\"ran=1",
    "' onerror='ran=1", "\" onload=\"ran=1\" x=\"", "\" onmouseover=\"ran=1", "' autofocus onfocus='ran=1",
    "\" style=\"background:url(javascript:ran=1)", "x\" tabindex=1 onfocus=ran=1 autofocus=\"",
    "<svg onload=ran=1>", "<svg/onload=ran=1>", "<svg><script>ran=1</script></svg>",
    "<svg><animate onbegin=ran=1 attributeName=x dur=1s>", "<svg><a xlink:href=\"javascript:ran=1\"><text>a</text></a>",
    "<math><mtext><script>ran=1</script></mtext></math>", "<body onload=ran=1>", "<body onpageshow=ran=1>",
    "<iframe src=javascript:ran=1></iframe>", "<iframe srcdoc=\"<script>parent.ran=1</script>\"></iframe>",
    "<object data=javascript:ran=1></object>", "<embed src=javascript:ran=1>", "<form action=javascript:ran=1><button>",
    "<input autofocus onfocus=ran=1>", "<details open ontoggle=ran=1>", "<video><source onerror=ran=1></video>",
    "<audio src=x onerror=ran=1>", "<marquee onstart=ran=1>", "<select autofocus onfocus=ran=1>",
    "<a href=javascript:ran=1>a</a>", "<a href=\"java\tscript:ran=1\">a</a>", "javascript:ran=1", "JaVaScRiPt:ran=1",
    "data:text/html,<script>ran=1</script>", "<base href=//x.example/>", "<link rel=stylesheet href=//x.example/a.css>",
    "<meta http-equiv=refresh content=\"0;url=//x.example/\">", "<style>@import '//x.example/a.css';</style>",
    "<template><script>ran=1</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=ran=1>\">",
    "{{ ''.__class__ }}<script>ran=1</script>", "{% raw %}<script>ran=1</script>", "&lt;script&gt;ran=1&lt;/script&gt;",
    "\\u003cscript\\u003eran=1\\u003c/script\\u003e",
)  # fmt: skip
#: Fields that no row of data fills: templates' own names, classes and anchors.
OURS = ("template", "kind", "anchor", "tag", "language", "href", "style", "figure", "level")


def planted(block: object, texts: Iterator[str]) -> object:
    """The block with the next of `texts` in the place of each of its texts; links, classes and charts stay."""
    if isinstance(block, str):
        return next(texts) if block else block
    if isinstance(block, tuple):
        return tuple(planted(part, texts) for part in block)
    if isinstance(block, (Block, Column, Tile)):
        own = {field.name for field in dataclasses.fields(block)} - set(OURS)
        return dataclasses.replace(
            block, **{name: planted(getattr(block, name), texts) for name in sorted(own)}
        )
    return block


def with_scripts(block: Block) -> Block:
    return planted(block, itertools.cycle(SCRIPTS))


def with_words(block: Block) -> Block:
    """The same with a harmless word in each place."""
    return planted(block, itertools.repeat("word"))
