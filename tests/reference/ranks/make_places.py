"""A seed -> places.csv and covariances.csv beside this file: simulated estimates of places, nobody's answers.

independent: ten places of unequal variance; correlated: nine that share errors, as places of one design do;
few_df: seven, to be ranked with six degrees of freedom.
"""

import csv
import random
from pathlib import Path

random.seed(52)
FOLDER = Path(__file__).parent
places, covariances = [], []
for case, count, gap, common in (
    ("independent", 10, 0.9, 0.0),
    ("correlated", 9, 0.8, 0.6),
    ("few_df", 7, 2.4, 0.4),
):
    deviation = [random.uniform(0.3, 0.9) for _ in range(count)]
    for at in range(count):
        value = gap * (at // 2) + random.gauss(0, 0.3)  # in pairs, so that some are hard to tell apart
        places.append({"case": case, "place": f"{at + 1:02d}", "estimate": round(value, 4)})
        for other in range(count):
            share = 1.0 if at == other else common
            value = round(deviation[at] * deviation[other] * share, 8)
            covariances.append({"case": case, "row": at + 1, "column": other + 1, "value": value})
for name, rows in (("places.csv", places), ("covariances.csv", covariances)):
    with (FOLDER / name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
