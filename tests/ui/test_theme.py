"""Colours that can be read, sizes that follow the scale, and a style sheet that Qt understands."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields

import pytest
from PySide6.QtCore import QDir, QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton

from gkdesk import paths
from ui import theme
from ui.theme_sheet import style_sheet

SETS = (theme.LIGHT, theme.DARK)
PAIRS = [
    pytest.param(colours, ink, ground, id=f"{colours.name}-{ink}-{ground}")
    for colours in SETS
    for ink, ground in colours.pairs()
]


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.fixture(autouse=True)
def light_again(qapp):
    theme.apply(qapp, "light", 100)
    yield
    theme.apply(qapp, "light", 100)


def test_contrast_is_measured_as_wcag_does():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("colours", "ink", "ground"), PAIRS)
def test_text_can_be_read(colours, ink, ground):
    assert contrast(getattr(colours, ink), getattr(colours, ground)) >= 4.5


@pytest.mark.parametrize("colours", SETS, ids=lambda colours: colours.name)
def test_edges_of_fields_can_be_seen(colours):
    for ground in (colours.paper, colours.window):
        assert contrast(colours.line_strong, ground) >= 3
        assert contrast(colours.accent, ground) >= 3


@pytest.mark.parametrize("colours", SETS, ids=lambda colours: colours.name)
def test_state_icons_can_be_seen_on_a_chosen_row(colours):
    for state in (colours.error, colours.warning, colours.good, colours.accent, colours.secondary):
        assert contrast(state, colours.selection) >= 3


@pytest.mark.parametrize("colours", SETS, ids=lambda colours: colours.name)
def test_every_colour_is_one(colours):
    for field in fields(colours):
        if field.name != "name":
            assert re.fullmatch("#[0-9A-F]{6}", getattr(colours, field.name)), field.name
    with pytest.raises(FrozenInstanceError):
        colours.text = "#000000"


def test_every_state_ground_is_checked():
    grounds = {ground for _, ground in theme.LIGHT.pairs()}
    assert {field.name for field in fields(theme.LIGHT) if field.name.endswith("_back")} <= grounds


def test_apply_sets_style_font_palette_and_tells(qapp, qtbot):
    with qtbot.waitSignal(theme.signals().changed):
        colours = theme.apply(qapp, "dark", 120)
    assert colours is theme.current() is theme.DARK
    assert (theme.scheme(), theme.scale()) == ("dark", 120)
    assert qapp.font().pointSizeF() == pytest.approx(10.5 * 1.2)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(theme.DARK.window)
    assert qapp.palette().color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) == QColor(
        theme.DARK.disabled
    )
    theme.apply(qapp, "light", 100)
    assert qapp.font().pointSizeF() == pytest.approx(10.5)
    assert qapp.palette().color(QPalette.ColorRole.Text) == QColor(theme.LIGHT.text)


def test_applying_twice_does_not_grow(qapp):
    sizes = []
    for _ in range(2):
        theme.apply(qapp, "light", 150)
        button = QPushButton("导出")
        button.ensurePolished()
        sizes.append(button.sizeHint())
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize(("asked", "got"), [(90, 90), (150, 150), (20, 90), (999, 150), (-5, 90)])
def test_scale_is_kept_within_bounds(qapp, asked, got):
    theme.apply(qapp, "light", asked)
    assert theme.scale() == got


def test_system_scheme_is_one_of_the_two(qapp):
    assert theme.apply(qapp, "system") in SETS
    assert theme.scheme() == "system"


def test_unknown_scheme_is_refused_and_changes_nothing(qapp):
    with pytest.raises(ValueError, match="pink"):
        theme.apply(qapp, "pink")
    assert theme.scheme() == "light"


@pytest.mark.parametrize(
    ("scale", "base", "pixels"), [(100, 8, 8), (150, 8, 12), (90, 1, 1), (125, 12, 15), (90, 0, 0)]
)
def test_gap_scales_and_never_vanishes(qapp, scale, base, pixels):
    theme.apply(qapp, "light", scale)
    assert theme.gap(base) == pixels


def test_fonts_scale(qapp):
    theme.apply(qapp, "light", 150)
    assert theme.font(2).pointSizeF() == pytest.approx(10.5 * 1.5 * 2)
    assert theme.font(bold=True).bold()
    assert theme.text_font(14).pointSizeF() == pytest.approx(21)


def test_figures_have_one_width(qapp):
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.figure_font())
    assert len({round(metrics.horizontalAdvance(digit * 10), 2) for digit in "0123456789"}) == 1


def test_colour_by_name_or_as_it_is(qapp):
    assert theme.colour("accent") == QColor("#1D5FA7")
    assert theme.colour("#123456") == QColor("#123456")
    with pytest.raises(AttributeError):
        theme.colour("mauve")


@pytest.mark.parametrize("colours", SETS, ids=lambda colours: colours.name)
@pytest.mark.parametrize("scale", [90, 100, 150])
def test_qt_understands_the_sheet(qapp, qtlog, colours, scale):
    theme.apply(qapp, colours.name, scale)
    widgets = [QPushButton("a"), QLineEdit("b"), QCheckBox("c"), QLabel("d")]
    for widget in widgets:
        widget.ensurePolished()
        widget.grab()
    assert [record.message for record in qtlog.records if "arse" in record.message] == []
    assert "$" not in QApplication.instance().styleSheet()


def test_no_padding_is_negative(qapp):
    theme.apply(qapp, "light", 90)
    assert not re.search(r"-\d+px", style_sheet(theme.LIGHT, theme.gap))


@pytest.mark.parametrize("colours", SETS, ids=lambda colours: colours.name)
def test_pictures_of_controls_are_there_in_the_sets_own_colours(colours):
    QDir.setSearchPaths("controls", [str(paths.resources() / "icons" / "controls")])
    named = re.findall(r'url\("(controls:[^"]+)"\)', style_sheet(colours, round))
    assert len(set(named)) == 3
    for name in named:
        assert QDir("/").exists(name) or QDir().exists(name), name
    folder = paths.resources() / "icons" / "controls"
    assert colours.on_accent in (folder / f"check-{colours.name}.svg").read_text(encoding="utf-8")
    for arrow in ("down", "up"):
        assert colours.secondary in (folder / f"{arrow}-{colours.name}.svg").read_text(encoding="utf-8")


def test_checked_box_shows_its_mark(qapp, qtbot):
    box = QCheckBox("有规章制定权")
    qtbot.addWidget(box)
    box.setChecked(True)
    seen = box.grab().toImage()
    colours = [seen.pixelColor(x, y) for x in range(box.height()) for y in range(seen.height())]
    assert QColor(theme.LIGHT.accent) in colours
    white = [colour for colour in colours if colour.lightness() > 252]
    assert len(white) > 4, "the check mark is drawn in white on the accent"


def test_focus_frame_moves_nothing(qapp, qtbot):
    for widget in (QPushButton("导出 PDF"), QLineEdit("某某市某某局")):
        qtbot.addWidget(widget)
        before = widget.sizeHint()
        with qtbot.waitExposed(widget):
            widget.show()
        widget.activateWindow()
        widget.setFocus()
        qtbot.waitUntil(widget.hasFocus)
        assert widget.sizeHint() == before


def test_role_changes_the_look(qapp, qtbot):
    button = QPushButton("导出 PDF")
    qtbot.addWidget(button)
    theme.set_role(button, "primary")
    assert button.grab().toImage().pixelColor(8, 8) == QColor(theme.LIGHT.accent)
    theme.set_role(button, "")
    assert button.grab().toImage().pixelColor(8, 8) == QColor(theme.LIGHT.paper)


def test_bound_fonts_follow_the_size_of_text(qapp, look, qtbot):
    label = QLabel("新建年报")
    qtbot.addWidget(label)
    look.bind_font(label, 1.15, bold=True)
    before = label.font().pointSizeF()
    for scale in (150, 100):
        look.apply(qapp, "light", scale)
        assert label.font().bold()
        assert label.font().pointSizeF() == pytest.approx(before * scale / 100, rel=0.02)


def test_every_heading_follows_the_size_of_text(qapp, window, report_file):
    """The same fonts after a change as in a window that was made with it."""
    from ui import theme

    def sizes():
        return {
            (type(label).__name__, label.text(), number): label.font().pointSizeF()
            for number, label in enumerate(window.findChildren(QLabel))
        }

    window.desk.open_path(report_file())
    for step in ("info", "overview", "requests", "review", "output"):
        window.wizard.go(step)
    window.start.show_welcome([])
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    before = sizes()
    theme.apply(qapp, "light", 150)
    grown = sizes()
    assert [name for name, size in grown.items() if name in before and size <= before[name]] == []
    theme.apply(qapp, "light", 100)
    assert sizes() == before
    window.wizard.go("overview")
