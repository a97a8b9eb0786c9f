"""Help beside the work: what belongs to the step or cell, and the manual with its contents and a search."""

from __future__ import annotations

import html
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QHideEvent,
    QKeyEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextLength,
    QTextTable,
    QTextTableFormat,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gkdesk import paths
from gkdesk.i18n import _
from ui import dialogs, icons, theme

CONTENTS = "README.md"
RULES = "rules.md"
SHORTCUTS = "shortcuts.md"
PAGES = (
    CONTENTS,
    "start.md",
    "fill-in.md",
    "check.md",
    "export.md",
    "saving.md",
    SHORTCUTS,
    RULES,
    "command-line.md",
    "install.md",
)
NAME = Qt.ItemDataRole.UserRole
TEXT = Qt.ItemDataRole.UserRole + 1
LINE_HEIGHT = 140
"""Height of a line in per cent of what the face asks for."""


class HelpWindow(QDialog):
    """Stays open while the clerk goes on filling in; F1 turns it to the place where the clerk is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("帮助"))
        self.setModal(False)
        self.browser = QTextBrowser(self)
        self.browser.setOpenLinks(False)
        self.browser.setAccessibleName(_("说明"))
        self.browser.anchorClicked.connect(self._on_link)
        self.pages = QListWidget(self)
        self.pages.setAccessibleName(_("手册目录"))
        self.pages.setSpacing(theme.gap(2))
        self.search = QLineEdit(self)
        self.search.setPlaceholderText(_("在手册里查找"))
        self.search.setAccessibleName(_("在手册里查找"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_searched)
        self.search.returnPressed.connect(self._on_next_wanted)
        self._fill()
        self.pages.currentItemChanged.connect(self._on_page_chosen)
        self._lay_out()
        theme.signals().changed.connect(self._on_theme_changed)

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.gap(8))
        column.addWidget(self.search)
        column.addWidget(self.pages, 1)
        splitter = QSplitter(self)
        splitter.addWidget(left)
        splitter.addWidget(self.browser)
        splitter.setSizes([theme.gap(180), theme.gap(560)])
        splitter.setChildrenCollapsible(False)
        close = QPushButton(_("关闭"), self)
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        icons.bind(close, "close", None, 16)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.gap(12)] * 4)
        layout.setSpacing(theme.gap(8))
        layout.addWidget(splitter, 1)
        layout.addLayout(foot)
        dialogs.fit(self, 760, 560)

    def _fill(self) -> None:
        for name in PAGES:
            text = _folder().joinpath(name).read_text(encoding="utf-8")
            item = QListWidgetItem(text.partition("\n")[0].lstrip("# "), self.pages)
            item.setData(NAME, name)
            item.setData(TEXT, text.casefold())

    # ------------------------------------------------------------ showing

    def show_topic(self, words: str, page: str) -> None:
        """What helps at one place: a title, and paragraphs, one a line.

        ``page`` of the manual says more: a name, or name#heading.
        """
        title, *lines = words.split("\n")
        body = "".join(f"<p>{html.escape(line)}</p>" for line in lines if line)
        more = _("手册里的详细说明")
        self._mark("")
        self.browser.setHtml(
            f"<h2>{html.escape(title)}</h2>{body}<p><a href='{html.escape(page)}'>{more}</a></p>"
        )
        self._set_type()
        self._come_up()

    def show_page(self, name: str, heading: str = "") -> None:
        """A page of the manual, from the heading that holds these words."""
        self._mark(name)
        self._load(name)
        self._come_up()  # first: lines are broken anew for the width that is shown
        if heading:
            self._scroll_to(heading)

    def _come_up(self) -> None:
        self.show()
        self.raise_()
        self.activateWindow()
        self.browser.setFocus(Qt.FocusReason.OtherFocusReason)

    def _load(self, name: str) -> None:
        self.browser.setSource(QUrl.fromLocalFile(str(_folder() / name)))
        self._set_type()

    def _mark(self, name: str) -> None:
        """Mark the page in the contents, none for one that is not of the manual."""
        self.pages.blockSignals(True)
        self.pages.setCurrentItem(None)
        for row in range(self.pages.count()):
            if self.pages.item(row).data(NAME) == name:
                self.pages.setCurrentRow(row)
        self.pages.blockSignals(False)

    def _set_type(self) -> None:
        """Room between lines and around the cells of tables."""
        document = self.browser.document()
        document.setDocumentMargin(theme.gap(12))
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        style = QTextBlockFormat()
        style.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(style)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                look = QTextTableFormat(frame.format())
                look.setCellPadding(theme.gap(4))
                look.setCellSpacing(0)
                look.setBorderCollapse(True)
                look.setBorder(1)
                look.setBorderBrush(theme.colour("line"))
                look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(look)
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)

    def _scroll_to(self, heading: str) -> None:
        wanted = _as_anchor(heading)
        block: QTextBlock = self.browser.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and wanted in _as_anchor(block.text()):
                self.browser.setTextCursor(QTextCursor(block))
                place = self.browser.document().documentLayout().blockBoundingRect(block)
                self.browser.verticalScrollBar().setValue(round(place.top()))
                return
            block = block.next()

    # ------------------------------------------------------------ searching

    def _on_searched(self, words: str) -> None:
        """Only the pages that hold the words stay in the contents."""
        wanted = words.strip().casefold()
        for row in range(self.pages.count()):
            item = self.pages.item(row)
            item.setHidden(bool(wanted) and wanted not in str(item.data(TEXT)))

    def _on_next_wanted(self) -> None:
        """The next place that holds the words; from the last one of a page on to the next page."""
        words = self.search.text().strip()
        if not words or self.browser.find(words):
            return
        left = [row for row in range(self.pages.count()) if not self.pages.item(row).isHidden()]
        if left:
            here = self.pages.currentRow()
            self.pages.setCurrentRow(next((row for row in left if row > here), left[0]))
            self.browser.find(words)

    # ------------------------------------------------------------ slots

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        parent = self.parentWidget()
        if parent is not None and not event.spontaneous():
            parent.window().activateWindow()  # the keyboard is where it was there

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return  # Enter in the search goes on searching; it must not close the window
        super().keyPressEvent(event)

    def _on_page_chosen(self, item: QListWidgetItem | None, _previous: QListWidgetItem | None) -> None:
        if item is not None:
            self._load(str(item.data(NAME)))

    def _on_link(self, link: QUrl) -> None:
        name = Path(link.path()).name or self._shown()
        if name in PAGES:
            self.show_page(name, link.fragment())

    def _shown(self) -> str:
        return Path(self.browser.source().path()).name

    def _on_theme_changed(self) -> None:
        self._set_type()


def _folder() -> Path:
    return paths.resources() / "help"


def _as_anchor(heading: str) -> str:
    """A heading as links name it."""
    return heading.strip().lower().replace(" ", "-").replace("`", "")
