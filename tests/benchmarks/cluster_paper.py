"""What was measured on two cores -> how long 700 and 10,000 packs would take, with what is assumed: no measurement."""

from __future__ import annotations

from dataclasses import dataclass

PACKS = (700, 10_000)
CORES = (2, 8, 32)
#: What a local network carries, bytes a second: 1 Gbit/s at 80 %.
NETWORK = 100e6


@dataclass(frozen=True)
class Measured:
    """On one machine, by the benchmark.

    Attributes
    ----------
    cpu_a_pack, cluster_cpu_a_pack : float
        CPU seconds of a pack, all processes together, by the local pool and by scheduler and workers.
    runner_cpu_a_pack : float
        CPU seconds that the command itself spends on a pack: one process does that for all.
    before, before_a_pack : float
        Seconds of a run of one pack before that is begun (imports, results up to date, its key), and so many
        more for each further pack.
    bytes_a_pack : float
    seconds_a_pack : float
        Wall seconds of a pack on a core of its own among two that are busy.
    """

    cpu_a_pack: float
    cluster_cpu_a_pack: float
    runner_cpu_a_pack: float
    before: float
    before_a_pack: float
    bytes_a_pack: float
    seconds_a_pack: float

    def seconds(self, packs: int, cores: int) -> float:
        """The longer of what the workers need and what the command, which moves each pack in, needs."""
        scheduler = self.cluster_cpu_a_pack / self.cpu_a_pack if self.cpu_a_pack else 1.0
        workers = packs * self.seconds_a_pack * max(scheduler, 1.0) / cores
        before = self.before + packs * max(self.before_a_pack, 0.0)
        return before + max(workers, packs * self.runner_cpu_a_pack, packs * self.bytes_a_pack / NETWORK)


def say_paper(measured: Measured) -> str:
    """The section of the page: table and assumptions."""
    lines = [
        "## 700 and 10,000 packs, on paper", "",
        "Not measured. From the figures above: "
        f"{measured.seconds_a_pack:.2f} s a pack and core, {measured.cpu_a_pack:.2f} CPU s a pack by the pool and "
        f"{measured.cluster_cpu_a_pack:.2f} with a scheduler, {measured.runner_cpu_a_pack:.3f} CPU s a pack in the "
        f"command itself, {measured.before:.1f} s before the first pack and {measured.before_a_pack:.3f} s more for each, {measured.bytes_a_pack / 1e6:.2f} MB a pack.",
        "", "| packs | on disk | " + " | ".join(f"{cores} cores" for cores in CORES) + " |",
        "|---:|---:|" + "---:|" * len(CORES),
    ]  # fmt: skip
    for packs in PACKS:
        times = (_minutes(measured.seconds(packs, cores)) for cores in CORES)
        disk = packs * measured.bytes_a_pack / 1e9
        lines.append(f"| {packs:,} | {disk:.1f} GB | " + " | ".join(times) + " |")
    lines += [
        "",
        "Assumed:",
        "",
        "- A core does as much as one of this machine's two, both busy; workers on other machines are as fast.",
        "- A pack of a commune costs what a district's costs here. It holds fewer figures, so this is the wide side.",
        "- The command's own share (a pack moved in, flushed to the disk, manifest and status at most every twentieth "
        "of the time) grows in proportion to the packs. It is one process, so it bounds how many cores are of use: "
        f"about {measured.seconds_a_pack / measured.runner_cpu_a_pack:.0f} here.",
        "- The time before the first pack grows in proportion to the packs: every pack's key is made first.",
        f"- The network carries {NETWORK / 1e6:.0f} MB a second; each pack crosses it once.",
        "- Every worker starts its engine once (some seconds) and has the round's results on a disk of its own.",
        "- The round's results are built before. Comparing every district with the rest of the country takes time "
        "that grows with districts × people: for 10,000 communes in one round that is the longer part. One round a "
        "province, as surveys are read, does not have that.",
    ]
    return "\n".join(lines) + "\n"


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds < 7200 else f"{seconds / 3600:.1f} h"
