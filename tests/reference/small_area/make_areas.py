"""A seed -> areas.csv beside this file: simulated areas of three small-area models, nobody's answers.

spread: areas differ by more than chance, five not sampled; even: equal variances and a constant only;
flat: no more spread than chance, so that the model's variance is 0.
"""

import csv
import random
from pathlib import Path

random.seed(324)
rows = []
for case, areas, spread, unsampled in (("spread", 45, 0.6, 5), ("even", 32, 0.5, 0), ("flat", 36, 0.0, 3)):
    for area in range(1, areas + 1):
        x1, x2 = round(random.gauss(0, 1), 4), round(random.uniform(-1, 2), 4)
        psi = 0.35 if case == "even" else round(random.uniform(0.05, 1.2), 4)
        mean = 4 if case == "even" else 4 + 1.2 * x1 - 0.7 * x2
        noise = 0.5 * psi**0.5 if case == "flat" else psi**0.5
        y = round(mean + random.gauss(0, 1) * spread + random.gauss(0, 1) * noise, 4)
        rows.append(
            {
                "case": case, "area": f"{area:02d}", "y": "" if area <= unsampled else y,
                "psi": "" if area <= unsampled else psi, "x1": x1, "x2": x2,
            }
        )  # fmt: skip
with (Path(__file__).parent / "areas.csv").open("w", newline="", encoding="utf-8") as file:
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
