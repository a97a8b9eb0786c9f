"""What a unit's name says of its kind, and where it says nothing."""

import pytest

from gkdesk.report.unit_kind import likely_kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("云溪县自然资源局", "department"),
        (" 某某省教育厅 ", "department"),
        ("云溪县人民政府办公室", "department"),
        ("云溪县卫生健康委员会", "department"),
        ("云溪县人民政府", "government"),
        ("某某市城东区人民政府", "government"),
        ("云溪县清水镇人民政府", "township"),
        ("城东区河滨街道办事处", "township"),
        ("云溪县自来水有限公司", ""),
        ("云溪高新技术产业开发区管理委员会", ""),
        ("", ""),
    ],
)
def test_only_clear_endings_are_taken(name, kind):
    assert likely_kind(name) == kind
