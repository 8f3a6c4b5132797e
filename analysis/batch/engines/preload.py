"""What the fork server imports before the first job, so that no child has to: libraries and our own pages.

The server is started anew by each run, so that a module edited between two runs is read again. It also
makes, once, what libraries make at their first use and what all packs of the run's round share.
"""

from __future__ import annotations

import gc
import sys

gc.disable()  # nothing that is imported goes away again

sys.modules.setdefault("rfc3987_syntax", None)  # see analysis.batch.execute.import_papermill

import IPython.core.application  # noqa: E402
import IPython.core.completerlib  # noqa: E402
import IPython.core.crashhandler  # noqa: E402
import IPython.core.interactiveshell  # noqa: E402
import IPython.core.logger  # noqa: E402
import IPython.core.magics  # noqa: E402
import IPython.core.oinspect  # noqa: E402, F401
import lxml.html  # noqa: E402, F401
import matplotlib.backends.backend_agg  # noqa: E402
import matplotlib.backends.backend_svg  # noqa: E402
import matplotlib.figure  # noqa: E402, F401
import openpyxl.packaging.extended  # noqa: E402, F401
import papermill  # noqa: E402, F401
import pyarrow.acero  # noqa: E402
import pyarrow.parquet  # noqa: E402, F401

import analysis.batch.engines.inprocess  # noqa: E402
import analysis.batch.formats.annex_workbook  # noqa: E402
import analysis.batch.formats.rows_file  # noqa: E402
import analysis.batch.job  # noqa: E402
import analysis.briefing.front  # noqa: E402, F401
from analysis.batch.engines.shared import await_the_run, make_shared  # noqa: E402

await_the_run()
make_shared()
gc.freeze()  # a child need not look through it, nor get pages of its own by doing so
gc.enable()
