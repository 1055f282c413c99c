"""How does the terminal show what was measured: a ranking, the recognition of concepts?"""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from poi_search.cli.terminal import ENDLESS, console, plural
from poi_search.cli.wrapping import say
from poi_search.evaluation import Report
from poi_search.thesaurus.recognition import Recognition


def print_report(report: Report) -> None:
    table = Table(box=None, pad_edge=False)
    for name in ("type", "queries", "nDCG@10", "MAP", "recall@20", "MRR"):
        table.add_column(
            name, justify="left" if name == "type" else "right", no_wrap=name != "type"
        )
    for name, scores in (*report.by_type.items(), ("all", report.all)):
        values = (scores.ndcg, scores.average_precision, scores.recall, scores.reciprocal_rank)
        table.add_row(name, str(scores.queries), *(f"{value:.3f}" for value in values))
    console().print(table)


def print_recognition(recognition: Recognition) -> None:
    to = console()
    if not to.is_terminal:
        to.width = ENDLESS  # for programs, each sentence is on one line
    wrong = (("missed", recognition.missed), ("not named", recognition.invented))
    for what, texts in wrong:
        for each in texts:
            line = Text(f"{what}: ", style="bold")
            line.append(f"{each.concept}: {each.text}", style="not bold default")
            say(to, line, 2, hang=-2)
    shares = f"precision {recognition.precision:.3f}, recall {recognition.recall:.3f}"
    say(to, f"{shares} ({plural(len(recognition.judged), 'sentence')})")
