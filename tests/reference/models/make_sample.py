"""Nothing -> sample.csv: 240 simulated people in 24 PSUs of 5 strata, for models.R and its tests."""

import csv
import random
from pathlib import Path

random.seed(20210715)
PSUS = {"a": 4, "b": 5, "c": 6, "d": 3, "e": 6}
rows = []
for stratum, n_psu in PSUS.items():
    for psu in range(1, n_psu + 1):
        effect = random.gauss(0, 4)
        size = 40 + 7 * psu
        for person in range(10):
            sex = random.choice(["female", "male"])
            age = random.choice(["18-34", "35-54", "55+"])
            ward = random.randint(1, 4)
            visits = min(int(random.expovariate(0.5)), 9)
            score = round(50 + effect + 3 * (sex == "male") + 2 * ward - visits + random.gauss(0, 9), 2)
            trust = "yes" if random.random() < 0.35 + 0.01 * (score - 50) + 0.15 * (age == "55+") else "no"
            pensioner = "yes" if age == "55+" and ward != 4 and random.random() < 0.8 else "no"
            missing = stratum == "c" and psu == 2  # a whole PSU that was not asked
            rows.append(
                {
                    "stratum": stratum, "psu": f"{stratum}{psu}", "person": f"{stratum}{psu}.{person}",
                    "weight": round(size / 10 * (20 + n_psu) / n_psu, 4),
                    "psus": 20 + n_psu, "people": size, "sex": sex, "age.group": age, "ward": ward,
                    "visits": "" if random.random() < 0.05 else visits,
                    "score": "" if missing or random.random() < 0.05 else score,
                    "trust": "" if random.random() < 0.08 else trust, "pensioner": pensioner,
                }
            )  # fmt: skip
with (Path(__file__).parent / "sample.csv").open("w", newline="", encoding="utf-8") as file:
    writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
