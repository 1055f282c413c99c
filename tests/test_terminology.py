"""The terminology: what its file keeps of the concepts, and what becomes of a damaged one."""

from __future__ import annotations

import errno
import os
import random
import shutil
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

import pytest
from documents import between, rows, text

from poi_search.terminology import (
    Terminology,
    TerminologyError,
    expansion,
    open_terminology,
    packed_version,
    remove_others,
)
from poi_search.terminology.compiling import VERSIONS as SOURCES
from poi_search.terminology.content import make_content
from poi_search.terminology.expansion import PACKED, pack, read_content
from poi_search.text.analysis import stems, tokenize
from poi_search.thesaurus import Concept
from poi_search.thesaurus.forms import Form, supported_forms, text_forms
from poi_search.thesaurus.layers import GeneralLayer
from poi_search.thesaurus.mentions import Lexicon

VERSIONS = {"MeSH": "1"}


concept = partial(Concept, topic="MeSH", source="terminology")


CONCEPTS = (
    concept("mesh:D1", "D1", ("Heart Diseases", "Cardiac Disease"), broader=("mesh:D3",)),
    concept("mesh:D2", "D2", ("Heart Attack",), broader=("mesh:D1",), also=("mondo:7", "doid:8")),
    concept("mesh:D3", "D3", ("Disease", "Größe"), broader=("mesh:D1",)),  # a cycle
    concept("mesh:D4", "D4", ("Interleukins",), ("IL",)),
    concept("mesh:D5", "D5", ("Interleukin-6",), ("IL6",), ("doid:1",), ("mesh:D4",)),
    concept("mesh:D6", "D6", ("Attack of the heart",), ambiguous=("AH",)),
    concept("mesh:D7", "D7", ("Heart Attacks",), ("HEART",)),
)


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    path = tmp_path / "sample.pack"
    path.write_bytes(pack(make_content(CONCEPTS, VERSIONS)))
    return path


@pytest.fixture
def terminology(packed: Path, tmp_path: Path) -> Terminology:
    return Terminology(read_content(tmp_path / "index", packed), packed_version(packed), packed)


def test_concepts_are_kept_whole(terminology: Terminology) -> None:
    assert [terminology.concept(each.id) for each in CONCEPTS] == list(CONCEPTS)
    assert list(terminology.ids()) == [each.id for each in CONCEPTS]
    assert len(terminology) == len(CONCEPTS)
    assert [(s.name, s.version, s.concepts, s.names) for s in terminology.sources] == [
        ("MeSH", "1", 7, 13)
    ]


def test_a_concept_is_found_by_its_other_ids(terminology: Terminology) -> None:
    assert terminology.concept("doid:8") == CONCEPTS[1]
    assert terminology.broader("mondo:7") == ("mesh:D1",)
    for unknown in ("mesh:D", "mesh:D8", "mesh:D22", "a", "z", ""):
        assert terminology.concept(unknown) is None
        assert terminology.broader(unknown) == terminology.narrower(unknown) == ()


def in_order(forms: Iterable[Form]) -> list[Form]:
    return sorted(forms, key=lambda form: form.concept)


def test_forms_are_those_of_a_lexicon(terminology: Terminology) -> None:
    lexicon = Lexicon(text_forms(CONCEPTS))
    keys = {key for key, _ in text_forms(CONCEPTS)}
    keys |= {key[:size] for key in keys for size in range(1, len(key))}
    keys |= {(*key, "heart") for key in keys} | {("zzz",), ("a",), ("", "heart"), ("heart", "")}
    for key in keys:
        assert in_order(terminology.forms(key)) == in_order(lexicon.forms(key)), key
    for word in {word for key in keys for word in key}:
        assert terminology.longest(word) == lexicon.longest(word), word
        assert terminology.has_word(word) == (word in lexicon.words()), word
    assert (terminology.longest("ah"), terminology.has_word("ah")) == (1, True)


def test_it_can_be_below_a_lexicon(terminology: Terminology) -> None:
    passage = "Interleukin-6 after a heart attack"
    lexicon = Lexicon(text_forms(CONCEPTS))
    found = [
        (m.concept, passage[m.start : m.end]) for m in lexicon.find(passage, tokenize(passage))
    ]
    above = Lexicon(general=GeneralLayer(terminology, ()))
    assert found == [
        (m.concept, passage[m.start : m.end]) for m in above.find(passage, tokenize(passage))
    ]
    assert ("mesh:D2", "heart attack") in found


def test_a_cycle_ends(terminology: Terminology) -> None:
    assert terminology.broader("mesh:D1") == ("mesh:D3",)
    assert terminology.broader("mesh:D3") == ("mesh:D1",)
    assert terminology.narrower("mesh:D1") == ("mesh:D2", "mesh:D3")
    assert terminology.narrower("mesh:D2") == ()


def test_ambiguous_forms_are_apart(terminology: Terminology) -> None:
    assert terminology.forms(("ah",)) == []
    assert terminology.ambiguous(("ah",)) == [Form("mesh:D6", "AH", case=True)]
    assert terminology.ambiguous(("heart", "attack")) == []


def test_the_order_of_concepts_does_not_matter() -> None:
    shuffled = random.Random(1).sample(CONCEPTS, len(CONCEPTS))
    assert make_content(shuffled, VERSIONS) == make_content(CONCEPTS, VERSIONS)


def expanded(folder: Path) -> list[Path]:
    return list(folder.glob("terms-*"))


