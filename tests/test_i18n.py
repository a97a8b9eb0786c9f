"""Chinese needs no catalogue; English comes from one, and only when it is chosen."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gkdesk import i18n, paths
from gkdesk.i18n import _

PO = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "下一步"
msgstr "Next"

msgid "上一步"
msgstr ""
"""


@pytest.fixture
def english(tmp_path, monkeypatch):
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n" / "en.po").write_text(PO, encoding="utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    i18n._english.cache_clear()
    yield
    i18n._english.cache_clear()


def test_the_language_can_be_changed_back_and_forth(english):
    assert (i18n.language(), _("下一步")) == ("zh", "下一步")
    i18n.set_language("en")
    assert (i18n.language(), _("下一步")) == ("en", "Next")
    i18n.set_language("zh")
    assert (i18n.language(), _("下一步")) == ("zh", "下一步")


def test_what_is_not_translated_stays_chinese(english):
    i18n.set_language("en")
    assert _("上一步") == "上一步"
    assert _("没有这句") == "没有这句"
    assert _("") == ""


def test_a_language_that_is_not_there_changes_nothing():
    with pytest.raises(ValueError, match="fr"):
        i18n.set_language("fr")
    assert i18n.language() == "zh"


def test_chinese_does_not_load_babel():
    code = "import sys, gkdesk.paths; from gkdesk.i18n import _; _('下一步'); print('babel' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=paths.resources().parent
    )
    assert done.stdout.strip() == "False"
