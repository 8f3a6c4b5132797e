"""`workbench purge` and `workbench key new`: real data leave in time, the key of hashes is made."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from datetime import date
from pathlib import Path

import click

from analysis import paths


@click.command()
@click.option(
    "--remove/--dry-run",
    default=False,
    help="Remove; without it only list. / Xóa thật; nếu không thì chỉ liệt kê.",
)
def purge(remove: bool) -> None:
    """List what retention.csv says must go, or remove it. / Liệt kê hoặc xóa dữ liệu hết thời hạn lưu."""
    from analysis.batch.folder import hold_folder
    from analysis.findings import describe_findings
    from analysis.keeping.purge import describe_purge, exit_code_of_purge
    from analysis.keeping.purge import purge as purge_folder
    from analysis.keeping.retention import check_retention

    data, packs, rounds = paths.data_folder(), paths.packs_folder(), _rounds()
    text = describe_findings(check_retention(data, rounds).query("kind == 'note'"))
    if text:
        click.echo(text)
    with hold_folder(packs) if remove else nullcontext():
        plan = purge_folder(data, packs, rounds, date.today(), dry_run=not remove)
    click.echo(describe_purge(plan))
    if not remove and len(plan):
        click.echo("Chưa xóa gì; thêm --remove để xóa. / Nothing was removed; add --remove to remove.")
    sys.exit(exit_code_of_purge(plan))


def _rounds() -> dict[str, str]:
    """The rounds whose built files stay. A folder that declares none itself may be the wrong folder: then
    nothing counts as left over."""
    from analysis.keeping.retention import declared_rounds

    own = any((paths.data_folder() / "rounds").glob("*.toml"))
    return declared_rounds() if own else {}


@click.group()
def key() -> None:
    """The secret key of participants' hashes. / Khóa bí mật của mã băm học viên."""


@key.command("new")
@click.argument("path", type=click.Path(path_type=Path))
def new_key_file(path: Path) -> None:
    """Make a key at PATH, once. / Tạo khóa mới, một lần.

    The place must lie outside the checkout and the data folder. /
    Tệp phải nằm ngoài thư mục chương trình và thư mục dữ liệu.
    """
    from analysis.intake.persons.participant_keys import VARIABLE, new_key

    made = new_key(path)
    click.echo(
        f"Đã tạo khóa / key made: {made}\n"
        f"Đặt biến môi trường / set the environment variable: {VARIABLE}={made}\n"
        "Cất một bản sao trong két; mất khóa thì không nối được với các năm trước. / "
        "Keep one copy in a safe: without it the link to earlier years is lost."
    )
