"""Rules about texts and the unit's contact."""

from __future__ import annotations

import re
import unicodedata

from gkdesk.checks.check import Check, Outcome, Verdict
from gkdesk.formats.model import Format, Instance, Rule, TextField
from gkdesk.i18n import _
from gkdesk.report.issue import Issue
from gkdesk.report.session import View

_PHONE = re.compile(r"\+?[0-9][0-9()\-—－ ,，、;；/转]{5,}[0-9)]|(?:\+?[0-9()\- ,、;/转]){6,60}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_MARKS = " \t\n\u3000。.！!，,"


class Written(Check):
    """A required text is there, and says more than the words that the format refuses (五: “无”)."""

    kind = "written"

    def __init__(self, rule: Rule, instance: Instance, field: TextField) -> None:
        super().__init__(rule, instance)
        self.field = field

    @classmethod
    def bind(cls, rule: Rule, form: Format) -> list[Check]:
        fields = {field.key: field for field in form.text_fields}
        return [cls(rule, instance, fields[instance.operands["fields"][0]]) for instance in rule.instances]

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.field.key,)

    def evaluate(self, view: View) -> Outcome:
        text = view.fields.get(self.field.key, "").strip(_MARKS)
        if text and text not in self.field.refused:
            return Verdict.HOLDS
        return self.issue(
            field=self.field.key,
            params=(("text", text),),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        text = dict(issue.params)["text"]
        if text:
            return _("“{field}”不能只写“{text}”：请写明具体内容").format(field=self.field.label, text=text)
        return _("“{field}”还没有写").format(field=self.field.label)


class Contact(Check):
    """A line of the unit's contact is there and well formed."""

    kind = "contact"

    def __init__(self, rule: Rule, instance: Instance, label: str) -> None:
        super().__init__(rule, instance)
        (self.key,) = instance.operands["fields"]
        self.label = label

    @classmethod
    def bind(cls, rule: Rule, form: Format) -> list[Check]:
        labels = {f"unit.{line.field}": line.label for line in form.contact}
        return [cls(rule, instance, labels[instance.operands["fields"][0]]) for instance in rule.instances]

    @property
    def reads(self) -> tuple[str, ...]:
        return (self.key,)

    def evaluate(self, view: View) -> Outcome:
        text = view.fields.get(self.key, "").strip()
        reason = contact_fault(self.key.removeprefix("unit."), text)
        if reason is None:
            return Verdict.HOLDS
        return self.issue(
            field=self.key,
            params=(("text", text[:80]), ("fault", reason)),
        )

    def explain(self, issue: Issue, form: Format) -> str:
        params = dict(issue.params)
        if params["fault"] == "missing":
            return _("单位{label}没有填写").format(label=self.label)
        if params["fault"] == "postcode":
            return _("邮编“{text}”应为 6 位数字").format(text=params["text"])
        return _("电话“{text}”不像电话号码：请写区号和号码，如 010-12345678").format(text=params["text"])


def contact_fault(field: str, text: str) -> str | None:
    """What is wrong with a contact line: "missing", "postcode", "phone", or None."""
    if not text:
        return "missing"
    folded = unicodedata.normalize("NFKC", text)
    if field == "postcode" and not re.fullmatch(r"[0-9]{6}", folded):
        return "postcode"
    if field == "phone" and not (_PHONE.fullmatch(folded) and sum(c.isdigit() for c in folded) >= 7):
        return "phone"
    return None


def looks_like_email(text: str) -> bool:
    """Whether what a line gives has the form of an e-mail address; of several, each."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return all(_EMAIL.fullmatch(address) for address in re.split(r" ?[、,;/] ?", folded))
