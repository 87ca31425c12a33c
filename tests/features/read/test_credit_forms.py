"""Forms of credit: their cues stand in whatever they match."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk.features.read.credit_forms import PLAIN, CreditForm, credit_forms

CUED = [form for form in credit_forms("any") if form.cues]
_ONE = r"(?:[^()\[\\]|\\.|\[(?:[^\]\\]|\\.)*\])"
_LOOKS_AROUND = re.compile(rf"\(\?<?[=!](?:{_ONE}|\({_ONE}*\))*\)")


@pytest.mark.parametrize("form", CUED, ids=lambda form: form.pattern.pattern[:30])
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_cue_stands_in_whatever_a_form_matches(form: CreditForm, data: st.DataObject) -> None:
    # What hypothesis cannot make, what stands about a credit, is no part of it.
    written = _LOOKS_AROUND.sub("", form.pattern.pattern).replace(r"\b", "")
    pattern = re.compile(written, re.IGNORECASE | re.ASCII)
    credit = data.draw(st.from_regex(pattern, fullmatch=True))
    assert any(cue in credit.lower() for cue in form.cues)


def test_forms_of_a_line_have_no_cues() -> None:
    assert not any(form.cues for form in credit_forms("line"))


def test_a_form_that_names_an_agency_has_its_mark_for_a_cue() -> None:
    told = next(form for form in CUED if form.kind == "told_agency")
    assert told.cues == (PLAIN,)
