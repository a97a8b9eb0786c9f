"""The web page under validators of others: html-validate, the Nu checker of the W3C, and axe-core in a browser.

None of them is part of the set-up; what is not there is skipped. With npm, in a folder of its own:
`npm install html-validate vnu-jar axe-core puppeteer-core`, then NODE_PATH=<folder>/node_modules for the tests; the Nu
checker wants Java, axe-core a Chromium.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from gkdesk import formats, paths
from gkdesk.exports import html
from gkdesk.report import Report, report_json

FIXTURES = Path(__file__).parents[1] / "fixtures"
MODULES = Path(os.environ.get("NODE_PATH", "none"))
RULES = {
    "extends": ["html-validate:recommended", "html-validate:a11y", "html-validate:document"],
    # A cell's id is the report's own (t3.new.natural).
    "rules": {"valid-id": ["error", {"relaxed": True}]},
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("html")
    sample = report_json.read_file(paths.resources() / "samples" / "sample-2021.json")
    texts = {
        "sample": html.to_text(sample),
        "portal": html.to_text(sample, portal=html.Portal("A1/2025-0001", "云溪县政府办公室")),
        "empty": html.to_text(Report(formats.load("2021"), 2025)),
        "long": html.to_text(report_json.read_file(FIXTURES / "long-2025.json")),
        "2019": html.to_text(report_json.read_file(FIXTURES / "reports" / "yinchuan-2019.json")),
    }
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES), encoding="utf-8")
    return [folder / f"{name}.html" for name in texts]


def module(*parts: str) -> Path:
    path = MODULES.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{parts[0]} is not under NODE_PATH")
    return path


def program(*names: str) -> str:
    found = next(filter(None, map(shutil.which, names)), None)
    return found or pytest.skip(f"{names[0]} is not installed")


def output(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return done.stdout + done.stderr


def test_html_validate(pages):
    command = [program("node"), module("html-validate", "bin", "html-validate.mjs"), *pages]
    assert output(*command) == ""


def test_nu_checker(pages):
    jar = module("vnu-jar", "build", "dist", "vnu.jar")
    assert json.loads(output(program("java"), "-jar", jar, "--format", "json", *pages))["messages"] == []


def test_axe(pages):
    module("axe-core")
    module("puppeteer-core")
    script = Path(__file__).with_name("axe.cjs")
    result = json.loads(output(program("node"), script, program("chromium", "google-chrome"), *pages))
    assert result["found"] == []
    assert {"td-headers-attr", "th-has-data-cells", "scope-attr-valid", "html-has-lang"} <= set(
        result["passed"]
    )
