"""Sums that the text states."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.checks.outcomes import HOLDS, NOT_EVALUATED, fixed, outcome, report_of, said, the_issue, words


def sums(text):
    return outcome(report_of(text__overview=text), "text.sum", "overview")


def balance(text):
    return outcome(report_of(text__overview=text), "text.balance", "overview")


@pytest.mark.parametrize(
    "text",
    [
        "公开信息124条，涵盖政策类11条、项目类35条、科教类3条、其他75条。",
        "收到申请35件，其中自然人34件，企业1件，办结32件，结转3件。",
        "公开信息1368条，其中政策解读20条、公告30条。",
        "公开信息1368条，包括政策解读20条、公告30条等。",
        "公开信息1368条，其中网站1368条、微信公众号900条。",
        "行政复议14件，其中维持8件、纠正2件。",
        "新收的88件申请中，自然人62件、其他26件。",
        "收到申请88件（自然人62件，法人和其他组织26件），办结89件。",
        "收到申请88件。其中自然人62件、法人和其他组织26件。",
        "收到申请88件，办结80件。其中甲类50件、乙类38件。",
        "网络30件、信函12件、当面5件，合计47件。",
        "收到88件：自然人62件、法人和其他组织26件。",
        "其中：甲类2件；乙类3件。",
        "公开信息10条，其中甲类4条、乙类6条，丙类3条。",
        "公开信息10条，其中甲类4条、乙类6条、丙类3条。",
        "公开信息20条，分为甲类1条、乙类2条，图解3个，视频4个，海报10个。",
        "公开信息20条，分为甲类1条、乙类2条，图解17个。",
        "公开信息20条，分为甲类1条、乙类2条、丙类1条，图解6个，海报10个。",
        "收到来信88件，回复80件。其中甲类50件、乙类38件。",
        "收到来信117件、来电16件。其中甲类8件、乙类9件。",
        "公开信息10条，其中甲类4条（含图解2条）、乙类6条，占60%。",
        "公开信息10条，其中甲类4条、乙类6条，比上年8条增加2条。",
        "申请人自行撤回1件，按“其他处理”统计，其余11件已全部公开，累计办结12件。",
        "共办结265件，对其中121件予以公开，不予公开37件，其他处理114件。",
        "共办结265件，其中分为予以公开121件、部分公开28件、不予公开37件、无法提供47件。",
    ],
)
def test_lists_that_add_up_or_need_not(text):
    assert sums(text) in (HOLDS, NOT_EVALUATED)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "公开信息124条。",
        "其中甲类2件、乙类3件。",
        "公开约124条，其中甲类100条、乙类20条。",
        "合计40件。",
        "甲类约3件、乙类4件，合计8件。",
        "甲类3件、乙类4件，合计约8件。",
        "受理咨询120次，电话咨询约80次、现场咨询30次。",
    ],
)
def test_no_list(text):
    assert sums(text) == NOT_EVALUATED


@pytest.mark.parametrize(
    "text",
    [
        "收到申请125件，网络80件，信函30件，当面15件，合计125件。",
        "受理咨询120次，电话咨询80次、现场咨询40次，接待9次。",
        "收到意见58条，涉及栏目30条、内容20条。",
        "收到申请88件，其中自然人61件、企业20件。",
        "公开信息100条，其中甲类50条、乙类29条。",
        "公开信息10条，其中甲类4条，乙类6条，阅读5次，另有丙类3条。",
    ],
)
def test_lists_that_are_held_against_their_total(text):
    assert sums(text) == HOLDS


@pytest.mark.parametrize(
    "text",
    [
        "从申请方式看，当面7件，信函12件，网络25件；从申请人看，自然人40件，商业企业4件。",
        "按照答复结果分，予以公开121件，部分公开28件，不予公开37件。",
        "按渠道分，网上35件，信函7件，当面3件，共45件。",
        "按渠道分，全年收到申请45件。",
        "收到意见58条，涉及栏目40条、内容30条。",
        "收到申请125件，网络80件，信函30件，当面15件，合计125件。",
        "收到90件，其中甲类50件，乙类40件，合计90件。",
        "网络80件，当面15次，合计80件。",
        "培训3次，网络80件，当面15件，合计95件。",
        "收到95件，其中网络80件，当面15件，合计95件。",
        "申请15件（上年14件、前年12件）。",
        "开展活动3场、讲座5场，共200人。",
        "上半年公开1200条，下半年公开1300条；全年共公开2600条。",
        "举办活动9场，上半年4场、下半年约6场。",
        "会议5次，培训3次、检查6次。",
        "收到申请9件，当面5件、信函4件，网络3件。",
        "收到申请88件，其中办结80件、结转9件。",
        "网站210条，公众号98条，共355条。",
    ],
)
def test_figures_that_are_no_list(text):
    assert sums(text) in (HOLDS, NOT_EVALUATED)


@pytest.mark.parametrize(
    ("text", "added", "total"),
    [
        ("公开信息124条，涵盖政策类11条、项目类35条、科教类3条、其他76条。", 125, 124),
        ("公开信息124条，分为甲类11条、乙类35条。", 46, 124),
        ("公开信息20条，分为甲类1条、乙类2条，图解3个，视频4个，海报9个，画册1个。", 3, 20),
        ("收到来信88件。其中甲类26件，分为丙类40件、丁类48件。", 88, 26),
        ("公开信息20条，分为甲类1条、乙类2条，占17%。", 3, 20),
        ("公开信息20条，分为甲类1条、乙类2条，比上年增加17条。", 3, 20),
        ("办理149件，其中予以公开121件、部分公开28件、不予公开37件。", 186, 149),
        ("收到来信88件，回复26件，分为丙类40件、丁类48件。", 88, 26),
        ("公开信息10条，其中甲类4条、乙类6条、丙类3条，丙类3条分为图解1条、视频1条。", 2, 3),
        ("公开信息100条，其中甲类60条、乙类35条。", 95, 100),
        ("收到申请88件，其中自然人61件、法人和其他组织26件。", 87, 88),
        ("办理的70件中，涉及征地40件、涉及规划22件、其他9件。", 71, 70),
        ("网络30件、信函12件、当面5件，合计46件。", 47, 46),
        ("一至四季度分别收到来信5件、6件、7件、8件，全年共收到27件。", 26, 27),
        ("召开会议12次，包括常务会议8次、专题会议6次。", 14, 12),
        ("新收申请47件，按来件渠道分，网上35件、信函7件、当面3件。", 45, 47),
        ("按渠道分，全年47件，网上35件、信函7件、当面3件。", 45, 47),
        ("印制12000份，分别为8000份和3000份。", 11000, 12000),
        ("培训共计180人次，分别为100人次、90人次。", 190, 180),
        ("收到申请125件（网络80件、信函30件、当面25件）。", 135, 125),
        ("栏目42个，由法定栏目24个、专栏12个、互动栏目8个组成。", 44, 42),
        ("受理咨询120次，电话咨询80次、现场咨询30次、网上咨询20次。", 130, 120),
        ("举办活动九场，上半年四场、下半年六场。", 10, 9),
        ("网站210条、公众号98条，共355条。", 308, 355),
        ("网络80件，信函30件，当面15件，合计135件。", 125, 135),
        ("上半年公开1200条，下半年公开1300条，全年共公开2600条。", 2500, 2600),
        ("政策文件20件、解读材料15件、其他65件，合计110条。", 100, 110),
        ("收到95件，其中网络80件，当面15件，合计96件。", 95, 96),
        ("培训3次，网络80件，当面15件，合计96件。", 95, 96),
        ("收到意见58条，涉及栏目26条、内容19条，其余12条。", 57, 58),
        ("投资1.5万元，其中甲类0.8万元、乙类0.6万元、其他0.2万元。", Decimal("1.6"), Decimal("1.5")),
        ("收到申请88件。其中自然人61件、法人和其他组织26件。", 87, 88),
        ("收到申请88件，增长20%，其中自然人61件、法人和其他组织26件。", 87, 88),
        ("收到申请88件，其中自然人61件，占69%，法人和其他组织26件，占30%。", 87, 88),
        ("网络80件，信函30件，合计111件，其中甲类61件、乙类50件。", 110, 111),
        ("全年受理群众咨询120次，电话咨询80次、现场咨询30次。", 110, 120),
        ("召开会议12次，包括常务会议8次、专题会议5次等。", 13, 12),
        ("公开信息100条，其中网站等平台60条、公众号35条。", 95, 100),
        ("公开信息100条，其中甲类50条、乙类30条。", 80, 100),
        ("公开约50条，其中甲类20条、乙类10条；召开会议12次，包括常务会议8次、专题会议6次。", 14, 12),
        ("公开约50条；网络30件、信函12件、当面5件，合计46件。", 47, 46),
    ],
)
def test_lists_that_do_not_add_up(text, added, total):
    issue = the_issue(report_of(text__overview=text), "text.sum", "overview")
    assert (issue.severity, issue.left, issue.right) == ("warning", added, total)
    assert f"相差 {abs(added - total)}" in words(issue)


@pytest.mark.parametrize(
    ("text", "added", "total"),
    [
        ("答复申请45件，其中自然人41件、学生5件。", 46, 45),
        ("答复申请45件，其中自然人30件、学生10件、军人6件。", 46, 45),
        ("收到申请88件，其中自然人60件、法人和其他组织20件，办结80件。", 80, 88),
        ("公开信息59条，其中政务信息12条、通知公告9条以及检查公示40条。", 61, 59),
        ("公开信息10条，其中通知3条以及公示1条、公告7条。", 11, 10),
        ("收到申请88件，其中自然人60件、企业20件，科研机构18件。", 98, 88),
        ("收到的14件来信来自三个渠道，分别为网络7件、邮寄4件、当面2件。", 13, 14),
        ("来信9件，收到的14件来信来自三个渠道，分别为网络7件、邮寄4件、当面2件。", 13, 14),
        ("网站900条、公众号400条、微博100条，三个平台合计1479条。", 1400, 1479),
        ("甲类5条，网站900条、公众号400条、微博100条，三个平台合计1479条。", 1400, 1479),
        ("收到申请190件，收到申请10件，共收到申请198件。", 200, 198),
        ("分别收到8件、11件，全年共收到20件。", 19, 20),
        ("网络80件，信函30件，当面15件，合计120件。", 125, 120),
        ("接待9人，网络80件，信函30件，当面15件，合计120件。", 125, 120),
        ("上半年收到80件，下半年收到30件，合计120件。", 110, 120),
        ("咨询120次，电话咨询80次、现场咨询30次，接待9次。", 110, 120),
        ("公开信息100条，其中网站60条、微信公众号45条。", 105, 100),
        ("文件20件、解读材料15篇，合计36条。", 35, 36),
        ("公开信息100条，其中甲类60条、乙类30条，其中图解20条。", 90, 100),
        ("公开信息10条，其中甲类5条、乙类4条；培训8条。", 9, 10),
        ("来信9件，来电5件，收到的14件来信来自三个渠道，分别为网络7件、邮寄4件、当面2件。", 13, 14),
        ("收到来信14件，涉及栏目3个，分别为甲类2个、乙类2个。", 4, 3),
        ("样本9件、行政诉讼3件，其中维持2件、纠正2件。", 4, 3),
        ("公开信息100条，其中政策解读60条，规范性文件3条，图解45条。", 108, 100),
        ("网站900条、公众号400条，两个平台合计1310条。", 1300, 1310),
        ("网站、微博分别发布8条、11条，全县共推出20条。", 19, 20),
        ("收到申请190件、上年结转10件，合计198件。", 200, 198),
        ("甲类5件，接待9人，网络80件，信函30件，合计115件。", 110, 115),
        ("网络80件，信函30件，合计30件。", 110, 30),
        ("收到来信90件，其中网络30件，信函20件，当面15件，合计75件。", 65, 75),
        (
            "收到来电9件，其中求助4件、咨询5件，收到来信90件，其中网络30件，信函20件，当面15件，合计75件。",
            65,
            75,
        ),
        ("咨询120次，电话咨询80次、现场咨询30次，接待9次、走访咨询10次。", 110, 120),
        ("公开信息100条，其中甲类60条、乙类30条，浏览5次，转载6次等。", 90, 100),
        ("收到申请45件，其中自然人30件，其他组织16件。", 46, 45),
        ("收到申请258件，按自然人和法人划分，自然人182件，法人75件。", 257, 258),
    ],
)
def test_which_parts_are_held_against_which_total(text, added, total):
    (issue,) = sums(text)
    assert (issue.left, issue.right) == (added, total)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开信息100条，其中甲类60条，比上年增加5条，乙类30条。", NOT_EVALUATED),
        ("栏目36个，由法定栏目24个、专题12个2部分组成，图片5个。", HOLDS),
        ("收到申请88件，其中自然人60件，法人和其他组织20件，办结80件。", HOLDS),
        ("公开信息100条，其中甲类60条、乙类40条，与公安局联合发布5条。", HOLDS),
        ("公开信息100条，其中甲类60条、乙类40条，转载20条。", HOLDS),
        ("不予处理5件，其中重复申请4件、信访类1件；不予公开8件。", HOLDS),
        ("收到申请88件，其中新收80件、上年结转9件。", NOT_EVALUATED),
        ("收到申请88件，办结80件。其中甲类50件、乙类39件。", NOT_EVALUATED),
        ("收到来信88件，回复80件。其中甲类50件、乙类31件。", HOLDS),
        ("行政复议3件、行政诉讼3件，其中维持2件、纠正2件。", NOT_EVALUATED),
        ("行政复议3件，行政诉讼3件，其中维持2件、纠正2件。", NOT_EVALUATED),
        ("收到来信30件、来电30件，其中甲类20件、乙类15件。", NOT_EVALUATED),
        ("甲类3条、乙类4条，合计比上年增加8条。", NOT_EVALUATED),
        ("网站900条，两个平台合计1479条。", NOT_EVALUATED),
        ("网站900条、公众号400人、微博100条，三个平台合计1400条。", NOT_EVALUATED),
        ("网站900条、公众号400条、微博100条，一个平台合计100条。", NOT_EVALUATED),
        ("收到申请190件、上年结转10件，共办结198件。", NOT_EVALUATED),
        ("受理咨询120次，电话咨询80次、现场咨询30人。", NOT_EVALUATED),
        ("公开信息100条，其中甲类60条、乙类30条等，丙类5条。", HOLDS),
        ("公开信息100条，其中通知60条、公告30条公示20条。", HOLDS),
        ("收到申请88件，其中办结70件、自然人60件、法人和其他组织20件。", NOT_EVALUATED),
        ("收到申请88件，公开信息80条。其中甲类50条、乙类31条。", HOLDS),
        ("收到来信88件，回复80件，转办8件。其中甲类5件、乙类4件。", HOLDS),
        ("样本9件，图片5条，行政复议3件、行政诉讼3件，其中维持2件、纠正2件。", NOT_EVALUATED),
        ("样本9件，行政复议3件、行政诉讼3件，其中维持2件、纠正2件。", NOT_EVALUATED),
        ("样本9件，收到来信30件、来电30件，其中甲类20件、乙类15件。", NOT_EVALUATED),
        ("样本9件，图片5件，行政复议3件，行政诉讼3件，其中维持2件、纠正2件。", NOT_EVALUATED),
        ("予以公开5件，样本3件，部分公开9件、不予公开4件，合计13件。", HOLDS),
        ("收到申请190件、上年结转10件，共办理198件。", NOT_EVALUATED),
        ("文件20件和解读15篇合计36条。", NOT_EVALUATED),
        ("来访5件，网络80件，信函30件，合计110件。", HOLDS),
        ("公开信息100条，其中甲类60条等、乙类30条。", HOLDS),
        ("公开信息100条，其中甲类60条、乙类30条，浏览5次等。", HOLDS),
        ("收到来信88件，来电80件，转办8件。其中甲类5件、乙类4件。", HOLDS),
    ],
)
def test_where_a_list_has_no_total_or_no_end(text, expected):
    assert sums(text) == expected


def test_a_list_is_held_against_its_total_once():
    for text in (
        "我局收到申请38件，按申请人区分：自然人31件，商业企业6件。",
        "我局收到申请38件，其中分为网上30件、信函5件、当面2件。",
    ):
        (issue,) = sums(text)
        assert (issue.left, issue.right) == (37, 38)


def test_what_is_said_of_a_list():
    report = report_of(text__overview="公开信息124条，其中甲类50条、乙类60条、其他13条。")
    issue = the_issue(report, "text.sum", "overview")
    assert words(issue) == "“公开信息124条”：所列各项 50 + 60 + 13 = 123，与 124 相差 1"
    assert said(report, issue) == "124条，其中甲类50条、乙类60条、其他13条"
    assert fixed(report, issue) is None


def test_a_total_behind_its_parts_is_pointed_at_with_them():
    report = report_of(text__overview="网络30件、信函12件、当面5件，合计46件。")
    assert said(report, the_issue(report, "text.sum", "overview")) == "30件、信函12件、当面5件，合计46件"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("网络30件、信函12件、当面5件，合计46件。", "30 + 12 + 5"),
        ("网络80件，信函30件，当面15件，合计135件。", "80 + 30 + 15"),
        ("投资9万元，其中甲类1万元、乙类2万元、其他3万元。", "1 + 2 + 3"),
        ("共8件，其中甲类1件、乙类1件、丙类1件、丁类1件、戊类1件、其他2件。", "1 + 1 + 1 + 1 + 1 + 2"),
    ],
)
def test_parts_are_named_as_they_stand(text, parts):
    issue = the_issue(report_of(text__overview=text), "text.sum", "overview")
    assert f"所列各项 {parts} = " in words(issue)


def test_a_long_list_is_not_spelled_out():
    parts = "、".join(f"{name}类1件" for name in "甲乙丙丁戊己")
    issue = the_issue(report_of(text__overview=f"共8件，其中{parts}、其他1件。"), "text.sum", "overview")
    assert words(issue) == "“共8件”：所列 7 项相加是 7，与 8 相差 1"


# ---------------------------------------------------------------- what came in and what went out


def test_balance_holds():
    assert balance("新收申请88件，上年结转5件，办结89件，结转下年度4件。") == HOLDS
    assert balance("收到申请93件，上年结转5件，办结89件，结转下年度4件。") == HOLDS
    assert balance("新收申请88件，上年结转5件，办结89件，结转下年度4件。新收自然人申请62件。") == HOLDS


STATED = "{}申请93件，上年结转5件，办结89件，结转下年度4件。"


def test_that_there_was_none_is_a_side_of_the_balance_too():
    stated = "收到申请23件，无上年结转件，答复{}件，{}没有结转下年度办理的申请。"
    assert balance(stated.format(23, "")) == HOLDS
    (issue,) = balance(stated.format(22, ""))
    assert (issue.left, issue.right) == (23, 22)
    (issue,) = balance("未收到企业的申请，" + stated.format(22, ""))
    assert (issue.left, issue.right) == (23, 22)
    assert balance(stated.format(22, "全县")) == NOT_EVALUATED
    assert balance("2022年未收到申请。" + stated.format(22, "")) == NOT_EVALUATED


def test_only_what_is_not_called_new_may_count_what_was_carried_over():
    (issue,) = balance(STATED.format("新收"))
    assert (issue.left, issue.right) == (98, 93)
    assert balance(STATED.format("收到")) == HOLDS
    assert balance("新收申请93件（含上年结转5件），办结89件，结转下年度4件。") == HOLDS


@pytest.mark.parametrize(("new", "holds"), [(88, True), (93, False)])
def test_the_table_says_what_was_received(new, holds):
    report = report_of(text__overview=STATED.format("收到"), t3__new__total=new)
    assert (outcome(report, "text.balance", "overview") == HOLDS) is holds


def test_each_paragraph_has_its_own_balance():
    stated = "新收申请88件，上年结转5件，办结88件，结转下年度4件。"
    (issue,) = balance(f"新收申请88件，办结89件。\n{stated}")
    assert (issue.left, issue.right) == (93, 92)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "新收申请88件，办结89件，结转下年度4件。",
        "新收申请88件，上年结转5件，办结89件。\n结转下年度9件。",
        "新收申请88件，上年结转5件，办结89件，结转下年度9件。全年新收申请80件。",
        "2023年，新收申请88件，上年结转5件，办结89件，结转下年度9件。",
        "全县新收申请880件，我局上年结转5件，办结89件，结转下年度9件。",
    ],
)
def test_balance_is_not_stated(text):
    assert balance(text) == NOT_EVALUATED


def test_the_whole_area_has_a_balance_too():
    (issue,) = balance("全县新收申请880件，上年结转50件，办结890件，结转下年度90件。")
    assert (issue.left, issue.right) == (930, 980)


def test_balance_broken():
    report = report_of(text__overview="依申请公开：新收申请88件，上年结转5件，办结88件，结转下年度4件。")
    issue = the_issue(report, "text.balance", "overview")
    assert (issue.severity, issue.left, issue.right) == ("warning", 93, 92)
    assert said(report, issue) == "88件，上年结转5件，办结88件，结转下年度4件"
    assert words(issue) == ("文字里的数不平：收到 88 + 上年结转 5 = 93，办结 88 + 结转下年度 4 = 92，相差 1")


def test_a_list_behind_the_applicants_is_of_those_that_came():
    text = "收到申请8件，自然人6件、企业2件。其中予以公开5件、其余{}件。"
    assert sums(text.format(3)) == HOLDS
    issue = the_issue(report_of(text__overview=text.format(4)), "text.sum", "overview")
    assert (issue.left, issue.right) == (9, 8)


def test_parts_behind_words_that_open_a_list_may_be_left_out():
    assert sums("咨询120次，包括电话咨询80次、现场咨询30次等。") == HOLDS
    issue = the_issue(
        report_of(text__overview="咨询120次，电话咨询80次、现场咨询30次。"), "text.sum", "overview"
    )
    assert (issue.left, issue.right) == (110, 120)


@pytest.mark.parametrize("came", ["新收申请12件", "收到申请12件"])
def test_results_may_be_of_what_came_last_year_too(came):
    text = f"{came}，办理结果分别为予以公开10件、部分公开1件、不予公开2件。"
    issue = the_issue(report_of(text__overview=text), "text.sum", "overview")
    assert (issue.left, issue.right) == (13, 12)
    assert outcome(report_of(text__overview=text, t3__total__total=13), "text.sum", "overview") == HOLDS
    assert outcome(report_of(text__overview=text, t3__total__total=14), "text.sum", "overview") != HOLDS
    text = f"{came}，办理结果分别为予以公开10件、其他3件。"
    assert outcome(report_of(text__overview=text, t3__total__total=13), "text.sum", "overview") == HOLDS


def test_other_parts_are_not_of_what_came_last_year():
    text = "新收申请12件，其中自然人11件、企业2件。"
    assert outcome(report_of(text__overview=text, t3__total__total=13), "text.sum", "overview") != HOLDS
