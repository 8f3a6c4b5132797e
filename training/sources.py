"""A round, or the names of imported records -> their training records, checked, with what they were made of.

Records named by a round as files are read anew, under a key that everybody knows: their hashes link people
while the results are made and are written nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

import pandas as pd

from analysis import paths
from analysis.built import digest, sha256
from analysis.context.around import check_simulated, is_known_province
from analysis.context.built_training import AND
from analysis.errors import BadRows, MissingFile, shown
from analysis.findings import Finding, findings_table, join_findings, stop_on
from analysis.intake.table import RawTable
from analysis.rounds import Round
from training.records.checking import check_files
from training.records.records import Records
from training.records.store.importing import EXAMPLE_KEY
from training.records.store.stored import in_raw, raw_of_import, read_records, records_folder


@dataclass(frozen=True, eq=False)
class Source:
    """Where training results come from.

    Attributes
    ----------
    name : str
        A round's name, or imports' names joined by "+".
    files : tuple of Path
        Files that a round names; empty where it names imports.
    imports : tuple of str
    survey_round : Round or None
        None of imports that no round names.
    """

    name: str
    files: tuple[Path, ...] = ()
    imports: tuple[str, ...] = ()
    survey_round: Round | None = None

    @property
    def hashes(self) -> dict[str, str]:
        """What the records were made of -> its hash.

        Raises
        ------
        MissingFile
            A file is not there.
        """
        for path in self.files:
            if not path.is_file():
                raise _missing(path, self.survey_round)
        of_files = {path.name: sha256(path) for path in self.files}
        folders = {name: records_folder() / name for name in self.imports}
        tables = {
            name: sorted(path for path in folder.glob("*.parquet") if not path.name.startswith("training"))
            for name, folder in folders.items()
        }
        return of_files | {f"training/{name}": digest(files) for name, files in tables.items()}

    @property
    def raw(self) -> list[str]:
        """Files of raw/ behind the records, for a purge."""
        named = [raw for raw in map(in_raw, self.files) if raw]
        return sorted({*named, *(raw for name in self.imports for raw in raw_of_import(name))})


@dataclass(frozen=True, eq=False)
class SourceRead:
    """Records as read, with every finding and the raw tables for a coloured report."""

    records: Records
    findings: pd.DataFrame
    tables: tuple[RawTable, ...] = ()
    hidden: tuple[str, ...] = field(default=())


def source_of_round(survey_round: Round) -> Source | None:
    """The records that a round's `[context]` names; None where it names none.

    Raises
    ------
    BadRows
        It names files and imports, whose people could not be told apart.
    """
    named = survey_round.context.training
    if not named:
        return None
    files = [name for name in named if PurePosixPath(name).suffix or "/" in name]
    if files and len(files) < len(named):
        raise BadRows(
            f"Round {survey_round.survey_round} names both files and imported training records.",
            vi=f"Vòng {survey_round.survey_round} vừa nêu tệp vừa nêu hồ sơ đã nhập ở [context] training. "
            "Hãy chọn một cách, vì không nhận ra được cùng một học viên ở hai nơi.",
            where=paths.short(survey_round.settings_file),
            expected="files only, or names of imported records only",
            got=shown(named),
            hint="Import the files: workbench training import FILE.xlsx, and name the import.",
        )
    folder = paths.beside(survey_round.settings_file)
    imports = tuple(name for name in named if name not in files)
    return Source(survey_round.survey_round, tuple(folder / file for file in files), imports, survey_round)


def source_of_imports(names: str) -> Source:
    """Imported records by their names, joined by "+" where several are looked at together.

    Examples
    --------
    >>> source_of_imports("k01+k02").imports
    ('k01', 'k02')
    """
    imports = tuple(dict.fromkeys(name.strip() for name in names.split(AND) if name.strip()))
    return Source(AND.join(imports), imports=imports)


def read_source(source: Source) -> SourceRead:
    """The records, and everything that is found about them; stops at nothing but what cannot be read.

    Raises
    ------
    MissingFile, UnreadableFile, BadRows
        A file or an import is not there or cannot be read.
    """
    if source.files:
        _ = source.hashes  # names the file that is not there
        checked = check_files(source.files, EXAMPLE_KEY)
        read = SourceRead(checked.records, checked.findings, checked.tables, checked.hidden)
    else:
        read = SourceRead(read_records(source.imports), findings_table([]))
    found = [read.findings, _check_mixed(read.records), *_check_beside(source, read.records)]
    return SourceRead(read.records, join_findings(found), read.tables, read.hidden)


def _check_mixed(records: Records) -> pd.DataFrame:
    """Stop where simulated and real classes would be counted together."""
    made_up = records.classes["simulated"]
    if made_up.all() or not made_up.any():
        return findings_table([])
    return findings_table(
        [
            Finding(
                "simulated_beside_real",
                "Simulated and real classes are named together.",
                "Không được gộp lớp thật với lớp mô phỏng.",
                where=shown(sorted(records.classes.loc[made_up, "class_id"])),
                expected="classes that are all simulated, or all real",
                got="both",
                hint="Name the real records alone.",
            )
        ]
    )


def _check_beside(source: Source, records: Records) -> list[pd.DataFrame]:
    """What keeps records from standing beside a round's survey."""
    if source.survey_round is None or not len(records.classes):
        return []
    settings = source.survey_round.settings_file
    about = source.files[0] if source.files else settings
    found = [check_simulated(source.survey_round, about, bool(records.classes["simulated"].any()))]
    if not is_known_province(source.survey_round):
        unknown = Finding(
            "training_elsewhere",
            "Training records are of districts of the country, and the round has places of its own.",
            "Hồ sơ bồi dưỡng theo huyện của cả nước, còn vòng này dùng địa bàn riêng.",
            where=paths.short(settings),
            expected="[context] training = []",
            got=shown(source.survey_round.context.training),
            hint="Leave the training records out of this round.",
        )
        found.append(findings_table([unknown]))
    return found


def stop_without_classes(records: Records, source: Source) -> None:
    """Stop where there is no class with a day: nothing can be measured.

    Raises
    ------
    BadRows
    """
    dated = records.classes["end"].notna() | records.classes["start"].notna()
    if not dated.any():
        finding = Finding(
            "no_classes",
            "The training records hold no class with a first or last day.",
            "Hồ sơ bồi dưỡng không có lớp nào có ngày khai giảng hoặc bế giảng.",
            where=source.name,
            expected="a class with its days",
            got=f"{len(records.classes)} classes",
            hint="Fill in the first and last day of the classes.",
        )
        stop_on(findings_table([finding]))


def _missing(path: Path, survey_round: Round | None) -> MissingFile:
    named_in = paths.short(survey_round.settings_file) if survey_round else ""
    return MissingFile(
        "A file of training records is not there.",
        vi="Không tìm thấy tệp hồ sơ bồi dưỡng được nêu ở [context] training.",
        where=paths.short(path),
        expected=f"the file named by [context] training in {named_in}",
        hint="Put the file there, or take it out of the list.",
    )
