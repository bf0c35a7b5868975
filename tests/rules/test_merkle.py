import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.rules import merkle

TEXTS = st.lists(st.text(max_size=8), min_size=1, max_size=40)


def tree(level):
    """The tree head of RFC 9162 as its text defines it: split at the largest power of two below the number."""
    if len(level) == 1:
        return merkle.root(level)
    split = 1 << (len(level) - 1).bit_length() - 1
    return merkle._node(bytes.fromhex(tree(level[:split])), bytes.fromhex(tree(level[split:]))).hex()


@given(TEXTS)
def test_the_root_is_the_tree_head_of_the_standard(texts):
    assert merkle.root(texts) == tree(texts)


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert merkle.root([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_leaf_is_hashed_as_the_standard_has_it():
    assert merkle.root([""]) == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@given(TEXTS, st.data())
def test_each_text_has_a_proof_that_leads_to_the_root(texts, data):
    place = data.draw(st.integers(0, len(texts) - 1))

    assert merkle.leads_to(texts[place], merkle.proof(texts, place)) == merkle.root(texts)


@given(TEXTS, st.text(max_size=8), st.data())
def test_a_text_that_is_another_is_not_proven(texts, other, data):
    place = data.draw(st.integers(0, len(texts) - 1))

    proven = merkle.leads_to(other, merkle.proof(texts, place)) == merkle.root(texts)

    assert proven == (other == texts[place])


@given(TEXTS, st.data())
def test_a_changed_text_changes_the_root(texts, data):
    place = data.draw(st.integers(0, len(texts) - 1))

    assert merkle.root([*texts[:place], texts[place] + "x", *texts[place + 1 :]]) != merkle.root(texts)


@given(st.lists(st.text(max_size=8), min_size=2, max_size=20, unique=True))
def test_another_order_is_another_root(texts):
    assert merkle.root(texts[::-1]) != merkle.root(texts)


@pytest.mark.parametrize("place", [-1, 3])
def test_there_is_no_proof_of_what_is_not_there(place):
    with pytest.raises(IndexError):
        merkle.proof(["a", "b", "c"], place)
