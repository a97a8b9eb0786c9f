"""What a figure counts where its words are few, far, or of a part."""

from __future__ import annotations

import pytest

from gkdesk.checks.reading.reader import read

UNIT = "云溪县自然资源局"


def facts(text):
    """``first.second=value`` of every fact by its first reading; ``?`` where there are others."""
    return [
        "+".join(f"{first}.{second}".rstrip(".") for _domain, first, second in fact.readings[0])
        + f"={fact.figure.value}"
        + "?" * (len(fact.readings) > 1)
        for fact in read(text, UNIT, 2024).facts
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("经书面征求意见，第三方不同意公开的有3件，我局决定不予公开。", ["refused_third_party.total=3"]),
        # the result of a figure that stands alone may be of any reason: here of one that was not understood
        ("涉及水库资料的申请中，有2件认定属于国家秘密，依法不予公开。", ["refused.total=2?"]),
        ("有2份认定属于国家秘密，依法不予公开。", []),
        # the first of several alike is not all of them
        ("某公司先后提交内容相同的申请3件，我局对首件予以公开。", []),
        ("对含有不应公开内容的9件申请作了区分处理，部分公开相关信息。", []),
        # what is left over
        ("全年接办行政许可申请4312件，其中申请人主动撤回14件，其余4298件作出行政许可决定。", []),
        ("作出行政许可决定4298件。", ["licence.decisions=4298"]),
        ("新收申请8件，其中7件已办结，其余1件系年底收到。", ["new.total=8", "answered.total=7"]),
        ("收到申请8件，余下1件为年底收到。", ["received.total=8"]),
        ("2024年度被提起行政诉讼3件：一审判决维持2件，尚未审结1件。", ["suit.total=3"]),
        # other things are counted beside it in its unit
        ("县长信箱转办来信137封，已回复137封，其中投诉类62封、咨询类58封。", []),
        (
            "收到申请137封，已回复137封，其中投诉类62封。",
            ["received.total=137", "answered.total=137", "rejected_petition.total=62"],
        ),
        # two stages of one figure are not added up
        ("新收和办结申请88件。", ["new.total=88?"]),
        # a word that the sentence goes on from
        (
            "收到申请4件，自然人2件、法人2件。其中已答复3件。",
            ["received.total=4", "received.natural=2", "received.legal=2", "answered.total=3"],
        ),
        (
            "收到申请4件，自然人2件、法人2件。其中企业1件。",
            ["received.total=4", "received.natural=2", "received.legal=2", "received.enterprise=1"],
        ),
        # all of what came from last year, whoever asked
        ("上年结转4件，其中提出申请的法人全部是商业企业。", ["carried_in.total=4", "carried_in.legal=4?"]),
        # ways by which all applications come
        ("2024年通过信函、邮箱、网络等渠道共收到公民、法人依申请公开事项55件。", ["received.total=55"]),
        ("收到通过线上、信函等多种方式提出的政府信息公开申请258件。", ["received.total=258"]),
        ("信函、邮件等渠道经登记收到申请3件。", ["received.total=3"]),
        (
            "收到申请4件，自然人4件。其中已答复3件。",
            ["received.total=4", "received.natural=4", "answered.total=3"],
        ),
        # what the sentence before spoke of, in the same paragraph alone
        ("行政复议6件。结果维持5件。", ["review.total=6", "review.upheld=5"]),
        ("行政复议6件。收到申请8件。结果维持5件。", ["review.total=6", "received.total=8"]),
        ("行政复议情况\n行政复议6件。\n结果维持5件。", ["review.total=6"]),
        # an indicator without its item
        ("做好规范性文件集中公开，对外公开总数15件。", []),
        ("全年实施采购项目5个。", []),
        # a reason and its result
        ("属于信访投诉类申请、不予处理的9件。", ["rejected_petition.total=9"]),
        ("本机关不掌握、无法提供的申请9件。", ["unavailable_not_held.total=9"]),
        ("予以公开、部分公开的申请9件。", ["granted.total+partial.total=9"]),
        ("通过网站渠道等提出的申请3件。", ["received.total=3"]),
        ("答复通过网站、信函等渠道提出的申请3件。", []),
        ("渠道畅通，收到申请3件。", ["received.total=3"]),
        ("通过网站渠道提出的申请3件。", []),
        ("通过网站等提出的申请3件。", []),
        ("收到自然人申请4件。其中已答复3件。", ["received.natural=4", "answered.natural=3?"]),
        ("收到自然人申请4件，办结率100%。其中已答复3件。", ["received.natural=4", "answered.natural=3?"]),
        ("行政处罚由上年的160件降至120件。", ["penalty=120"]),
        ("行政处罚比上年的160件今年120件。", []),
        # what is left, and what is an exception
        (
            "收到申请12件，除2件结转下年度办理外，其余10件均已办结，其中予以公开6件、无法提供4件。",
            ["received.total=12", "carried_out.total=2", "granted.total=6", "unavailable.total=4"],
        ),
        ("收到申请25件，行政诉讼0件，申请人都是自然人。", ["received.total=25", "suit.total=0"]),
        (
            "行政复议尚未审结1件，行政诉讼尚未审结1件，合计2件转入2025年。",
            ["review.pending=1", "suit.pending=1"],
        ),
        ("复议、诉讼各有1件尚未审结，共2件转入2025年。", ["both.pending=1"]),
        ("制发规范性文件2件（新制发1件、修订1件）。", ["normative.made=2"]),
        ("因信息公开产生投诉、行政复议3件。", ["review.total=3"]),
        ("信息公开类行政复议14件，占全部行政复议案件（38件）的36.8%。", ["review.total=14"]),
        ("行政处罚22件，行政复议5件，其中涉及政府信息公开的2件。", ["penalty=22", "review.total=2"]),
        ("行政复议5件；行政诉讼3件，其中涉及政府信息公开的2件。", ["review.total=5", "suit.total=2"]),
        ("开展规范性文件清理，2件文件，废止1件。", ["normative.repealed=1"]),
        # years and courts
        ("2023年年末结转申请3件，本年新收10件。", ["carried_in.total=3", "new.total=10"]),
        ("上年年末结转申请3件，本年度新收10件。", ["carried_in.total=3", "new.total=10"]),
        ("被复议机关维持3件、被法院维持1件。", ["review.upheld=3", "suit.upheld=1"]),
        # files
        ("开展规范性文件清理，废止过时文件3件。", ["normative.repealed=3"]),
        ("规范性文件清理已完成，全年制发2件。", ["normative.made=2"]),
        # figures that are part of a name
        ("依申请公开情况，“6+1”政务事项办理量办件数1712件。", []),
        # of one thing among several
        ("8件申请中作部分公开处理的1件。", ["received.total=8", "partial.total=1"]),
        ("表中结转下年度继续办理的2件。", ["carried_out.total=2"]),
    ],
)
def test_what_a_figure_counts(text, expected):
    assert facts(text) == expected


