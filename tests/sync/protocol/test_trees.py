"""Against the vectors of certificate transparency, and against the RFC's own recursion."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.protocol.trees import Tree, root_above

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
ANYTHING = st.lists(st.binary(max_size=8), min_size=1, max_size=130)


def root_by_the_book(contents):
    """RFC 9162 section 2.1.1: split at the largest power of two below the size."""
    if len(contents) == 1:
        return hashlib.sha256(b"\0" + contents[0]).digest()
    half = 1 << (len(contents) - 1).bit_length() - 1
    sides = root_by_the_book(contents[:half]) + root_by_the_book(contents[half:])
    return hashlib.sha256(b"\1" + sides).digest()


def path_by_the_book(position, contents):
    """RFC 9162 section 2.1.3.1."""
    if len(contents) == 1:
        return ()
    half = 1 << (len(contents) - 1).bit_length() - 1
    left, right = contents[:half], contents[half:]
    if position < half:
        return (*path_by_the_book(position, left), root_by_the_book(right))
    return (*path_by_the_book(position - half, right), root_by_the_book(left))


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    assert Tree(LEAVES[:size]).root.hex() == ROOTS[size - 1]


@given(ANYTHING)
def test_roots_and_paths_are_the_rfcs(contents):
    tree = Tree(contents)

    assert tree.root == root_by_the_book(contents)
    for at in range(len(contents)):
        assert tree.path(at) == path_by_the_book(at, contents)


@given(ANYTHING)
def test_every_path_leads_to_the_root(contents):
    tree = Tree(contents)

    roots = {root_above(c, at, tree.size, tree.path(at)) for at, c in enumerate(contents)}

    assert roots == {tree.root}


@given(ANYTHING, st.data())
def test_nothing_that_was_changed_leads_to_the_root(contents, data):
    tree = Tree(contents)
    at = data.draw(st.integers(0, tree.size - 1))
    content, path = contents[at], tree.path(at)

    other = data.draw(st.binary(max_size=8).filter(lambda drawn: drawn != content))
    assert root_above(other, at, tree.size, path) != tree.root
    place = data.draw(st.integers(-2, tree.size + 2).filter(lambda drawn: drawn != at))
    is_twin = 0 <= place < tree.size and contents[place] == content and tree.path(place) == path
    assert is_twin or root_above(content, place, tree.size, path) != tree.root
    assert root_above(content, at, tree.size, (*path, bytes(32))) != tree.root
    if path:
        broken = data.draw(st.integers(0, len(path) - 1))
        changed = (*path[:broken], bytes(32), *path[broken + 1 :])
        assert root_above(content, at, tree.size, changed) != tree.root
        assert root_above(content, at, tree.size, path[:-1]) != tree.root


def test_a_node_is_no_statement():
    tree = Tree(LEAVES[:2])
    first, second = tree.path(1)[0], tree.path(0)[0]

    assert root_above(first + second, 0, 1, ()) != tree.root
