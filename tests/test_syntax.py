"""The grammar of a question: how texts are parsed, notices about the rest, and its laws."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unparse import unparse

from poi_search.index.searchable import SEARCH_FIELDS, SearchField
from poi_search.query import syntax
from poi_search.query.fields import FIELDS, TAGS
from poi_search.query.replacing import replace_words
from poi_search.query.syntax import Limits, QuestionLimit, parse
from poi_search.query.tree import (
    And,
    Any,
    Between,
    Empty,
    Field,
    FuzzyWord,
    Node,
    Not,
    Or,
    PrefixWord,
    Quoted,
    Value,
    Words,
    leaves,
    walk,
)

W = Words
LINKS = "https://x.org/a(b)?q=*&&year:2 www.x.org/c~"
NAMES = "NF(kappa)B [18F]FDG Ca[2+]i loss.[47] 5*10^6 1x10^6"
TABLE, FIGURE = Value("kind", "table"), Value("kind", "figure")
DOI = Value("doi", "10.5555/j.x.2013.06.014")
DOIS = (
    "10.5555/j.x.2013.06.014", "10.5555/J.X.2013.06.014[doi]", "doi:10.5555/j.x.2013.06.014",
    "DOI: 10.5555/j.x.2013.06.014", '"10.5555/j.x.2013.06.014"[aid]',
    "https://doi.org/10.5555/j.x.2013.06.014", "http://dx.doi.org/10.5555%2Fj.x.2013.06.014",
    "doi.org/10.5555/j.x.2013.06.014", "(doi: https://doi.org/10.5555/j.x.2013.06.014)",
    "https://www.journal.org/article/10.5555/j.x.2013.06.014/full",
    "https://journal.org/a?doi=10.5555/j.x.2013.06.014&b=c",
)  # fmt: skip
PMIDS = (
    "PMID: 23000001", "pmid:23000001", "PMID 23000001", "PubMed PMID: 23000001.",
    "pubmed 23000001", "PubMed ID: 23000001",
    "23000001[pmid]", "23000001 [UID]", '"23000001"[pmid]', "pmid:(23000001)",
    "https://pubmed.ncbi.nlm.nih.gov/23000001/", "www.ncbi.nlm.nih.gov/pubmed/23000001",
    "https://europepmc.org/article/MED/23000001",
    "https://www.ncbi.nlm.nih.gov/pmc/articles/pmid/23000001/",
)  # fmt: skip
PMCIDS = (
    "PMC3000001", "pmc3000001", "PMC ID 3000001", "PMCID: PMC3000001", "pmcid:3000001",
    "pmc:PMC3000001",
    "PMC3000001[pmcid]", "3000001[pmc]", "https://pmc.ncbi.nlm.nih.gov/articles/PMC3000001/",
    "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3000001/?report=reader",
    "https://europepmc.org/article/PMC/PMC3000001", "europepmc.org/articles/pmc3000001",
)  # fmt: skip

QUIET: list[tuple[str, Node]] = [
    ("", Empty()),
    (" \t\n", Empty()),
    ("mouse model", W("mouse model")),
    ("bread and butter or not", W("bread and butter or not")),
    (
        "“bone marrow” „cord blood“ «eggs»",
        Any((Quoted("bone marrow"), Quoted("cord blood"), Quoted("eggs"))),
    ),
    ('stem "bone marrow" cells', Any((W("stem"), Quoted("bone marrow"), W("cells")))),
    # operators
    ("POI AND mouse model", And((W("POI"), W("mouse model")))),
    ("a OR b AND c NOT d", Or((W("a"), And((W("b"), W("c"), Not(W("d"))))))),
    ("(a OR b) AND c", And((Or((W("a"), W("b"))), W("c")))),
    ("a && b || !c", Or((And((W("a"), W("b"))), Not(W("c"))))),
    ("a AND (b AND (c))", And((W("a"), W("b"), W("c")))),
    ("a AND NOT umbilical cord", And((W("a"), Not(W("umbilical cord"))))),
    ("(rat)AND(mouse)", And((W("rat"), W("mouse")))),
    ("eggs (mouse OR rat)", Any((W("eggs"), Or((W("mouse"), W("rat")))))),
    (
        'mouse -rat -"cord blood" -(dog cat)',
        And((W("mouse"), Not(W("rat")), Not(Quoted("cord blood")), Not(W("dog cat")))),
    ),
    # signs that are text
    ("IL-6 - IL-8 --x Help! R&D", W("IL-6 - IL-8 --x Help! R&D")),
    ("Theca: the forgotten cell 10:1", W("Theca: the forgotten cell 10:1")),
    (LINKS, W(LINKS)),
    (NAMES, W(NAMES)),
    # words with a sign
    (
        "ovar* granuloza~ mous~ mice~2",
        Any(
            (
                PrefixWord("ovar"),
                FuzzyWord("granuloza", 2),
                FuzzyWord("mous", 1),
                FuzzyWord("mice", 2),
            )
        ),
    ),
    # fields
    (
        'author:Ding AU:Li ti:"cord blood" ta:(Stem Cells)',
        And(
            (
                Field("author", W("Ding")),
                Field("author", W("Li")),
                Field("title", Quoted("cord blood")),
                Field("journal", W("Stem Cells")),
            )
        ),
    ),
    (
        "title:ovar* title:(mouse OR rat)",
        And((Field("title", PrefixWord("ovar")), Field("title", Or((W("mouse"), W("rat")))))),
    ),
    ("title:NF(kappa) mouse", And((W("mouse"), Field("title", W("NF(kappa)"))))),
    ("mouse kind:table", And((W("mouse"), TABLE))),
    ("kind:tables kind:fig", Or((TABLE, FIGURE))),
    ("kind:table,figure", Or((TABLE, FIGURE))),
    (
        "kind:(table OR figure) -section:3.4.",
        And((Or((TABLE, FIGURE)), Not(Value("section", "3.4")))),
    ),
    ("cites:47 AND cites:ref-48", And((Value("cites", "47"), Value("cites", "48")))),
    # PubMed's tags
    (
        "Ding L[au] AND Stem Cell Res Ther [ta]",
        And((Field("author", W("Ding L")), Field("journal", W("Stem Cell Res Ther")))),
    ),
    ("cell line[ti] mice", And((W("mice"), Field("title", W("cell line"))))),
    ('"Cord Blood"[Mesh Terms] OR "Cord Blood"[tw]', Or((W("Cord Blood"), Quoted("Cord Blood")))),
    ('mesh:"Cord Blood" OR -mh:rat', Or((W("Cord Blood"), Not(W("rat"))))),
    ('"granulosa cel*"', Quoted("granulosa cel*")),
    ("scaffold 2018:2020[dp]", And((W("scaffold"), Between("year", 2018, 2020)))),
    (
        '("2018/01/01"[PDAT] : "2020/12/31"[PDAT]) NOT rat[tw]',
        And((Between("year", 2018, 2020), Not(W("rat")))),
    ),
    (
        '"2018"[dp] mouse "2020"[dp]',
        And((W("mouse"), Or((Between("year", 2018, 2018), Between("year", 2020, 2020))))),
    ),
    ("-Ding L[au] mouse", And((W("mouse"), Not(Field("author", W("Ding L")))))),
    # identifiers
    *((text, DOI) for text in DOIS),
    *((text, Value("pmid", "23000001")) for text in PMIDS),
    *((text, Value("pmcid", "PMC3000001")) for text in PMCIDS),
    ("23000001", W("23000001")),
    ("10.1 of 2/3 PMC PMID doi", W("10.1 of 2/3 PMC PMID doi")),
    ("cells 23000001[pmid]", And((W("cells"), Value("pmid", "23000001")))),
    ("1,2[uid] OR pmid:3,4", Or(tuple(Value("pmid", number) for number in "1234"))),
    (
        "PMID: 23000001; PMCID: PMC3000001; doi:10.5555/j.x.2013.06.014.",
        Or((Value("pmid", "23000001"), Value("pmcid", "PMC3000001"), DOI)),
    ),
    ("mice -doi:10.5555/J.x.2013.06.014", And((W("mice"), Not(DOI)))),
]


@pytest.mark.parametrize(("text", "expected"), QUIET)
def test_texts_are_parsed(text: str, expected: Node) -> None:
    parsed = parse(text)
    assert parsed.tree == expected
    assert parsed.notices == ()


@pytest.mark.parametrize(
    ("written", "low", "high"),
    [
        ("2018", 2018, 2018),
        ("2018..2020", 2018, 2020),
        ("2018-2020", 2018, 2020),
        ("2018–2020", 2018, 2020),
        ("2018:2020", 2018, 2020),
        ("[2018 TO 2020]", 2018, 2020),
        ("{2018 TO 2020}", 2019, 2019),
        ("[2018 TO *]", 2018, None),
        ("2018:", 2018, None),
        ("-2020", None, 2020),
        (">=2018", 2018, None),
        (">2018", 2019, None),
        ("≤2020", None, 2020),
        ("<2020", None, 2019),
    ],
)
def test_years(written: str, low: int | None, high: int | None) -> None:
    assert parse(f"year:{written}").tree == Between("year", low, high)
    assert parse(f"eggs year:{written}").tree == And((W("eggs"), Between("year", low, high)))


@pytest.mark.parametrize(
    ("text", "expected", "says"),
    [
        ("(rat OR mouse", Or((W("rat"), W("mouse"))), "“(rat OR mouse” is never closed"),
        ("mouse) AND rat", And((W("mouse"), W("rat"))), "“mouse)” was never opened"),
        ("mouse AND", W("mouse and"), "“AND” was not read as an operator: there is nothing after"),
        ("OR mouse", W("or mouse"), "there is nothing before"),
        ("a AND OR b", W("a and or b"), "“AND OR” was not read"),
        ("NOT NOT x", W("not not x"), "“NOT NOT” was not read"),
        ("rat NOT -x", And((W("rat not"), Not(W("x")))), "“NOT” was not read"),
        ("mouse ()", W("mouse"), "Empty parentheses"),
        ('""', Empty(), "Empty quotation marks"),
        ('"cord blood', W("cord blood"), "never closed"),
        ("year:2020..2018 x", Any((W("year 2020..2018"), W("x"))), "year:2018..2020"),
        ("year: 2018", W("year  2018"), "right after the colon"),
        ("author:", W("author"), "author:Ding"),
        ("kind:poem", W("kind poem"), "kind:reference"),
        ("cites:0", W("cites 0"), "cites:47"),
        ("section:x", W("section x"), "section:3.4"),
        ("mouse[foo]", W("mouse"), "“[foo]” is not a known field"),
        ("[au] mouse", W("mouse"), "There is nothing before the tag “[au]”"),
        ("rat abc[dp]", W("rat abc"), "2018:2020[dp]"),
        ("p*", W("p"), "at least two letters"),
        ("*gen", W("gen"), "end of a word"),
        ("mice AND AND rats", And((W("mice"), W("rats"))), "“AND AND” was read as one AND"),
        ("a OR OR OR b", Or((W("a"), W("b"))), "“OR OR OR” was read as one OR"),
        ("mouse ov*r", W("mouse"), "“*” within a word"),
        ("wom?n", Empty(), "“?” within a word"),
        ("title:wom?n mouse", W("mouse"), "“wom?n” was left out"),
        ("mouse -wom??n", W("mouse"), "“??” within a word"),
        ("col#r", Empty(), "“#” within a word"),
        ("gran~osa", Empty(), "“~” within a word"),
        ("ovar? AND mice", And((W("ovar?"), W("mice"))), "“?” in “ovar?” has no effect"),
        ("follic$", PrefixWord("follic"), "read as follic*"),
        ("US$ 5", W("US$ 5"), "“$” in “US$”"),
        ("?mouse", W("?mouse"), "“?” in “?mouse”"),
        ("mouse^", W("mouse^"), "“^” in “mouse^”"),
        ("mouse|rat", W("mouse|rat"), "write OR"),
        ("+mouse", W("mouse"), "write AND"),
        ("#3 mouse", W("mouse"), "earlier search"),
        ('"wom?n"', Quoted("wom?n"), "“?” has no effect within"),
        ('"p* value"', Quoted("p* value"), "“*” has no effect within"),
        ('"granuloza~ cell"', Quoted("granuloza~ cell"), "“~” has no effect within"),
        ("a NEAR b", W("a      b"), "“NEAR” is not an operator here"),
        ("a adj5 b", W("a      b"), "“adj5” is not an operator"),
        ("a W/3 b", W("a     b"), "“W/3” is not an operator"),
        ("a adj b", W("a     b"), "“adj” is not an operator"),
        ("a near5 b", W("a       b"), "“near5” is not an operator"),
        ("a SAME b", W("a      b"), "“SAME” is not an operator"),
        ("ovar*.tw.", PrefixWord("ovar"), "“.tw.” is not a field here"),
        ("a NEAR5 b", W("a       b"), "“NEAR5” is not an operator"),
        ("a XOR b", W("a     b"), "“XOR” is not an operator"),
        ("year=2018", W("2018"), "“year=” is not a field"),
        ("mice? rats", W("mice? rats"), "“?” in “mice?”"),
        ("(mice).ti,ab.", W("mice"), "“.ti,ab.” after a phrase or a group"),
        ('"a b".tw. mice', Any((Quoted("a b"), W("mice"))), "“.tw.” after a phrase"),
        ('"a b"/exp', Quoted("a b"), "“/exp” after a phrase"),
        ("mice/exp", W("mice"), "“/exp” is not a field"),
        ("ov$2", W("ov$2"), "“$” in “ov$2”"),
        ("NEAR(a b)", W("a b"), "“NEAR” is not an operator"),
        ("mice[tiab]", W("mice"), "“[tiab]” means the whole text"),
        ('"a b"[tiab:~5]', W("a b"), "“[tiab:~5]” does not limit the distance"),
        ("mice[mh:noexp]", W("mice"), "without :noexp"),
        ("mice review [pt]", W("mice review"), "“[pt]” is not a known field"),
        ("abstract:mice", W("mice"), "“abstract:” is not a field"),
        ('-ab:"a b" mice', And((W("mice"), Not(Quoted("a b")))), "“ab:” is not a field"),
        ("foo:bar", W("foo:bar"), "“foo:” is not a field"),
        ("mesh:D016649", Empty(), "write the name of the concept"),
        ("mice -mesh:D016649", W("mice"), "“D016649” was left out"),
        ("TS=(mice)", W("mice"), "“TS=” is not a field"),
        ("TITLE-ABS-KEY(mice)", W("mice"), "“TITLE-ABS-KEY” is not a field"),
        ("mice.ti,ab.", W("mice"), "“.ti,ab.” is not a field"),
        ("mice/", W("mice/"), "The slash"),
        ("doi:x", W("doi x"), "doi:10."),
        ("mice[doi]", W("mice"), "there is no DOI before the tag"),
        ("IL~", W("IL"), "three letters"),
        ("mouse~9", FuzzyWord("mouse", 1), "was read as mouse~"),
        ("mouse^2", W("mouse"), "“^2” has no effect"),
        ('"a b"~3', Quoted("a b"), "“~3” after a phrase"),
        ("rat -80", W("rat -80"), "NOT 80"),
    ],
)
def test_notices_say_what_was_not_read_as_typed(text: str, expected: Node, says: str) -> None:
    parsed = parse(text)
    assert parsed.tree == expected
    assert len(parsed.notices) == 1
    assert says in parsed.notices[0]
    assert parsed.notices[0].endswith(".")


def test_a_parenthesis_is_quoted_with_24_characters_beside_it() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert parse(f"{letters})").notices[0].startswith(f"The parenthesis closed at “{letters[2:]})”")
    assert f"“({letters[:24]}”" in parse(f"({letters}").notices[0]


def test_many_notices_are_abridged() -> None:
    notices = parse(" ".join(f"kind:no{n}" for n in range(12))).notices
    assert len(notices) == 9
    assert notices[-1] == "And 4 similar notices."


@pytest.mark.parametrize(
    ("text", "found", "limit"),
    [
        ("x" * 513, 513, 512),
        (" OR ".join(["x"] * 33), 33, 32),
        ("(" * 17 + "x" + ")" * 17, 17, 16),
    ],
)
def test_limits(text: str, found: int, limit: int) -> None:
    with pytest.raises(QuestionLimit) as caught:
        parse(text)
    assert (caught.value.parameter, caught.value.found, caught.value.limit) == ("q", found, limit)
    assert str(found) in str(caught.value)
    assert str(limit) in str(caught.value)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 512,
        " OR ".join(["x"] * 32),
        "(" * 16 + "x" + ")" * 16,
        "(" * 512,
        '"' * 511,
        "-" * 512,
    ],
)
def test_questions_at_the_limits(text: str) -> None:
    parse(text)


def test_words_keep_their_offsets() -> None:
    question = 'egg (stem "x y" - kind:zzz year:1'
    for node in walk(parse(question).tree):
        if isinstance(node, Words):
            typed = question[slice(*node.span)]
            for place, character in enumerate(node.text):
                assert character in (typed[place], " ")


PIECES = st.sampled_from(
    'AND OR NOT ( ) " “ [au] [dp] [mh] [foo] year: title: kind: table 2018 2018..2020 - ! -- && ||'
    " x ab* * ~ abc ^2 10^6 : .. mouse IL-6 https://a.b/c \0 \ud800 é \u0301 א + TO { } ] >=2018 ?"
    " [2018\u2009TO\u20092020] ,".split(" ")
)
QUESTIONS = st.one_of(
    st.lists(st.one_of(PIECES, st.just(" ")), max_size=24).map("".join), st.text(max_size=60)
)
WIDE = Limits(characters=100_000, clauses=10_000, depth=200)


SIGNED = st.tuples(
    st.sampled_from(["ov", "gran", "title:ov", "-ov", '"ov', "(mouse"]),
    st.sampled_from(["*", "?", "$", "#", "~", "^", "|", "??", "**", "$2", "^3", "~x"]),
    st.sampled_from(["", "ry", " AND mouse", '"', "ry cells", "[ti]"]),
).map("".join)


@given(SIGNED)
def test_a_sign_at_a_word_has_an_effect_or_a_notice(text: str) -> None:
    parsed = parse(text)
    effects = [
        node
        for node in walk(parsed.tree)
        if isinstance(node, PrefixWord | FuzzyWord)
        or (isinstance(node, Quoted) and re.search(r"\w\w\*(?!\w)", node.text))
    ]
    asks = re.search(r'\w\?+"?$', text)  # the end of a question, as far as anyone can tell
    assert parsed.notices or effects or asks
    left = [node.text for node in walk(parsed.tree) if isinstance(node, Words)]
    assert not re.search(r"\b(?:ry|x)\b", " ".join(left)) or {*text} & {*'"^|'}


@given(QUESTIONS)
def test_every_text_has_a_tree_with_correct_spans(text: str) -> None:
    parsed = parse(text, WIDE)
    for node in walk(parsed.tree):
        start, end = node.span
        assert 0 <= start <= end <= len(text)
        if isinstance(node, Words):
            assert len(node.text) == end - start
            pairs = zip(text[start:end], node.text, strict=True)
            assert all(new in (" ", old, old.lower()) for old, new in pairs)
        if isinstance(node, And | Or | Any):
            assert len(node.children) > 1
    assert all(notice.encode() for notice in parsed.notices)


@given(QUESTIONS)
def test_an_unparsed_tree_parses_to_an_equal_tree(text: str) -> None:
    tree = parse(text, WIDE).tree
    assert parse(unparse(tree), WIDE).tree == tree


def test_only_words_are_replaced() -> None:
    question = "-stemcell granuloza* title:ovry AND Granuloza"
    assert (
        replace_words(question, [(36, 45, "granulosa"), (1, 9, "stem cell"), (27, 31, "ovary")])
        == "-(stem cell) granuloza* title:ovary AND granulosa"
    )
    with pytest.raises(ValueError, match="cannot replace characters 2 to 9"):
        replace_words("granuloza", [(0, 4, "x"), (2, 9, "y")])


def test_the_table_of_fields_is_consistent() -> None:
    names = [name for field in SEARCH_FIELDS for name in (field.name, *field.short)]
    tags = [tag for field in SEARCH_FIELDS for tag in field.tags.split(", ") if tag]
    assert len(names) == len(set(names)) == len(FIELDS)
    assert len(tags) == len(set(tags))
    assert {tag: TAGS[tag] for tag in tags} == {
        tag: field.name for field in SEARCH_FIELDS for tag in field.tags.split(", ") if tag
    }
    # A tag follows its words, of which only years and identifiers are recognised.
    recognised = {"words", "keyword", "years", "doi", "pmid", "pmcid"}
    assert {field.value for field in SEARCH_FIELDS if field.tags} <= recognised


@pytest.mark.parametrize("field", SEARCH_FIELDS, ids=lambda field: field.name)
def test_examples_of_fields_are_parsed_as_that_field(field: SearchField) -> None:
    for example in field.example.replace(" or ", ", ").split(", "):
        parsed = parse(example)
        assert not parsed.notices
        assert isinstance(parsed.tree, Field | Value | Between)
        assert parsed.tree.name == field.name
        assert example.startswith(f"{field.name}:")


@pytest.mark.parametrize("question", ["ovary.tw. cells", "ovary^2 cells"])
def test_signs_after_a_word_are_not_searched(question: str) -> None:
    (words,) = leaves(parse(question).tree)
    assert isinstance(words, Words)
    assert words.text.split() == ["ovary", "cells"]
    assert len(words.text) == len(question)


def test_explosion_is_left_out_with_a_notice() -> None:
    found = parse("exp ovary/")
    assert found.notices[0] == "“exp” was left out: narrower concepts are always searched."
    (words,) = leaves(found.tree)
    assert isinstance(words, Words)
    assert words.text.strip(" /") == "ovary"


PLAIN = ["a", "Wharton", "s", "t", "IL", "2018", "10", "é", "near", "and", "adj", "doi", "exp"]
SIGNS = [" ", " ", "-", "'", "’", ", ", "  ", " - ", ",", "/", "?"]
AROUND = ["", " ", "\t", "? ", " ?", "?", ","]
OPERATORS = ["AND", "NOT", "NEAR", "XOR", "PMID", "adj3", "pmc"]


@given(
    st.lists(st.tuples(st.sampled_from(PLAIN + OPERATORS), st.sampled_from(SIGNS)), min_size=1),
    st.sampled_from(AROUND),
    st.sampled_from(AROUND),
)
def test_plain_questions_are_read_as_by_the_grammar(
    words: list[tuple[str, str]], before: str, after: str
) -> None:
    text = before + "".join(map("".join, words))[: -len(words[-1][1])] + after
    with_grammar = syntax._parse_grammar(text, Limits(clauses=99))
    read = parse(text, Limits(clauses=99))
    assert read == with_grammar
    assert read.tree.span == with_grammar.tree.span


def test_most_questions_need_no_grammar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(syntax, "_parse_grammar", None)
    for text in ("mir21", " hUC-MSC rats ", "Is Wharton's jelly safe? ", "hot flashes, heart"):
        assert parse(text).tree == W(text.strip())