def test_a_damaged_file_is_made_again(packed: Path, tmp_path: Path) -> None:
    content = read_content(tmp_path, packed)
    (path,) = expanded(tmp_path)
    assert path.read_bytes() == content
    for damaged in (b"", content[:9], content[:-9], bytes(len(content)), content + b"x"):
        path.write_bytes(damaged)
        assert read_content(tmp_path, packed) == content
        assert path.read_bytes() == content
    assert expanded(tmp_path) == [path]


def test_an_open_terminology_does_not_need_its_file(
    terminology: Terminology, tmp_path: Path
) -> None:
    (path,) = expanded(tmp_path / "index")
    with path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.truncate(9)
    assert [terminology.concept(each.id) for each in CONCEPTS] == list(CONCEPTS)


def test_the_open_terminology_is_shared(packed: Path, tmp_path: Path) -> None:
    terminology = open_terminology(tmp_path / "a", packed)
    assert open_terminology(tmp_path / "b", packed) is terminology
    packed.write_bytes(pack(make_content(CONCEPTS[3:4], VERSIONS)))
    assert len(open_terminology(tmp_path / "a", packed)) == 1


def no_space(_path: Path, _content: bytes) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_cannot_be_written_is_expanded_in_memory(
    packed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = read_content(tmp_path / "a", packed)
    (path,) = expanded(tmp_path / "a")
    (tmp_path / "b" / path.name).mkdir(parents=True)  # nothing takes the place of a folder
    assert read_content(tmp_path / "b", packed) == content
    (tmp_path / "c").write_bytes(b"")  # no folder can be made here
    assert read_content(tmp_path / "c", packed) == content
    assert [each.name for each in (tmp_path / "b").iterdir()] == [path.name]
    monkeypatch.setattr(expansion, "_write", no_space)
    assert read_content(tmp_path / "d", packed) == content
    assert not expanded(tmp_path / "d")


def test_other_files_of_a_terminology_are_removed(packed: Path, tmp_path: Path) -> None:
    read_content(tmp_path, packed)
    packed.write_bytes(pack(make_content(CONCEPTS[3:4], VERSIONS)))
    content = read_content(tmp_path, packed)
    (tmp_path / "terms-12.bin.x7").write_bytes(b"")
    (tmp_path / "terms.txt").write_bytes(b"")
    remove_others(tmp_path, packed)
    (left,) = expanded(tmp_path)
    assert left.read_bytes() == content
    assert (tmp_path / "terms.txt").exists()


def test_a_damaged_package_is_an_error(packed: Path, tmp_path: Path) -> None:
    whole = packed.read_bytes()
    for damaged in (b"", whole[:20], whole[:-9], b"x" + whole, whole[:-40] + bytes(40)):
        packed.write_bytes(damaged)
        with pytest.raises(TerminologyError, match="Install poi-search again"):
            read_content(tmp_path / "index", packed)
    packed.unlink()
    with pytest.raises(TerminologyError, match="is missing"):
        read_content(tmp_path / "index", packed)
    assert not (tmp_path / "index").exists()


def uses(terminology: Terminology) -> Iterator[object]:
    for name in ("mesh:D1", "mesh:D5", "doid:8"):
        yield terminology.concept(name)
        yield terminology.broader(name)
        yield terminology.narrower(name)
    yield terminology.forms(("heart", "attack"))
    yield terminology.forms(("interleukin", "6"))
    yield list(terminology.ids())


def test_damage_that_no_checksum_tells_is_an_error_at_most(packed: Path, tmp_path: Path) -> None:
    whole = read_content(tmp_path, packed)
    chance = random.Random(7)
    errors = 0
    for _ in range(2000):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 3)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        cut = chance.choice((len(damaged), chance.randrange(len(damaged))))
        try:
            list(uses(Terminology(bytes(damaged[:cut]), "", packed)))
        except TerminologyError as error:
            assert str(packed) in str(error)
            errors += 1
    assert errors > 500


def test_the_file_of_the_package(tmp_path: Path) -> None:
    terminology = open_terminology(tmp_path)
    assert terminology.version == packed_version()
    assert [source.name for source in terminology.sources] == list(SOURCES)
    assert all(source.concepts and source.names for source in terminology.sources)
    assert sum(source.concepts for source in terminology.sources) == len(terminology) > 100_000
    assert PACKED.stat().st_size < 10_000_000
    every = list(terminology.ids())
    for name in random.Random(3).sample(every, 300):
        found = terminology.concept(name)
        assert found
        # The keys are those of today's analysis; else: make terminology.
        for term in (*found.terms, *found.case):
            assert name in {form.concept for form in terminology.forms(stems(term))}, term
        for key, form in supported_forms(found):
            assert form in terminology.ambiguous(key)


def test_what_it_has_is_documented(tmp_path: Path) -> None:
    told = rows(between(text("docs/terminology.md"), "terminology"))
    found = open_terminology(tmp_path).sources
    assert [row[:4] for row in told] == [
        [source.name, source.version, f"{source.concepts:,}", f"{source.names:,}"]
        for source in found
    ]


def test_cycles_of_mesh_are_kept(tmp_path: Path) -> None:
    shutil.copy(PACKED, tmp_path)
    terminology = open_terminology(tmp_path)
    assert "mesh:D015835" in terminology.broader("mesh:D013285")
    assert "mesh:D013285" in terminology.broader("mesh:D015835")
