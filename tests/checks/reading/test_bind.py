"""What each figure counts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gkdesk.checks.reading.reader import read

UNIT = "云溪县自然资源局"


def facts(text):
    """``first.second=value`` of every fact; alternatives with ``|``, sums with ``+``."""
    return [
        "|".join(
            "+".join(f"{first}.{second}".rstrip(".") for _domain, first, second in meaning)
            for meaning in fact.readings
        )
        + f"={fact.figure.value}"
        for fact in read(text, UNIT, 2024).facts
    ]


def claims(text):
    return [
        [f"{first}.{second}".rstrip(".") for _domain, first, second in claim.terms]
        for claim in read(text, UNIT, 2024).claims
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # stages
        ("收到申请88件。", ["received.total=88"]),
        ("收到申请七项。", ["received.total=7"]),
        ("申请88件。", ["received.total=88"]),
        ("88件申请", ["received.total=88"]),
        ("新收：88件，申请已登记", ["new.total=88"]),
        ("收到政府信息公开申请，共88件", ["received.total=88"]),
        ("收到88件申请办结85件", ["received.total=88", "answered.total=85"]),
        ("新收申请88件办结85件", ["new.total=88", "answered.total=85"]),
        ("收到并答复申请88件", ["received.total|answered.total=88"]),
        ("新收和上年结转申请共93件", ["new.total+carried_in.total=93"]),
        ("2023年结转申请5件，结转2025年4件", ["carried_in.total=5", "carried_out.total=4"]),
        ("2022年结转申请5件，结转2026年4件", []),
        ("申请结转2026年4件", []),
        ("收到和答复申请88件", ["received.total|answered.total=88"]),
        ("办理予以公开的申请46件", ["granted.total=46"]),
        ("5件申请未到期，结转下年度", ["carried_out.total=5"]),
        ("5件申请未到期，申请人撤回", []),
        ("5件申请未到期，已答复", []),
        ("5件申请未到期，上半年结转下年度", []),
        ("年末有4件未到答复期限，结转下年度办理", ["carried_out.total=4"]),
        ("剩余3件因未到答复期限结转下年度", ["carried_out.total=3"]),
        ("2023年转入4件申请，3件转入2025年继续办理", ["carried_in.total=4", "carried_out.total=3"]),
        ("上年度结转的12件申请均于一季度办结", ["carried_in.total=12"]),
        ("上年结转12件申请均于一季度办结", ["carried_in.total=12"]),
        ("5件申请未到期，仍在办理", ["carried_out.total=5"]),
        ("88件申请收到并答复", ["received.total|answered.total=88"]),
        ("申请88件全部归档", ["received.total=88"]),
        # several reasons of one result
        (
            "因本机关不掌握或需另行制作无法提供申请14件",
            ["unavailable.total|unavailable_not_held.total+unavailable_to_create.total=14"],
        ),
        (
            "涉密申请1件、内部事务信息3件，合计4件不予公开",
            ["refused_secret.total=1", "refused_internal.total=3"],
        ),
        ("重复申请不予处理4件", ["rejected_repeat.total=4"]),
        ("信访类、重复申请14件", ["rejected_petition.total+rejected_repeat.total=14"]),
        # what all of a figure is
        ("收到申请9件，均为企业提出", ["received.total=9", "received.enterprise|answered.enterprise=9"]),
        ("办结申请9件，均予以公开", ["answered.total=9", "granted.total=9"]),
        ("予以公开申请7件，均由自然人提出", ["granted.total=7", "granted.natural=7"]),
        ("上年结转申请2件，均予以公开", ["carried_in.total=2"]),
        ("收到申请9件，均按期答复", ["received.total=9"]),
        ("办结申请9件，均由自然人提出", ["answered.total=9", "answered.natural|received.natural=9"]),
        ("收到申请9件，均为网上提交", ["received.total=9"]),
        ("行政复议5件，均被维持", ["review.total=5", "review.upheld=5"]),
        # reviews of all kinds, and in the sentence after
        ("各类行政复议7件，其中涉及政府信息公开的2件", ["review.total=2"]),
        ("各类行政复议7件，涉及政府信息公开的2件", ["review.total=2"]),
        ("各类行政复议约7件，其中涉及政府信息公开的2件", ["review.total=2"]),
        ("政府信息公开行政复议7件，其中涉及依申请公开2件", ["review.total=7"]),
        ("行政复议6件。结果维持5件", ["review.total=6", "review.upheld=5"]),
        ("行政复议5件，审结3件，尚未审结2件", ["review.total=5", "review.pending=2"]),
        ("行政复议14件。\n执法检查中被纠正5件。", ["review.total=14"]),
        ("行政复议14件。接听热线320次，转办件被纠正5件。", ["review.total=14"]),
        # figures alone in brackets; years of a plan; what counts several years
        ("予以公开申请（121件）、部分公开（28件）", ["granted.total=121", "partial.total=28"]),
        ("“十四五”期间累计受理申请146件", []),
        ("累计制定规范性文件120件（2010年以来）", []),
        (
            "商业企业申请9件，予以公开6件；自然人的14件中，予以公开11件",
            [
                "received.business|answered.business=9",
                "granted.total=6",
                "received.natural|answered.natural=14",
                "granted.natural|granted.total=11",
            ],
        ),
        # results and applicants
        (
            "办结89件，其中予以公开46件、属于国家秘密1件",
            ["answered.total=89", "granted.total=46", "refused_secret.total=1"],
        ),
        ("答复予以公开申请46件", ["granted.total=46"]),
        ("不予公开16件，其中重复申请2件", ["refused.total=16"]),
        (
            "收到申请88件，其中自然人62件，其中予以公开30件",
            ["received.total=88", "received.natural=62", "granted.natural|granted.total=30"],
        ),
        ("自然人申请62件", ["received.natural|answered.natural=62"]),
        ("自然人、法人和其他组织申请共88件", ["received.total=88"]),
        (
            "自然人、商业企业申请共76件",
            ["received.natural+received.business|answered.natural+answered.business=76"],
        ),
        ("上年结转申请5件，其中予以公开3件", ["carried_in.total=5"]),
        ("收到申请88件，其中收到88件", ["received.total=88"]),
        ("收到申请88件，其他3件", ["received.total=88"]),
        # reviews
        ("被申请行政复议4件，维持2件", ["review.total=4", "review.upheld=2"]),
        (
            "行政复议4件、行政诉讼3件，维持2件",
            ["review.total=4", "suit.total=3", "suit.upheld|review.upheld=2"],
        ),
        ("行政复议、行政诉讼各2件", ["review.total=2", "suit.total=2"]),
        ("行政复议、行政诉讼分别为4件、3件", ["review.total=4", "suit.total=3"]),
        ("行政复议、行政诉讼分别约为4件、3件", []),
        ("行政复议、行政诉讼分别约为4件、3件，维持2件", []),
        ("收到申请88件，行政复议14件，维持8件", ["received.total=88", "review.total=14", "review.upheld=8"]),
        ("行政诉讼0件，结果维持2件", ["suit.total=0"]),
        ("行政复议、行政诉讼分别为4件、约3件", ["review.total=4"]),
        ("行政复议、行政诉讼分别为4件、分别为3件", ["review.total=4", "suit.total=3"]),
        ("行政复议、行政诉讼分别为4件、收到3件", ["review.total=4"]),
        ("行政复议、行政诉讼分别为4件、行政复议3件", ["review.total=4", "review.total=3"]),
        ("行政复议2023年结转3件", []),
        (
            "自然人、商业企业申请分别为62件和14件",
            ["received.natural|answered.natural=62", "received.business|answered.business=14"],
        ),
        ("自然人和法人提出的申请9件", ["received.total|answered.total=9"]),
        ("收到申请9件，2件的答复时间接近上限", ["received.total=9"]),
        ("县医院受理的申请，共5件", []),
        ("行政许可、行政处罚事项增加3项", []),
        ("收到申请88件，余下3件系新收", ["received.total=88"]),
        (
            "新收申请88件，上年结转5件。其中，予以公开3件，答复89件",
            ["new.total=88", "carried_in.total=5", "granted.total=3", "answered.total=89"],
        ),
        ("行政许可10件，行政复议4件、行政诉讼3件", ["licence=10", "review.total=4", "suit.total=3"]),
        ("涉及行政许可、处罚的行政复议案件3件、诉讼案件1件", []),
        ("行政许可决定756件，其他事项40项，增加8项", ["licence=756"]),
        ("其他对外管理服务事项运行平稳，全年作出处理决定3650件", ["other_services.decisions=3650"]),
        ("行政许可通过网站公示，全年作出处理决定3650件", []),
        ("网上收到申请40件，结转下年度", []),
        ("有40件，还有3件，结转下年度", []),
        ("收到申请9条，办结9条", ["received.total=9", "answered.total=9"]),
        ("收到申请9条，办结9次", ["received.total=9"]),
        ("公开案件办理情况4次", []),
        ("2023年行政许可项目22项", ["licence.previous=22"]),
        ("2023年行政许可项目22件", ["licence.projects=22"]),
        ("行政许可5个", []),
        ("制发规范性文件5个", ["normative.made=5"]),
        ("政府集中采购金额3件", []),
        (
            "予以公开2件、部分公开5件，因不属于本单位公开范围且未掌握相关信息、经检索无对应信息等情形依规答复8件",
            ["granted.total=2", "partial.total=5"],
        ),
        ("反映土地纠纷的信访举报投诉类申请3件", ["rejected_petition.total=3"]),
        ("县医院受理的信访举报投诉类申请3件", ["rejected_petition.total=3"]),
        ("不予处理9件，其中县医院受理的信访举报投诉类申请3件", ["rejected.total=9"]),
        ("2023年行政事业性收费项目5项", ["fees.previous=5"]),
        ("行政事业性收费5件", []),
        ("发布信息9条，办结9条", []),
        ("3件不予公开并附依据", ["refused.total=3"]),
        ("收到申请9件，行政复议3件，均与政府信息公开无关", ["received.total=9"]),
        ("行政复议3件，均涉及政府信息公开", ["review.total=3"]),
        ("行政复议3件，与往年无关", ["review.total=3"]),
        ("行政复议3件，行政处罚工作规范", ["review.total=3"]),
        ("200-300件申请", []),
        ("收到申请200-300件", []),
        ("收到申请200～300件，办结89件", ["answered.total=89"]),
        ("收到申请200至300件", []),
        ("受理88至申请", ["received.total=88"]),
        ("维持2件", []),
        ("结果维持2件", []),
        ("司法局受理行政复议300件", []),
        # table 2
        (
            "制发规范性文件4件，废止2件，现行有效18件",
            ["normative.made=4", "normative.repealed=2", "normative.in_force=18"],
        ),
        ("行政许可由上年的800件增加到1000件", ["licence=1000"]),
        ("行政许可、行政处罚共1333件", ["licence+penalty=1333"]),
        ("现行有效情况，规范性文件18件", ["normative.in_force=18"]),
        ("收取行政事业性收费3项", []),
        ("办理行政许可1286人", []),
        # what is not ours, or not all of it
        ("约88件申请", []),
        ("申请88件左右", []),
        ("6月收到申请8件", []),
        ("12月31日前收到申请88件", ["received.total=88"]),
        ("上半年，收到申请40件", []),
        ("收到申请、行政许可共88件", []),
        ("收到信件3件，办结3件", []),
        ("收到信件3件；收到申请88件，办结89件", ["received.total=88", "answered.total=89"]),
        ("收到低保申请30件，办结30件", []),
        ("行政处罚50件及行政复议案卷均已归档", []),
        ("行政复议50件及行政处罚案卷均已归档", []),
        ("积极办结申请89件", ["answered.total=89"]),
        ("城关镇收到申请3件", []),
        ("沉着应对2023年结转5件", ["carried_in.total=5"]),
        ("沉着应对申请88件", []),
        ("沉着应对申请答复88件", []),
        ("沉着应对自然人5件", []),
        ("收到申请88件，其中网上申请50件，另有3件，予以公开80件", ["received.total=88"]),
        ("有申请5件未到期，结转下年度", ["carried_out.total=5"]),
        ("沉着应对行政复议4件", []),
        ("收到涉农类申请3件", []),
        ("收到网上和信函申请88件", []),
        ("收到涉及征地的网上、信函和当面申请88件", []),
        ("申请情况好转，共88件", []),
        ("（二）依申请公开\n办结89件。\n（三）管理\n办结3件。", ["answered.total=89"]),
        ("（二）信访工作\n办结89件。", []),
        ("办结89件", []),
        ("依申请公开情况\n办结89件。", ["answered.total=89"]),
        ("工作平稳。规范依申请公开工作。\n办结89件。", []),
        ("（二）收到申请88件。\n办结3件。", ["received.total=88"]),
        ("（二）依申请公开。\n1.办结89件。", ["answered.total=89"]),
        ("（二）依申请公开。\n（三）其他工作无变化。办结89件。", []),
        ("收到申请88件。无超期。其中自然人62件。", ["received.total=88", "received.natural=62"]),
        ("    （二）依申请公开。按期办结。\n办结89件。", ["answered.total=89"]),
        ("认真落实条例，主动公开有序推进。\n依申请公开情况\n办结89件。", ["answered.total=89"]),
        ("规范信访和依申请公开工作。办结89件。", []),
        ("规范政府信息公开申请办理。办结89件。", ["answered.total=89"]),
        ("依申请公开情况无\n办结89件。", ["answered.total=89"]),
        ("云溪县自然资源局收到申请88件", ["received.total=88"]),
        ("条例施行以来至2024年底，累计受理政府信息公开申请640件。", []),
        ("行政复议14件，行政诉讼12件，其中8件，予以公开。", ["review.total=14", "suit.total=12"]),
        ("组织培训2次。\n对其中30件，予以公开。", []),
        ("行政处罚50件及行政复议案卷均已归档。", []),
        ("行政复议50件及行政处罚案卷均已归档。", []),
        (
            "行政诉讼12件，其中复议后起诉5件，结果维持3件。",
            ["suit.total=12", "suit_after_review.total=5", "suit_after_review.upheld|suit.upheld=3"],
        ),
        ("行政复议14件，行政诉讼12件，其中维持8件。", ["review.total=14", "suit.total=12", "suit.upheld=8"]),
        (
            "行政复议、行政诉讼共26件，其中维持8件。",
            ["review.total+suit.total=26", "review.upheld+suit.upheld=8"],
        ),
        ("对涉农补贴予以公开3件。", []),
        ("通过网络、信函、当面提出的申请200件。", []),
        ("应诉行政诉讼3件。", []),
        ("因信息公开引起的网络行政复议3件。", []),
        ("收到3件申请等涉农事项。", []),
        ("办理信访事项，商业企业提出的申请达到9件。", ["received.business|answered.business=9"]),
    ],
)
def test_bindings(text, expected):
    assert facts(text) == expected


def test_scope_and_year():
    (fact,) = read("全县2023年收到申请88件", UNIT, 2024).facts
    assert (fact.scoped, fact.year) == (True, 2023)
    (fact,) = read("全县情况如下，我局今年收到申请88件", UNIT, 2024).facts
    assert (fact.scoped, fact.year) == (False, None)
    first, second = read("上年收到申请80件，2024年收到申请88件", UNIT, 2024).facts
    assert (first.year, second.year) == (2023, None)
    (fact,) = read("2023年上半年收到申请40件，2024年收到申请88件", UNIT, 2024).facts
    assert fact.figure.value == 88


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023年收到申请80件，今年收到申请88件。", [(80, 2023, False), (88, None, False)]),
        ("2022年、2023年收到申请80件。2023年收到申请60件。", [(60, 2023, False)]),
        ("比2022年、2023年都多，收到申请80件。", [(80, None, False)]),
        ("收到申请88件，比去年增加8件，办结85件。", [(88, None, False), (85, None, False)]),
        ("全县收到申请88件，我局收到申请8件。", [(88, None, True), (8, None, False)]),
        ("全县工作有序，共收到申请88件。", [(88, None, True)]),
        ("全县今年收到申请900件。", [(900, None, True)]),
        ("去年收到申请80件，上年结转5件。", [(80, 2023, False), (5, None, False)]),
        ("收到来信10件，答复10件。", []),
        ("收到来信10件，政府信息公开申请3件，答复3件。", [(3, None, False), (3, None, False)]),
    ],
)
def test_scope_year_and_matter_of_each_figure(text, expected):
    assert [(fact.figure.value, fact.year, fact.scoped) for fact in read(text, UNIT, 2024).facts] == expected


def test_what_is_said_of_all_of_a_figure():
    text = "收到申请9件，均予以公开"
    _all, told = read(text, UNIT, 2024).facts
    assert (told.told, told.of_stage) == (len(text), True)
    _all, told = read("办结申请9件，均予以公开", UNIT, 2024).facts
    assert not told.of_stage


def test_less_than_last_year():
    changed = [read(f"行政许可项目22项，本年{way}1项", UNIT, 2020).facts[-1] for way in ("减少", "增加")]
    assert [(fact.figure.value, fact.less) for fact in changed] == [(1, True), (1, False)]


def test_a_sentence_that_begins_with_a_list_goes_on():
    assert facts("收到申请88件。其中自然人62件。") == ["received.total=88", "received.natural=62"]
    assert facts("其中自然人62件。") == ["received.natural|answered.natural=62"]


def test_carried_in_within_the_received():
    first, _second = read("收到申请93件（含上年结转5件）", UNIT, 2024).facts
    assert first.includes_carried
    first, _second = read("答复申请93件（含上年结转5件）", UNIT, 2024).facts
    assert not first.includes_carried
    first, *_others = read("收到申请93件，办结89件含上年结转5件", UNIT, 2024).facts
    assert not first.includes_carried


def test_each_of_two_denials_ends_before_the_mark():
    found = read("全年无行政处罚、无行政强制", UNIT, 2024).claims
    assert [(claim.start, claim.end) for claim in found] == [(2, 7), (8, 13)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("未收到申请。", [["received.total"]]),
        ("未收到一件申请。", [["received.total"]]),
        ("未收到个人、法人提出的申请。", [["received.total"]]),
        ("申请情况：无。", [["received.total"]]),
        ("行政复议、行政诉讼均未发生。", [["review.total", "suit.total"]]),
        ("行政复议3件，没有被纠正的。", [["review.corrected"]]),
        ("没有被纠正的行政复议。", [["review.corrected"]]),
        ("没有结果维持的。", []),
        ("行政强制方面，未作出处理决定。", [["coercion.decisions"]]),
        ("行政诉讼方面，没有被纠正的。", [["suit.corrected"]]),
        ("没有一件申请被退回。", []),
        ("未收到申请未发生行政复议。", [["received.total"], ["review.total"]]),
        ("无行政复议无行政诉讼。", [["review.total"], ["suit.total"]]),
        ("全年无行政复议无行政诉讼。", [["review.total"], ["suit.total"]]),
        ("未制发规范性文件。", [["normative.made"]]),
        ("未收到其他组织申请。", []),
        ("未收到涉农申请。", []),
        ("未收到网上申请。", []),
        ("上半年未收到申请。", []),
        ("未收到申请3件。", []),
        ("收到申请3件，未答复2件。", []),
        ("无办结。", []),
        ("没有其他问题。", []),
        ("未收到自然人、法人或其他组织申请。", [["received.total"]]),
        ("因政府信息公开引起的行政复议未发生。", [["review.total"]]),
        ("没有办理的情况，依申请公开规范有序。", []),
        ("群众满意，无异议。", []),
        ("申请公开较少的涉农问题无。", []),
        ("通过网络申请无。", []),
        ("本年无结转。", []),
        ("未收到科研机构、其他组织提出的申请。", [["received.research"]]),
    ],
)
def test_statements_that_nothing_happened(text, expected):
    assert claims(text) == expected


def test_long_sentences_are_read_in_part():
    text = "收到申请1件、" * 100
    assert len(read(text, UNIT, 2024).passages[0].said) == 60
    dense = "其中" + "1件" * 70
    assert len(read(dense, UNIT, 2024).passages[0].said) == 60
    many = "，其中等1件" * 90
    passage = read(many, UNIT, 2024).passages[0]
    assert len(passage.openings) == len(passage.et_cetera) == 60


PIECES = st.sampled_from(
    [
        "收到",
        "申请",
        "88件",
        "、",
        "，",
        "（",
        "）",
        "其中",
        "自然人",
        "未",
        "占",
        "95.8%",
        "行政复议",
        "分别为",
        "各",
        "由",
        "增至",
        "上年",
        "比",
        "增长",
        "合计",
        "中",
        "：",
        "；",
        "。",
        "\n",
        "龘",
        "全县",
        "2023年",
        "结转2025年",
        "十二件",
        "等",
        "12万元",
        "维持",
    ]
)


@settings(max_examples=400)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_order_of_words_is_read(text):
    reading = read(text, UNIT, 2024)
    for fact in reading.facts:
        assert fact.readings
        assert text[fact.figure.start : fact.figure.end]
    for claim in reading.claims:
        assert claim.terms
