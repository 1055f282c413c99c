"""Indexes as other versions would have left them, made by rewriting one of today's."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from poi_search.article import Author, Reference
from poi_search.index import generations
from poi_search.index.generations import GenerationFolder
from poi_search.references.names import full_name, short_name

_NEW_IN_REFERENCES = ("names", "kind", "editors", "edition", "place", "url", "accessed")


def rewrite(place: Path, change: Callable[[Path], None], made_from: Any) -> GenerationFolder:
    """Makes a changed copy of a home's generation current, whole and with right checksums."""
    current = generations.current(place / "index")
    assert current

    def write(folder: Path) -> dict[str, Any]:
        shutil.copytree(current.path, folder, dirs_exist_ok=True)
        (folder / generations.MANIFEST).unlink()
        change(folder)
        return {**current.manifest, "made_from": made_from(current.manifest["made_from"])}

    return generations.build(place / "index", write, lambda _folder: None)


def make_previous(place: Path) -> GenerationFolder:
    """Makes the index of a home one of the version before: its articles with names as printed
    and references without a kind, its payloads without what is around a unit."""

    def change(folder: Path) -> None:
        for path in (folder / "articles").iterdir():
            path.write_text(json.dumps(_previous_article(json.loads(path.read_bytes()))))
        change_payloads(folder, _previous_payload)

    return rewrite(place, change, lambda before: {**before, "format": 1})


def change_payloads(folder: Path, change: Callable[[Any], Any]) -> None:
    offsets = np.load(folder / "engine/payloads.npy").tolist()
    stored = (folder / "engine/payloads.bin").read_bytes()
    spans = pairwise(offsets)
    changed = [json.dumps(change(json.loads(stored[i:j]))).encode() for i, j in spans]
    (folder / "engine/payloads.bin").write_bytes(b"".join(changed))
    ends = np.cumsum([0, *map(len, changed)], dtype=np.int64)
    np.save(folder / "engine/payloads.npy", ends)


def _previous_article(stored: Any) -> Any:
    article = stored["article"]
    article["authors"] = [_previous_author(each) for each in article["authors"]]
    for reference in article["references"]:
        _without_news(reference)
    return stored


def _previous_author(stored: Any) -> Any:
    name = msgspec.convert(stored, Author).name
    return {**stored, "name": full_name(name), "family": name.family, "given": name.given}


def _previous_payload(stored: Any) -> Any:
    view = stored["view"]
    if "reference" in view:
        _without_news(view["reference"])
        del view["reference"]["text"]
    for citation in view["citations"]:
        del citation["printed"]
    if view["section"]:
        del view["section"]["anchor"]
    return {k: v for k, v in stored.items() if k not in ("headings", "notes", "summary")}


def _without_news(reference: Any) -> None:
    names = msgspec.convert(reference, Reference).names
    reference["authors"] = [short_name(name) for name in names]
    for field in _NEW_IN_REFERENCES:
        del reference[field]