@pytest.mark.parametrize(
    ("text", "of_stage"),
    [
        # what came from last year is a part of what was handled, not of what came in
        ("办理政府信息公开申请29件（含上年结转2件）。", {"handled": False, "carried_in": False}),
        ("已答复申请29件（含上年结转2件）。", {"answered": False, "carried_in": False}),
        (
            "共收到申请38件（其中上年结转4件、当年新收34件）。",
            {"received": False, "carried_in": False, "new": False},
        ),
        (
            "收到申请270件，分为新收258件、上年结转12件。",
            {"received": False, "new": False, "carried_in": False},
        ),
        (
            "办理申请1104件（含上年结转27件，另有4件顺延到下年度答复）。",
            {"handled": False, "carried_in": False, "carried_out": False},
        ),
        ("办结申请29件，其中本年新收28件。", {"answered": False, "new": True}),
        ("新收申请29件，其中已办结28件。", {"new": False, "answered": True}),
    ],
)
def test_what_is_of_those_that_came_in_alone(text, of_stage):
    assert {fact.readings[0][0][1]: fact.of_stage for fact in read(text, UNIT, 2024).facts} == of_stage


@pytest.mark.parametrize(
    ("text", "includes"),
    [
        ("收到申请44件（含上年结转2件）。", True),
        ("收到申请44件（其中网上42件、邮寄2件），上年度结转0件。", False),
        ("收到申请44件（不含上年结转的2件）。", False),
        ("收到申请44件，其中本年新收33件，上年结转11件。", False),
    ],
)
def test_which_figures_include_what_came_from_last_year(text, includes):
    assert read(text, UNIT, 2024).facts[0].includes_carried is includes


def test_what_follows_an_exception_is_not_of_it():
    found = facts("全年新收12件申请，除重复申请1件外，其余均予以公开，其中自然人10件。")
    assert "rejected_repeat.total=1" in found
    assert "rejected_repeat.natural=10" not in found


