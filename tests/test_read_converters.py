"""What PDF converters add to the text: anchors, links, HTML and LaTeX."""

from __future__ import annotations

from articles import blocks, cited, people, prose, table

from poi_search.article import Article
from poi_search.readers.pdftext import read_text

LONG = "Cells that were given to animals with damaged ovaries helped their follicles to grow again"
ENTRIES = "\n".join(f"{n}. Doe J. Title {n}. J Test. 2001;{n}:1-2." for n in range(1, 6))


def article_of(body: str, head: str = "# A study of cells", entries: str = ENTRIES) -> Article:
    abstract = f"## Abstract\n\n{LONG}.\n\n"
    text = f"{head}\n\n{abstract}## 1. Introduction\n\n{body}\n\n## References\n\n{entries}\n"
    return read_text(text)


def test_anchors_before_headings_and_links_around_markers() -> None:
    article = article_of(
        f'{LONG} [\\[1](#page-9-0)[–3\\]](#page-9-1).\n\n<span id="page-2"></span>## **1.1. Doses**'
        f"\n\n{LONG} [\\[4,](#page-9-2)[5\\]](#page-9-3).",
        '<span id="page-0-0"></span># **A study of cells**',
    )
    assert article.title == "A study of cells"
    assert [one.anchor for one in article.sections] == ["abstract", "s1", "s1.1"]
    assert cited(prose(article, "s1-p1")) == [("[1–3]", (1, 2, 3))]
    assert cited(prose(article, "s1.1-p1")) == [("[4,5]", (4, 5))]


def test_identifiers_of_references_in_their_links() -> None:
    entry = (
        "1. Doe J. Title. J Test. 2001;1:1-2. [\\[CrossRef\\]](http://doi.org/10.5555/x.1)"
        " [\\[PubMed\\]](http://www.ncbi.nlm.nih.gov/pubmed/12345)"
    )
    [one] = article_of(f"{LONG} [1].", entries=entry).references
    assert (one.doi, one.pmid, one.title) == ("10.5555/x.1", "12345", "Title")


def test_html_tables_on_separate_pages() -> None:
    article = article_of(
        f"{LONG} $^{{1,2}}$ .\n\nTable 1. Doses.\n\n<html><body><table><tr><td>Cells</td><td>"
        'Animal</td><td>Ref.</td></tr><tr><td rowspan="2">Cord</td><td>mouse</td><td>1</td></tr>'
        "<tr><td>rat</td><td>2,3</td></tr></table></body></html>"
    )
    rows = table(article, "t1").rows
    assert [[cell.text for cell in row.cells] for row in rows] == [
        ["Cord", "mouse", "1"],
        ["Cord", "rat", "2,3"],
    ]
    # In a column 'Ref.', bare numbers are references.
    assert [cited(row.cells[2]) for row in rows] == [[("1", (1,))], [("2,3", (2, 3))]]
    assert [cited(row.cells[0]) for row in rows] == [[], []]


def test_latex_environments() -> None:
    article = article_of(
        f"{LONG}. ${{ }}^{{1,2}}$\n\n\\section*{{1.1. Doses}}\n\n{LONG}.\n\n\\begin{{table}}\n"
        "\\captionsetup{labelformat=empty}\n\\caption{Table 1. Doses.}\n\\begin{tabular}{|l|c|}\n"
        "\\hline Cells & Dose \\\\\n\\hline \\multicolumn{2}{|l|}{of mice} \\\\\n"
        "\\hline Cord & \\(10^{6}\\) \\\\\n\\hline\n\\end{tabular}\n\\end{table}\n\n"
        "\\begin{figure}\n\\includegraphics[max width=\\textwidth]{x.jpg}\n"
        "\\caption{Figure 1. Ways.}\n\\end{figure}",
        "# A study of cells\n\nAnna Abel ${ }^{1}$, Bert Cain ${ }^{2, *}$<br>${ }^{1}$ Institute"
        " of Tests, Leiden, Netherlands<br>${ }^{2}$ Hospital of Examples, Wuhan, China",
    )
    assert people(article) == ["Anna Abel", "Bert Cain"]
    assert [one.label for one in article.affiliations] == ["1", "2"]
    assert cited(prose(article, "s1-p1")) == [("[1,2]", (1, 2))]
    assert [one.title for one in article.sections[1:]] == ["Introduction", "Doses"]
    assert [[cell.text for cell in row.cells] for row in table(article, "t1").rows] == [
        ["of mice", "of mice"],
        ["Cord", "10⁶"],
    ]
    assert prose(article, "f1").text == "Ways."
    assert list(blocks(article)) == ["abstract-p1", "s1-p1", "s1.1-p1", "t1", "f1"]


def test_simple_mathematics_and_money_between_dollars() -> None:
    article = article_of(
        f"{LONG} $(P<0.05)$ at $10~\\mu\\mathrm{{M}}$ with $n=3$ and $R$ [1].\n\n"
        f"{LONG} for $5 or $10 and for $100-$200 [2]."
    )
    assert "(P<0.05) at 10 μM with n=3 and R [1]." in prose(article, "s1-p1").text
    assert "for $5 or $10 and for $100-$200 [2]." in prose(article, "s1-p2").text
