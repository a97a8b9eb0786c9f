"""What the unit is called in its texts."""

from __future__ import annotations

import pytest

from gkdesk.checks.reading.reader import read


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("作出农业行政处罚7件", "云溪县农业农村局", [7]),
        ("作出县农业行政处罚7件", "云溪县农业农村局", [7]),
        ("作出农村行政处罚7件", "云溪县农业农村局", [7]),
        ("作出农业行政处罚7件", "云溪县财政局", []),
        ("作出水行政处罚7件", "云溪县水利局", [7]),
        ("作出水行政处罚7件", "云溪县财政局", []),
        ("办理行政许可7件", "云溪县应急管理局", [7]),
        ("作出我局行政处罚7件", "云溪县财政局", [7]),
    ],
)
def test_decisions_are_called_by_the_units_field(text, unit, expected):
    assert [fact.figure.value for fact in read(text, unit, 2024).facts] == expected


@pytest.mark.parametrize(
    ("unit", "own", "others"),
    [
        ("云溪县财政局", ["云溪县财政局", "县财政局", "财政局"], ["市财政局", "街道", "县政府"]),
        (
            "云溪县人力资源和社会保障局",
            ["县人力社保局", "县人社局", "人社局"],
            ["市人社局", "县局", "人资所", "社人局"],
        ),
        ("宝山区建设和管理委员会", ["区建管委", "建管委"], ["市建管委"]),
        ("云溪县财政局（税务分局）", ["云溪县财政局（税务分局）"], []),
        ("宝山区人民政府", ["宝山区人民政府", "宝山区政府", "宝山区", "区政府"], ["县政府"]),
        (
            "宝山区人民政府办公室",
            [
                "宝山区人民政府办公室",
                "宝山区人民政府",
                "宝山区政府办公室",
                "区政府办公室",
                "宝山区政府办",
                "区政府办",
                "宝山区政府",
            ],
            ["办公室", "县政府办"],
        ),
        ("云溪县安镇街道", ["云溪县安镇街道", "安镇街道", "街道"], ["该街道"]),
        ("云溪县安镇街道办事处", ["安镇街道办事处", "安镇街道", "街道办事处", "街道"], []),
        ("云溪县公安局城关分局", ["城关分局", "分局"], ["各分局", "街道"]),
        (
            "云溪县人力资源和社会保障局",
            ["县人力资源和社会保障局", "县人社局", "人社局", "县人力社保局"],
            ["市人社局", "县社人局"],
        ),
        ("云溪市市场监督管理局", ["市市场监管局", "市场监管局"], ["省市场监管局"]),
        ("云溪市城市管理局", ["市城管局", "城管局", "市城市管理局"], ["省城管局", "县城管局"]),
        ("云溪县城乡工作办事处", ["城乡工作办事处", "城乡办事处", "城乡办"], ["办事处"]),
        ("云溪县发展改革委员会", ["县发展改革委", "发改委", "发改委员会"], ["市发改委"]),
        ("云溪县城关镇人民政府", ["城关镇", "镇政府"], ["乡政府"]),
        ("财政局", ["财政局"], ["人社局"]),
        ("云溪县安镇人民政府", ["安镇人民政府", "安镇政府", "安镇", "镇政府"], ["乡政府"]),
        ("云溪县委员会办公室", ["县委员会办公室", "县委员会办", "县委员会"], []),
        ("", [], ["街道"]),
    ],
)
def test_what_the_unit_is_called(unit, own, others):
    def counts(name):
        found = read(f"{name}收到申请3件", unit, 2024).facts
        return [fact.figure.value for fact in found if not fact.scoped]

    assert [name for name in own if counts(name) != [3]] == []
    assert [name for name in others if counts(name) != []] == []


@pytest.mark.parametrize("office", ["市人社局", "经州人社局", "经市人社局"])
def test_an_office_of_another_place_is_not_the_unit(office):
    assert read(f"{office}收到申请3件", "云溪县人力资源和社会保障局", 2024).facts == []


@pytest.mark.parametrize(
    ("own", "unit"),
    [
        ("人社局", "云溪县人力资源和社会保障局"),
        ("经人社局", "云溪县人力资源和社会保障局"),
        ("云溪县人力资源和社会保障局本级", "云溪县人力资源和社会保障局"),
        ("经市市场监管局", "云溪市市场监督管理局"),
    ],
)
def test_figures_keep_their_places_behind_the_units_name(own, unit):
    (fact,) = read(f"{own}收到申请3件", unit, 2024).facts
    assert fact.figure.start == len(f"{own}收到申请")