def test_files_are_not_what_is_denied_of_reviews():
    assert read("制发规范性文件2件，没有被纠正的案件。", UNIT, 2024).claims == []


def test_what_is_denied_is_of_its_own_clause():
    (claim,) = read("政府信息公开申请方面，行政复议没有发生。", UNIT, 2024).claims
    assert claim.terms == (("reviews", "review", "total"),)


def test_reviews_that_are_of_something_else_leave_the_rest_of_the_sentence():
    text = "行政处罚22件，行政复议5件，均与政府信息公开无关，收到政府信息公开申请47件。"
    assert facts(text) == ["penalty=22", "received.total=47"]


def test_paragraphs_and_segments_are_counted():
    reading = read("收到申请8件；办结7件；结转1件。\n收到申请9件。", UNIT, 2024)
    assert [passage.line for passage in reading.passages] == [1, 2]
    assert [said.segment for said in reading.passages[0].said] == [0, 1, 2]
    assert [fact.line for fact in reading.facts][-1] == 2


def test_no_reviews_where_information_is_named():
    claims = read("政府信息公开领域实现“零复议、零诉讼”。", UNIT, 2024).claims
    assert [claim.terms[0][1] for claim in claims] == ["review", "suit"]


@pytest.mark.parametrize("text", ["工作中实现零复议。", "零复议、零诉讼。"])
def test_no_reviews_of_anything_is_no_statement_about_information(text):
    assert read(text, UNIT, 2024).claims == []


def test_no_other_is_no_statement_that_there_was_none():
    text = "收取防空地下室易地建设费312.5万元，无{}行政事业性收费。"
    assert read(text.format("其他"), UNIT, 2024).claims == []
    (claim,) = read(text.format(""), UNIT, 2024).claims
    assert claim.terms == (("items", "fees", "total"),)


@pytest.mark.parametrize(
    "text",
    [
        "通过简易程序等方式作出行政处罚40件，通过一般程序作出16件。",
        "通过政务服务网等渠道办理行政许可300件，通过窗口办理120件。",
        "通过信函、当面等线下渠道收到申请8件，通过网络渠道收到申请12件。",
        "通过信函、当面等线下渠道收到申请8件。",
        "通过网上平台等渠道收到申请15件，其余5件为当面提交。",
        "以邮寄等方式答复申请15件，以当面方式答复5件。",
        "通过电话沟通等方式办结申请3件。",
        "通过征求第三方意见等方式处理申请2件。",
        "近三年共收到重复申请30件，均不予处理。",
        "网上提交的信息公开重复申请5件，均不予处理。",
        "其余重复申请3件，不予处理。",
        "收到县政府交办的重复申请3件，不予处理。",
        "审核政府信息公开申请答复书12件，对信息不存在的告知无法提供。",
        "对涉及国家秘密的公开申请进行保密审查8件，依法不予公开。",
        "公布依申请公开典型案例5例，涉及第三方权益、不予公开的情形。",
        "向市档案馆移送公开申请材料3份，信息不存在的无法提供。",
        "对12件信息公开申请进行评查，发现对不掌握的信息无法提供的告知不规范问题。",
        "提供政府信息公开申请咨询电话答复8件，对不掌握相关信息的告知无法提供。",
        "对申请内容进行隐私处理5件，涉及个人隐私的不予公开。",
        "不予公开的理由为属于过程性信息，涉及3件申请中的部分内容。",
        "信息公开平稳推进，行政处罚零复议、零诉讼。",
        "政府信息公开工作中实现零差错，行政处罚领域零诉讼。",
        "严格规范性文件审查，全年印发文件56件。",
        "开展规范性文件清理，共清理文件120件，废止30件。",
        "对投诉问题办结35件。",
        "涉及土地的行政复议3件、行政诉讼1件。",
        "收到其他组织申请4件，其中予以公开3件。",
        "没有被纠正的案件。",
        "邻县的行政复议没有发生。",
        "网上申请没有发生。",
        "全年没有废止。",
        "公租房中心未收到申请。",
        "下属事业单位未收到申请，未发生行政复议。",
        "收取易地建设费3万元，无其他行政事业性收费。",
        "全年未制发其他规范性文件。",
    ],
)
def test_a_part_or_something_else_is_counted(text):
    reading = read(text, UNIT, 2024)
    assert (facts(text), reading.claims) == ([], [])
