"""Settings: look and keys, the fonts of the paper copies, backups. Each takes effect at once."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gkdesk.i18n import _
from ui import dialogs, theme
from ui.settings import Settings


class SettingsDialog(QDialog):
    """What a clerk may want to set; there is no OK, since nothing has to be confirmed."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(_("设置"))
        self.scale = QSlider(Qt.Orientation.Horizontal, self)
        self.scale.setRange(90, 150)
        self.scale.setSingleStep(10)
        self.scale.setPageStep(10)
        self.scale.setTickInterval(10)
        self.scale.setTickPosition(QSlider.TickPosition.TicksBelow)
        self.scale.setValue(settings.scale)
        self.scale.setAccessibleName(_("字号"))
        self.scale.valueChanged.connect(self._on_look_changed)
        self._percent = QLabel(self)
        self.scheme = QComboBox(self)
        for value, words in (("light", _("浅色")), ("dark", _("深色")), ("system", _("跟随系统"))):
            self.scheme.addItem(words, value)
        self.scheme.setCurrentIndex(self.scheme.findData(settings.scheme))
        self.scheme.activated.connect(self._on_look_changed)
        self.language = QComboBox(self)
        self.language.addItem("中文", "zh")
        self.language.addItem("English", "en")
        self.language.setCurrentIndex(self.language.findData(settings.language))
        self.language.activated.connect(self._on_language_changed)
        self.enter = QCheckBox(_("按回车键移到右边一格（平时移到下边一格）"), self)
        self.enter.setChecked(settings.enter_moves_right)
        self.enter.toggled.connect(self._on_enter_changed)
        general = self._general()
        buttons = QDialogButtonBox(self)
        buttons.addButton(_("关闭"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        self.tabs = QTabWidget(self)
        self._fonts, self._backups = QWidget(self), QWidget(self)
        pages = ((general, _("常用")), (self._fonts, _("打印字体")), (self._backups, _("备份")))
        for page, words in pages:
            self.tabs.addTab(page, words)
        self.tabs.currentChanged.connect(self._on_tab_changed)
        layout = QVBoxLayout(self)
        layout.addWidget(self.tabs)
        layout.addWidget(buttons)
        dialogs.fit(self, 640, 440)
        self._show_percent()

    def _general(self) -> QWidget:
        """The page of what is set most often."""
        note = QLabel(_("换语言时，关闭这个窗口后生效；年报已经填的都在，只是不能再撤销。"), self)
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        general = QWidget(self)
        form = QFormLayout()
        form.setVerticalSpacing(theme.gap(12))
        form.setHorizontalSpacing(theme.gap(12))
        form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        size = QHBoxLayout()
        size.setSpacing(theme.gap(12))
        size.addWidget(self.scale, 1)
        size.addWidget(self._percent)
        form.addRow(_("字号"), size)
        form.addRow(_("颜色"), self.scheme)
        form.addRow(_("语言"), self.language)
        form.addRow("", self.enter)
        column = QVBoxLayout(general)
        column.setContentsMargins(*[theme.gap(12)] * 4)
        column.setSpacing(theme.gap(12))
        column.addLayout(form)
        column.addWidget(note)
        column.addStretch(1)
        return general

    def _show_percent(self) -> None:
        self._percent.setText(_("{percent} %").format(percent=self.scale.value()))

    def _on_tab_changed(self, index: int) -> None:
        # pages are made, and fonts read, when they are looked at
        tab = self.tabs.widget(index)
        if tab.layout() is not None:
            return
        page: QWidget
        if tab is self._fonts:
            from ui.fonts_page import FontsPage

            page = FontsPage(self._settings, tab)
        elif tab is self._backups:
            from ui.backup_page import BackupPage

            page = BackupPage(self._settings, tab)
        else:
            return
        column = QVBoxLayout(tab)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    def _on_look_changed(self, _value: int) -> None:
        self._settings.scale = self.scale.value()
        self._settings.scheme = self.scheme.currentData()
        self._show_percent()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, self._settings.scheme, self._settings.scale)

    def _on_language_changed(self, _index: int) -> None:
        self._settings.language = self.language.currentData()

    def _on_enter_changed(self, checked: bool) -> None:
        self._settings.enter_moves_right = checked
