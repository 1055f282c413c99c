"""XML and HTML as trees: encodings, entities, lines, and the text of a node."""

from __future__ import annotations

import pytest

from poi_search.article import ReadError
from poi_search.readers.markup import (
    MAX_DEPTH,
    Node,
    parse_fragment,
    parse_html,
    parse_xml,
    plain,
    squeeze,
)

UMLAUT = "<a>ä\u00adß</a>"


@pytest.mark.parametrize(
    "source",
    [
        UMLAUT.encode(),
        UMLAUT.encode("utf-8-sig"),
        UMLAUT.encode("utf-16"),
        b"\xfe\xff" + UMLAUT.encode("utf-16-be"),
        f"<?xml version='1.0' encoding='UTF8'?>{UMLAUT}".encode("utf-8-sig"),
        f'<?xml version="1.0" encoding="latin-1"?>{UMLAUT}'.encode("latin-1"),
        b"<a>&auml;&#xAD;&szlig;</a>",
    ],
)
def test_the_same_text_in_any_encoding(source: bytes) -> None:
    root = parse_xml(source, "a.xml")
    assert (root.name, root.children, plain(root)) == ("a", ("ä\u00adß",), "äß")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"<?xml version='1.0' encoding='ascii'?>\n<a>\xe4</a>", "a.xml, line 2: .*'ascii'"),
        (b"<a>\n\xff</a>", "a.xml, line 2: .*'utf-8'"),
        (b"\n \n", "the file is empty"),
        (b"<!DOCTYPE a [\n<!ENTITY b 'c'>]><a/>", "a.xml, line 2: .*declares entities"),
        (b"<a>\n<b></a>", "a.xml, line 2: broken XML"),
        (b"<a>" * MAX_DEPTH + b"<b/>" + b"</a>" * MAX_DEPTH, "line 1: .*more than 120 levels"),
    ],
)
def test_what_is_refused(source: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        parse_xml(source, "a.xml")


def test_the_deepest_tree() -> None:
    depth = MAX_DEPTH - 1
    assert parse_xml(b"<a>" * depth + b"<b/>" + b"</a>" * depth, "a.xml").find("b") is not None


def test_lines_names_and_what_is_no_text() -> None:
    source = (
        "<?xml version='1.0'\n?>\n<x:a xmlns:x='u' x:b='c d'>&amp;&alpha;<!-- &beta; -->"
        "<?pi &gamma;?>\n<d><![CDATA[&delta; <e>]]></d></x:a>"
    )
    root = parse_xml(source.encode(), "a.xml")
    inner = root.first("d")
    assert inner is not None
    assert (root.name, root.get("b"), root.get("z"), root.line, inner.line) == (
        "a",
        "c d",
        "",
        3,
        4,
    )
    assert list(root.strings()) == ["&α", "\n", "&delta; <e>"]


def test_pages() -> None:
    page = parse_html(
        "<?xml version='1.0'?>\n<html class='a b'>\n<p>ä<br>b\n<p id=x>c</html>".encode(), "a.html"
    )
    assert page.get("class") == "a b"
    assert [(node.name, node.line) for node in page.walk("p", "br")] == [
        ("p", 3), ("br", 3), ("p", 4),
    ]  # fmt: skip
    assert plain(page) == "ä b c"
    for source in (b"no page", b"1 < 2"):
        with pytest.raises(ReadError, match=r"a\.html: the file contains no HTML"):
            parse_html(source, "a.html")
    latin = parse_html("<meta charset='latin-1'><p>ä</p>".encode("latin-1"), "a.html")
    assert plain(latin) == "ä"
    assert plain(parse_fragment("<tr><td>a<td>b")) == "a b"


def test_a_tree_is_walked_in_order() -> None:
    root = parse_xml(b"<a>1<b><c><b/></c></b>2<d/><b/></a>", "a.xml")
    assert [node.name for node in root.elements()] == ["b", "d", "b"]
    assert [node.name for node in root.walk()] == ["b", "c", "b", "d", "b"]
    assert len(list(root.walk("b"))) == 3
    assert len(list(root.outermost("b", "d"))) == 3
    assert [node.name for node in root.outermost("c")] == ["c"]
    assert root.first("d", "c") == root.find("d") == Node("d", {}, 1, ())
    assert root.first("c") is None
    assert root.children_without("b") == ("1", "2", Node("d", {}, 1, ()))


def test_the_text_of_a_node() -> None:
    source = b"<a> one<i>two</i><break/>three<p>four</p><sec>five</sec><x>six</x>\n</a>"
    root = parse_xml(source, "a.xml")
    assert plain(root) == "onetwo three four five six"
    assert plain(root, "i", "x") == "one three four five"
    assert plain(None) == ""
    assert squeeze(" a\u200b\u2060b \n c\ufeff ") == "ab c"


def test_an_unknown_encoding_is_reported_at_the_first_line() -> None:
    with pytest.raises(ReadError, match="line 1: the text is not in the encoding 'none-such'"):
        parse_xml(b"\n<?xml version='1.0' encoding='none-such'?><article/>", "a.xml")
