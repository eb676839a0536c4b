"""JSON that costs more than it says is refused with a reason, never with an error of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lobby.web.json_body import read_json


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"service": "A01", "language": "vi"}', {"service": "A01", "language": "vi"}),
        ('{"note": "Ghi chú, 备注"}'.encode(), {"note": "Ghi chú, 备注"}),
        (b'"\\ud83d\\ude00"', "\N{GRINNING FACE}"),
        (b"123456789012345678901234567890", 123456789012345678901234567890),
        (b"[" * 20 + b"]" * 20, None),
        (b"null", None),
    ],
)
def test_it_reads_what_our_pages_send(body: bytes, value: object) -> None:
    read = read_json(body)
    assert value is None or read == value


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 21 + b"]" * 21,
        b"[" * 8_000 + b"]" * 8_000,
        b'{"a":' * 2_000 + b"1" + b"}" * 2_000,
        b"1" * 31,
        b"-" + b"1" * 31,
        b"1" * 16_000,
        b"1e400",
        b"NaN",
        b"-Infinity",
        b'"\\ud800"',
        b'{"\\udc00 padded":1}',
        b'"\xff\xfe"',
        b"",
        b"{",
        b"{'a': 1}",
    ],
)
def test_it_refuses_the_rest_with_a_reason(body: bytes) -> None:
    with pytest.raises(ValueError, match="."):
        read_json(body)


@given(st.binary(max_size=200))
def test_it_answers_any_bytes_with_a_value_or_a_reason(body: bytes) -> None:
    reason = "none"
    try:
        read_json(body)
    except ValueError as error:
        reason = str(error)
    assert reason
