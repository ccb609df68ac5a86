"""What holds of the canonical form and the salted digest for any content whatever."""

import copy
import json

from hypothesis import assume, given
from hypothesis import strategies as st

from editorial import canonical

VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
KEYS = st.text(max_size=4) | st.sampled_from(["0", "1", "a", "~", "/", "~1", "a/b", ""])
JSON = st.recursive(
    VALUES | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
CONTENTS = st.dictionaries(KEYS, JSON, min_size=1, max_size=4)
ENVELOPE = {"item": "bcdf", "number": 1}


def put(content, pointer, value):
    """Set the leaf that a JSON Pointer names."""
    *parents, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in parents:
        content = content[int(part)] if isinstance(content, list) else content[part]
    content[int(last) if isinstance(content, list) else last] = value


def seal(content, salts, redacted=None):
    hashes = canonical.leaf_hashes(content, salts, redacted or {})
    return canonical.digest(ENVELOPE, hashes)


def shuffled(value):
    """Return an equal value whose dictionaries were filled the other way round."""
    if isinstance(value, dict):
        return {key: shuffled(inner) for key, inner in reversed(value.items())}
    return [shuffled(inner) for inner in value] if isinstance(value, list) else value


@given(CONTENTS)
def test_one_content_has_one_text(content):
    text = canonical.canonical(content)

    assert json.loads(text) == content
    assert canonical.canonical(json.loads(text)) == text
    assert canonical.canonical(shuffled(content)) == text


@given(CONTENTS)
def test_every_leaf_has_a_pointer_of_its_own_and_can_be_put_back(content):
    leaves = list(canonical.leaves(content))
    pointers = [pointer for pointer, _value in leaves]
    emptied = copy.deepcopy(content)
    for pointer in pointers:
        put(emptied, pointer, "█")
    assert {value for _pointer, value in canonical.leaves(emptied)} == {"█"}
    for pointer, value in leaves:
        put(emptied, pointer, value)

    assert len(set(pointers)) == len(pointers)
    assert canonical.canonical(emptied) == canonical.canonical(content)


@given(CONTENTS, st.data())
def test_redacting_any_leaves_keeps_the_digest_and_nothing_of_them(content, data):
    salts = canonical.make_salts(content)
    digest = seal(content, salts)
    hashes = canonical.leaf_hashes(content, salts, {})
    struck = data.draw(st.sets(st.sampled_from(sorted(salts))))
    kept = {pointer: hashes[pointer] for pointer in struck}
    shown = copy.deepcopy(content)
    for pointer in struck:
        put(shown, pointer, data.draw(st.sampled_from(["█", "", "Said █, quietly."])))
    left = {pointer: salt for pointer, salt in salts.items() if pointer not in struck}

    assert seal(shown, left, kept) == digest
    # What is left fits any other value as well as the one that was there.
    values = dict(canonical.leaves(content))
    assert all(
        canonical.leaf_hash(salt, pointer, values[pointer]) != kept[pointer]
        for pointer in struck
        for salt in ["", *left.values()]
    )


@given(CONTENTS, st.data())
def test_changing_any_leaf_changes_the_digest(content, data):
    salts = canonical.make_salts(content)
    pointer, value = data.draw(st.sampled_from(list(canonical.leaves(content))))
    other = data.draw(VALUES | st.text(max_size=8) | st.just([]) | st.just({}))
    assume(canonical.canonical(other) != canonical.canonical(value))
    changed = copy.deepcopy(content)
    put(changed, pointer, other)

    assert seal(changed, salts) != seal(content, salts)


@given(CONTENTS, CONTENTS)
def test_no_two_contents_share_a_digest(one, other):
    assume(canonical.canonical(one) != canonical.canonical(other))
    pointers = dict(canonical.leaves(one)) | dict(canonical.leaves(other))
    salts = dict.fromkeys(pointers, "5a17")

    def sealed(content):
        mine = {pointer: salts[pointer] for pointer, _value in canonical.leaves(content)}
        return seal(content, mine)

    assert sealed(one) != sealed(other)


def test_a_list_and_a_dictionary_with_the_same_leaves_differ():
    one, other = {"by": ["Ana"]}, {"by": {"0": "Ana"}}

    assert seal(one, {"/by/0": "5a17"}) != seal(other, {"/by/0": "5a17"})


@given(CONTENTS, st.data())
def test_any_other_salt_changes_the_digest(content, data):
    salts = canonical.make_salts(content)
    pointer = data.draw(st.sampled_from(sorted(salts)))

    assert seal(content, salts | {pointer: "0" * 32}) != seal(content, salts)
