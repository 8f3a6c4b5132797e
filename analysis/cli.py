"""The `workbench` command: the top floor, which may call everything and is called by nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from analysis.commands import checks, estimate, explore, issues, keeping, lessons, packs, start, training
from analysis.commands.data_option import use_data
from analysis.errors import WorkbenchError


class _Group(click.Group):
    """Commands whose user errors print as sentences, with their own exit codes, and no traceback."""

    def invoke(self, ctx: click.Context):
        try:
            return super().invoke(ctx)
        except WorkbenchError as fault:
            if ctx.params.get("debug"):
                raise
            click.echo(str(fault), err=True)
            sys.exit(fault.exit_code)
        except KeyboardInterrupt:
            click.echo("Đã dừng theo yêu cầu. / Stopped.", err=True)
            sys.exit(130)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="papi-workbench")
@click.option("--debug", is_flag=True, help="Show the traceback of an error. / Hiện chi tiết lỗi kỹ thuật.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=None,
    metavar="DIR",
    help="Data folder of this run, instead of WORKBENCH_DATA. / Thư mục dữ liệu dùng cho lần chạy này.",
)
@click.pass_context
def main(ctx: click.Context, debug: bool, data: Path | None) -> None:
    """Kiên Giang PAPI Workbench: survey files in, district briefing packs out.

    Bộ công cụ PAPI Kiên Giang: đưa tệp khảo sát vào, nhận bản tin từng huyện.
    """
    use_data(ctx, data)


for command in (
    start.new,
    start.round_group,
    checks.check,
    training.training_group,
    lessons.lessons_group,
    packs.packs,
    packs.build,
    issues.verify,
    issues.diff,
    estimate.estimate,
    explore.rounds,
    explore.lab,
    keeping.purge,
    keeping.key,
):
    command.short_help = (command.help or "").splitlines()[0]  # both languages, not the first sentence alone
    main.add_command(command)


if __name__ == "__main__":
    main()
