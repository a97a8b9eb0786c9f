from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.barcode import qrencoder

from gkdesk.paper import qr
from gkdesk.paper.qr import LONGEST, SIDE, qr_matrix

texts = st.text("0123456789ABCDEF-", min_size=1, max_size=LONGEST)


def drawn_elsewhere(text, mask):
    """The same symbol by another encoder."""
    code = qrencoder.QRCode(1, qrencoder.QRErrorCorrectLevel.Q)
    # Only digits would be taken for another mode.
    code.addData(qrencoder.QRAlphaNum(text))
    code.makeImpl(False, mask)
    return tuple(tuple(map(bool, row)) for row in code.modules)


@given(texts, st.integers(0, 7))
def test_every_module_is_what_another_encoder_draws(text, mask):
    data = qr._codewords(text)
    bits = [byte >> i & 1 for byte in (*data, *qr._correction(data)) for i in range(7, -1, -1)]
    assert qr._symbol(bits, mask) == drawn_elsewhere(text, mask)


@given(texts)
def test_the_mask_with_the_least_penalty_is_taken(text):
    masks = [drawn_elsewhere(text, mask) for mask in range(8)]
    assert qr_matrix(text) in masks
    assert qr._penalty(qr_matrix(text)) == min(map(qr._penalty, masks))


def test_shape():
    matrix = qr_matrix("3F2A-91BC-07DE")
    assert {len(matrix), *map(len, matrix)} == {SIDE}
    finder = (True, False, True, True, True, False, True)
    assert matrix[3][:7] == matrix[3][-7:] == matrix[-4][:7] == finder


@pytest.mark.parametrize("text", ["", "a", "3F2A-91BC-07DE-123", "水"])
def test_other_texts_are_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the text itself is the message
        qr_matrix(text)
