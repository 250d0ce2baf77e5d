"""Webhook signatures: the right one always passes, any change never does, and the SDK agrees where it is right."""

import hashlib
from typing import Any
from urllib.parse import urlencode

from hypothesis import given
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from integrations.twilio import TwilioSignature, sign
from integrations.twilio.signature import FORM, spellings

TOKEN, OTHER = "a" * 32, "b" * 32
PATH = "/webhooks/twilio/sms"

words = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
names = st.one_of(st.sampled_from(["Body", "From", "To", "MediaUrl0", "", "Ñame"]), words)
pairs = st.lists(st.tuples(names, words), max_size=14)
bases = st.sampled_from(
    [
        "https://chat.example.test",
        "https://chat.example.test:443",
        "https://chat.example.test:8443",
        "https://chat.example.test/prefix/",
        "http://127.0.0.1:8000",
        "https://[2001:db8::1]",
    ]
)
plain_bases = st.sampled_from(
    ["https://chat.example.test", "https://chat.example.test:443", "http://a.example.test"]
)
queries = st.sampled_from(["", "?practice=a", "?a=1&a=2&b=", "?q=%20x+y", "?"])


class MultiDict:
    """Form fields as the SDK takes them from a framework."""

    def __init__(self, items: list[tuple[str, str]]) -> None:
        self.items = items

    def __iter__(self) -> Any:
        return iter([name for name, _ in self.items])

    def __len__(self) -> int:
        return len(self.items)

    def getall(self, name: str) -> list[str]:
        return [value for each, value in self.items if each == name]


def genuine(base: str, target: str, body: bytes, signature: str, *, tokens: tuple[str, ...] = (TOKEN,)) -> bool:
    return TwilioSignature(tokens, base).genuine(target=target, body=body, content_type=FORM, signature=signature)


@given(bases, queries, pairs)
def test_the_right_signature_passes(base: str, query: str, fields: list[tuple[str, str]]) -> None:
    """Blanks, repeated and unknown fields, emoji and line ends are taken exactly as they were sent."""
    url = base.rstrip("/") + PATH + query
    assert genuine(base, PATH + query, urlencode(fields).encode(), sign(TOKEN, url, fields))


@given(bases, queries, pairs, st.data())
def test_any_change_breaks_it(base: str, query: str, fields: list[tuple[str, str]], data: st.DataObject) -> None:
    """One more, one less or another field; another path, query or token: refused."""
    signature = sign(TOKEN, base.rstrip("/") + PATH + query, fields)
    body = urlencode(fields).encode()
    assert not genuine(base, PATH + query, body, signature, tokens=(OTHER,))
    assert not genuine(base, PATH + "x" + query, body, signature)
    assert not genuine(base, f"{PATH}{query}{'&' if query else '?'}z=1", body, signature)
    assert not genuine(base, PATH + query, body, "")
    added = [*fields, (data.draw(st.text("XYZ", min_size=1)) + "!", "new")]
    assert not genuine(base, PATH + query, urlencode(added).encode(), signature)
    if set(fields[1:]) != set(fields) and "".join(fields[0]):
        assert not genuine(base, PATH + query, urlencode(fields[1:]).encode(), signature)


@given(pairs)
def test_both_tokens_pass_while_one_replaces_the_other(fields: list[tuple[str, str]]) -> None:
    """During rotation a webhook signed with either token is genuine (R-431)."""
    base = "https://chat.example.test"
    body = urlencode(fields).encode()
    for token in (TOKEN, OTHER):
        assert genuine(base, PATH, body, sign(token, base + PATH, fields), tokens=(TOKEN, OTHER))


@given(queries.filter(lambda query: query != "?"), pairs, plain_bases)  # the SDK drops a lone question mark
def test_the_sdk_agrees(query: str, fields: list[tuple[str, str]], base: str) -> None:
    """The SDK's validator, given the same address and fields, passes what we pass; its port spellings are ours."""
    url = base + PATH + query
    theirs = RequestValidator(TOKEN)
    for spelled in spellings(url):
        signature = theirs.compute_signature(spelled, MultiDict(fields))
        assert sign(TOKEN, spelled, fields) == signature
        assert genuine(base, PATH + query, urlencode(fields).encode(), signature)
        assert theirs.validate(url, MultiDict(fields), signature)


@given(st.binary(max_size=200), st.text(max_size=40), st.text(max_size=40))
def test_no_input_breaks_it(body: bytes, kind: str, signature: str) -> None:
    """Bytes that are no form and signatures that are no signature are refused, never an error."""
    check = TwilioSignature((TOKEN,), "https://chat.example.test")
    for content_type in (FORM, kind):
        assert check.genuine(target=PATH, body=body, content_type=content_type, signature=signature) is False


@given(st.binary(min_size=1, max_size=200))
def test_other_bodies_are_signed_by_their_hash(body: bytes) -> None:
    """A JSON body counts by the hash in the signed address; another body under that address is refused."""
    target = f"{PATH}?bodySHA256={hashlib.sha256(body).hexdigest()}"
    check = TwilioSignature((TOKEN,), "https://chat.example.test")
    signature = sign(TOKEN, "https://chat.example.test" + target, [])
    assert check.genuine(target=target, body=body, content_type="application/json", signature=signature)
    assert not check.genuine(target=target, body=body + b" ", content_type="application/json", signature=signature)
    bare = sign(TOKEN, "https://chat.example.test" + PATH, [])
    assert not check.genuine(target=PATH, body=body, content_type="application/json", signature=bare)
