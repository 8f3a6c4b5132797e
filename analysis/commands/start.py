"""`workbench new` and `workbench round new`: a folder for real data, and a file's round drafted."""

from __future__ import annotations

from pathlib import Path

import click

from analysis import paths
from analysis.commands.shared import command, reading_options


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a data folder at DIR, outside the checkout. / Tạo thư mục dữ liệu, ngoài thư mục chương trình."""
    from analysis.scaffold.data_folder import make_data_folder

    made = make_data_folder(folder)
    click.echo(
        f"Đã tạo thư mục dữ liệu / data folder made: {made}\n"
        "Bước tiếp theo / next steps:\n"
        f"  1. Chép tệp gốc vào / put the file into: {made / 'raw'}\n"
        f'  2. workbench --data "{made}" round new papi-2023 --file "{made / "raw"}/TỆP.dta"\n'
        f'  3. workbench --data "{made}" check --round papi-2023\n'
        f'  4. workbench --data "{made}" packs --round papi-2023\n'
        "Đọc README.md trong thư mục đó: cái gì để ở đâu. Không đưa thư mục này lên git. / "
        "Its README.md says what goes where. Never put the folder into git."
    )


@click.group("round")
def round_group() -> None:
    """Begin a survey round. / Bắt đầu một vòng khảo sát."""


@round_group.command("new")
@click.argument("name")
@click.option("--file", type=click.Path(path_type=Path), default=None, help="Survey file. / Tệp khảo sát.")
@click.option("--copy", is_flag=True, help="Copy the file into raw/. / Chép tệp vào raw/.")
@click.option("--like", default="", help="A round whose settings are tried first. / Vòng làm mẫu.")
@click.option("--codebook", default="", help="To match with; none: another survey. / Bảng mã để đối chiếu.")
@click.option(
    "--framework", default="", help="To match with; none: another survey. / Khung chỉ số để đối chiếu."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="PART=COLUMN",
    help="What a column is, such as district=quan; village= for none; may be repeated. / Chỉ rõ vai trò cột.",
)
@click.option(
    "--province",
    default="",
    help="Whose rows are taken of a file with several. / Chỉ lấy các dòng của tỉnh này.",
)
@click.option(
    "--words",
    multiple=True,
    metavar="COLUMN",
    help="Read its words as codes; may be repeated; all. / Đọc cột chữ thành mã.",
)
@click.option(
    "--again",
    is_flag=True,
    help="Draft again, keep what was decided. / Soạn lại, giữ những điều đã quyết định.",
)
@click.option("--year", type=click.IntRange(2000, 2100), default=None, help="Of the fieldwork [in the name].")
@reading_options
def new_round_command(
    name: str,
    file: Path | None,
    copy: bool,
    like: str,
    codebook: str,
    framework: str,
    columns: tuple[str, ...],
    province: str,
    words: tuple[str, ...],
    again: bool,
    year: int | None,
    **reading: object,
) -> None:
    """Draft the round NAME from a survey file. / Soạn cấu hình vòng NAME từ một tệp khảo sát.

    Reads the file, recognises its design and people's columns, drafts the settings (and codebook, framework,
    places where it needs its own) and prints what is still to be decided. Writes over nothing; with --again
    it is drafted anew, what was asked for before counts too, and your own changes stay.
    """
    from analysis.rounds import round_file
    from analysis.rounds.decisions import check_decisions
    from analysis.scaffold.writing import new_round

    draft, written = new_round(
        name,
        file,
        like=like,
        codebook=codebook,
        framework=framework,
        year=year or 0,
        copy=copy,
        reading=reading,
        province=province,
        words=words,
        again=again,
        columns={part.strip(): column.strip() for part, _, column in (one.partition("=") for one in columns)},
    )
    for fact in draft.facts:
        click.echo(fact)
    click.echo("Đã soạn / drafted: " + ", ".join(paths.short(path) for path in written))
    _remind_of_retention(written)
    decisions = check_decisions(round_file(name)).to_dict("records")
    click.echo(f"Còn phải quyết định / still to be decided: {len(decisions)}")
    if not decisions:
        click.echo(f"Tiếp theo / next: {command(f'check --round {name}')}")
        return
    for number, row in enumerate(decisions, 1):
        click.echo(f"  {number}. {row['vi']}\n     {row['what']}\n     ({row['where']})")
    click.echo(
        "Điền xong thì xóa từng dòng `# decide:`, rồi chạy / fill in, delete each `# decide:` line, "
        f"then run: {command(f'check --round {name}')}"
    )


def _remind_of_retention(written: list[Path]) -> None:
    """Real files have a date by which they must go."""
    raw = paths.data_folder() / "raw"
    for path in written:
        if path.parent == raw:
            row, file = f"raw/{path.name}", paths.short(paths.data_folder() / "retention.csv")
            click.echo(f"Hãy thêm dòng cho {row} vào {file} / add a row for {row} to {file}.")
