"""nDCG@10, MAP and recall on judged collections, compared with public engines.

    python benchmarks/collection.py FOLDER…

A folder holds a collection as it is distributed by BEIR (corpus.jsonl, queries.jsonl,
qrels/test.tsv), in the files of the SMART system (MED.ALL, MED.QRY, MED.REL; cran.all.1400,
cran.qry, cranqrel), or in a simple form: docs.jsonl ({"id", "title", "text"}), queries.jsonl
({"id", "text"}) and qrels.tsv (query, document and grade). Judgments may have the four columns of
TREC. Queries without a relevant document are left out. docs/measurements.md says where some
collections are found.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from collection_files import Collection, read_collection
from files import CollectionError
from ours import Ours
from passage import Engine
from rivals import RIVALS

from poi_search.evaluation import RECALL_DEPTH, Judged, evaluate, recall

DEPTH = 1000
FAR = 100
ENGINES = (Ours, *RIVALS)
HEADINGS = ("nDCG@10", "MAP", f"recall@{RECALL_DEPTH}", f"recall@{FAR}")


def main(folders: Sequence[Path]) -> None:
    for folder in folders:
        collection = read_collection(folder)
        print(f"{collection.name}: {len(collection.passages):,} documents, "
              f"{len(collection.judged)} queries with a relevant document")  # fmt: skip
        if collection.missing:
            print(f"{collection.missing} relevant documents are not in the collection.")
        print(f"{'':24}" + "".join(f"{heading:>12}" for heading in HEADINGS))
        for make in ENGINES:
            with TemporaryDirectory() as place:
                engine = make(Path(place))
                row = "".join(f"{figure:12.3f}" for figure in measure(collection, engine))
                print(f"{engine.name:24}{row}", flush=True)


def measure(collection: Collection, engine: Engine) -> tuple[float, ...]:
    """The figures under HEADINGS."""
    engine.build(collection.passages)
    engine.open()
    ranked = {query.text: engine.rank(query.text, DEPTH) for query in collection.judged}
    means = evaluate(collection.judged, ranked.__getitem__).all
    far = [_recall(query, ranked[query.text]) for query in collection.judged]
    return means.ndcg, means.average_precision, means.recall, sum(far) / len(far)


def _recall(query: Judged, ranked: Sequence[str]) -> float:
    return recall(ranked, query.rels, FAR)


if __name__ == "__main__":
    if not sys.argv[1:] or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    try:
        main([Path(argument) for argument in sys.argv[1:]])
    except CollectionError as error:
        sys.exit(str(error))
