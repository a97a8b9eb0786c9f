"""click in Chinese: commands, groups and parameters whose help and refusals are plain lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gkdesk.i18n import _, language
from gkdesk.words import listed

LANGUAGES = ("zh", "en")
FIRST_YEAR, LAST_YEAR = 1900, 2999


class Year(click.ParamType[int]):
    """A year of four digits."""

    name = "year"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        text = str(value).strip()
        if not text.isdecimal() or not FIRST_YEAR <= int(text[:9]) <= LAST_YEAR:
            self.fail(_("年份“{text}”应为 2024 这样的四位数").format(text=text[:20]), param, ctx)
        return int(text)


class FilePath(click.Path):
    """A file or folder by its name. An empty word would name the folder one stands in."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not str(value):
            self.fail(_("是空的，请写明文件名"), param, ctx)
        return super().convert(value, param, ctx)


class OneOf(click.Choice[str]):
    """One of a few words."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            words = listed(self.choices)
            self.fail(
                _("“{text}”不能用，只能是：{words}").format(text=str(value)[:40], words=words), param, ctx
            )
        return str(value)


def file(name: str, metavar: str, *, many: bool = False) -> click.Argument:
    """An argument that names a file (several with ``many``: a tuple)."""
    return click.Argument([name], metavar=metavar, required=True, nargs=-1 if many else 1, type=FilePath())


def year_option(what: str, *, required: bool = False) -> click.Option:
    """``--year``: a report year."""
    return click.Option(["--year"], type=Year(), metavar="Y", required=required, help=what)


class Command(click.Command):
    """A command with Chinese help; extra words on the line are refused in words of our own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # read before parsing, so that help and refusals are in that language too
        self.params.append(
            click.Option(
                ["--lang"], type=OneOf(LANGUAGES), expose_value=False, help=_("语言：zh 中文，en 英文")
            )
        )
        self.context_settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx  # click forgets it for some
            raise
        if ctx.args and not isinstance(self, click.Group) and not ctx.resilient_parsing:
            raise click.UsageError(_("多余的内容“{words}”").format(words=" ".join(ctx.args)[:60]), ctx)
        return rest

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = _("显示用法")
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = [
            parameter.make_metavar(ctx) for parameter in self.params if isinstance(parameter, click.Argument)
        ]
        formatter.write_usage(ctx.command_path, " ".join([*pieces, _("[选项]")]), prefix=_("用法："))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [parameter for parameter in self.get_params(ctx) if isinstance(parameter, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        _list(formatter, _("选项："), [(name, _required(text)) for name, text in filter(None, records)])


class Group(Command, click.Group):
    """The program: a command that has commands."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, _("命令 …"), prefix=_("用法："))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        commands = [(name, command.get_short_help_str(100)) for name, command in self.commands.items()]
        _list(formatter, _("命令："), commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands:
            raise click.UsageError(_("没有“{name}”这个命令").format(name=args[0][:40]), ctx)
        return super().resolve_command(ctx, args)


def _list(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """A list under a heading, whose colon is that of the language: click's own is not."""
    formatter.write_paragraph()
    formatter.write(f"{heading}\n")
    with formatter.indentation():
        formatter.write_dl(rows)


def _required(text: str) -> str:
    """Help of an option, with click's mark of one that is needed in the language chosen."""
    return text.replace("[required]", _("[必填]"))


def in_words(error: click.UsageError) -> str:
    """A refusal of arguments as one line, with the command whose usage to look at."""
    path = error.ctx.command_path if error.ctx else "gkdesk"
    cause = _cause(error).rstrip("。.")
    return _("{command}：{cause}。用法见 {command} --help").format(command=path, cause=cause)


def _cause(error: click.UsageError) -> str:
    if isinstance(error, click.MissingParameter):
        return _("缺少 {name}").format(name=_name(error.param))
    if isinstance(error, click.NoSuchOption):
        return _("没有“{name}”这个选项").format(name=error.option_name)
    if isinstance(error, click.BadParameter):
        return f"{_name(error.param)} {error.message}" if error.param else error.message
    if isinstance(error, click.BadOptionUsage) and language() == "zh":
        return _("选项 {name} 后面少了内容，或不该带内容").format(name=error.option_name)
    return error.message


def _name(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return (parameter.metavar or parameter.name or "") if parameter else ""
