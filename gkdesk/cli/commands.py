"""The commands and their parameters, and how a line of arguments is run."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import click

from gkdesk import __version__
from gkdesk.cli import backup, check, documents, export, importing, open_window, verify
from gkdesk.cli.command import Command, FilePath, Group, OneOf, file, in_words, year_option
from gkdesk.cli.guard import FINE, refuse
from gkdesk.errors import KnownError
from gkdesk.i18n import Language, _, set_language


def run(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name; returns its exit code. Raises KnownError as the command does."""
    set_language(_language(arguments))
    program = commands()
    try:
        with program.make_context("gkdesk", list(arguments)) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.UsageError as error:
        return refuse(in_words(error))
    return code if isinstance(code, int) else FINE


def commands() -> Group:
    """All commands, with help in the language chosen."""
    return Group(
        "gkdesk",
        help=_("政府信息公开年报填报助手。不带参数运行时打开窗口。"),
        invoke_without_command=True,
        callback=_without_command,
        params=[
            click.Option(["--version"], is_flag=True, help=_("显示版本号")),
            click.Option(["--selftest"], is_flag=True, help=_("自检：在临时文件夹里把主要功能做一遍")),
            click.Option(["--window"], is_flag=True, help=_("自检时也打开窗口（不用屏幕）")),
        ],
        commands=[
            _gui(),
            _new(),
            _check(),
            _export(),
            _edit(),
            _import(),
            _history(),
            _verify(),
            _backup(),
            _restore(),
        ],
    )


def _without_command(version: bool, selftest: bool, window: bool) -> int:
    if version:
        click.echo(f"gkdesk {__version__}")
        return FINE
    context = click.get_current_context()
    if context.invoked_subcommand is not None:
        return FINE
    if selftest:
        from gkdesk.cli import selftest as trial  # it loads everything there is

        return trial.run(window=window)
    if window:
        raise KnownError(_("--window 只能和 --selftest 一起用。"))
    return open_window(None)


def _gui() -> Command:
    return Command(
        "gui",
        help=_("打开窗口，可以指定要打开的年报文档。"),
        params=[click.Argument(["path"], metavar="[FILE.gkd]", required=False, type=FilePath())],
        callback=open_window,
    )


def _new() -> Command:
    return Command(
        "new",
        help=_("新建年报文档；文件已经存在时不会覆盖。"),
        params=[
            file("path", "FILE.gkd"),
            click.Option(["--unit"], metavar="NAME", required=True, help=_("单位全称")),
            year_option(_("报告年度"), required=True),
        ],
        callback=documents.new,
    )


def _check() -> Command:
    return Command(
        "check",
        help=_("检查年报，列出要改正的地方。有错误时退出码为 1。"),
        params=[
            file("path", "SOURCE"),
            year_option(_("检查哪一年的年报，默认最近一年")),
            click.Option(
                ["--previous"],
                metavar="SOURCE",
                type=FilePath(),
                help=_("上年年报，用来核对结转等数据；.gkd 文档里有上年的不用给"),
            ),
            click.Option(["--json", "as_json"], is_flag=True, help=_("结果写成 JSON，供其他程序使用")),
        ],
        callback=check.run,
    )


def _export() -> Command:
    return Command(
        "export",
        help=_("导出年报。给出几份年报时，--out 写文件夹，文件按单位和年度取名。"),
        params=[
            file("paths", "SOURCE…", many=True),
            click.Option(
                ["--to", "kind"],
                type=OneOf(export.KINDS),
                metavar="|".join(export.KINDS),
                required=True,
                help=_("导出成什么"),
            ),
            click.Option(
                ["--out"],
                type=FilePath(),
                metavar="PATH",
                required=True,
                help=_("导出到哪个文件或文件夹"),
            ),
            year_option(_("导出哪一年的年报，默认最近一年")),
            click.Option(
                ["--copy"],
                type=OneOf(export.COPIES),
                metavar="|".join(export.COPIES),
                help=_("review 送审稿，final 正式稿（要先定稿）；默认按年报的状态"),
            ),
            click.Option(["--archive"], is_flag=True, help=_("PDF 写成归档用的 PDF/A-2b")),
        ],
        callback=export.run,
    )


def _edit() -> Command:
    return Command(
        "edit",
        short_help=_("从标准输入逐行填报，每行存盘后答复。"),
        help=_(
            "从标准输入逐行填报，每行一条：格名=数，text.overview=文字，unit.phone=电话，date=日期。"
            "等号后面空着就是清空；文字里的 \\n 表示换行，\\\\ 表示一个反斜杠。"
            "每行答复一次：ok 行号（已经存盘），或 error 行号 原因（没有改动）。"
        ),
        params=[
            file("path", "FILE.gkd"),
            year_option(_("填报哪一年的年报，默认最近一年")),
            click.Option(["--stdin"], is_flag=True, help=_("从标准输入读（目前必须写明）")),
        ],
        callback=documents.edit,
    )


def _import() -> Command:
    return Command(
        "import",
        short_help=_("读入用别的软件做的年报（Excel、Word、网页、PDF、文本）。"),
        help=_(
            "读入用别的软件做的年报（Excel、Word、网页、PDF、文本），存进年报文档；文档不存在时新建。"
            "读到的、推断的、读不出的都列出来；年报有错误时退出码为 1。"
        ),
        params=[
            file("path", "SOURCE"),
            click.Option(
                ["--into"],
                metavar="FILE.gkd",
                type=FilePath(),
                required=True,
                help=_("存进哪个年报文档"),
            ),
            year_option(_("是哪一年的年报，默认按来源里写的")),
            click.Option(["--json", "as_json"], is_flag=True, help=_("结果写成 JSON，供其他程序使用")),
        ],
        callback=importing.run,
    )


def _history() -> Command:
    return Command(
        "history",
        help=_("列出年报的修改记录，最近的在前。"),
        params=[file("path", "FILE.gkd"), year_option(_("哪一年的年报，默认最近一年"))],
        callback=documents.history,
    )


def _verify() -> Command:
    return Command(
        "verify",
        help=_(
            "核对打印件：核对码印在每页下方。与文档现在的内容相同时退出码为 0；"
            "内容后来改过，或没有哪一版是这个码，退出码为 1。"
        ),
        params=[file("path", "FILE.gkd"), click.Argument(["code"], metavar="CODE", required=True)],
        callback=verify.run,
    )


def _backup() -> Command:
    return Command(
        "backup",
        help=_("立即备份年报文档。备份经过检查，放在数据文件夹里。"),
        params=[file("path", "FILE.gkd")],
        callback=backup.backup,
    )


def _restore() -> Command:
    return Command(
        "restore",
        help=_("把备份恢复成新的文档；不会覆盖已有的文件，备份保持不变。"),
        params=[
            file("path", "BACKUP"),
            click.Option(
                ["--out"],
                type=FilePath(),
                metavar="FILE.gkd",
                required=True,
                help=_("恢复到哪个新文件"),
            ),
        ],
        callback=backup.restore,
    )


def _language(arguments: Sequence[str]) -> Language:
    """The language that the arguments name; Chinese, and left to the parser to refuse, where it is none."""
    words = [f"{word}={after}" for word, after in pairwise(arguments) if word == "--lang"]
    return "en" if "--lang=en" in (*words, *arguments) else "zh"
