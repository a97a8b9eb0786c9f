"""What a portal prints around a report, and what a printer prints at the foot of a page: no part of the report."""

from __future__ import annotations

import re

LONGEST = 120
"""Characters; a longer paragraph is text whatever it begins with."""

_PAGE = re.compile(
    r"[-—–―－_\s]*\d{1,3}[-—–―－_\s]*|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}|共\s*\d{1,3}\s*页"
    r"|[-—–―－_][-—–―－_\s]*[-—–―－_]"
)
_STARTS = re.compile(
    r"发布日期|发布时间|发文日期|发文机关|发布机构|公开日期|生成日期|成文日期|更新时间|更新日期|日期：|时间：|"
    r"来源：|信息来源|文章来源|稿源|作者：|浏览|阅读|点击|访问量|字体|字号|打印|关闭|分享|收藏|索引号|主题分类|"
    r"主题词|发文字号|文号：|公开方式|公开范围|有效性|时效性|组配分类|体裁分类|信息名称|名称：|标题：|内容概述|"
    r"当前位置|您的位置|您当前|你的位置|首页|网站首页|责任编辑|编辑：|审核：|审核人|初审|复审|终审|附件|上一篇|"
    r"下一篇|上一条|下一条|相关链接|相关文档|相关信息|相关附件|扫一扫|扫码|版权|主办|承办|主管单位|网站标识码|"
    r"政府网站标识码|备案|联系我们|网站地图|关于我们|无障碍|长者模式|登录|注册|搜索|返回|微信|微博|手机版|繁体|"
    r"English|智能问答|我要纠错|网站声明|隐私|友情链接|文档下载|下载|浏览次数|保护视力色|\[打印|【打印|"
    r"【字|\[字|【大|\[大|【关闭|\[关闭|分享到"
)
_ANY = re.compile(r"ICP备|公网安备|网站标识码|Copyright|©|All Rights Reserved", re.IGNORECASE)
_CRUMBS = re.compile(r"\S{1,20}(?:\s*[>›»/]\s*\S{1,30}){2,}")


def is_page_mark(text: str) -> bool:
    """Whether a line is only the number of a page."""
    return bool(text) and bool(_PAGE.fullmatch(text.strip()))


def is_furniture(text: str) -> bool:
    """Whether a paragraph before or behind the report belongs to the page around it."""
    text = text.strip()
    if not text:
        return True
    if len(text) > LONGEST:
        return False
    if text.endswith(("。", "；")) and not _ANY.search(text):
        return False
    folded = "".join(text.split())
    return (
        bool(_STARTS.match(folded))
        or bool(_ANY.search(text))
        or bool(_CRUMBS.fullmatch(text))
        or is_page_mark(text)
    )
