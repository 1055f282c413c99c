"""The encoder of meaning: word pieces, the model, and the folder it is found in."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from onnx_files import WORDS, write_encoder

from poi_search import closeness
from poi_search.closeness import EncoderError, encoder_warning, find_encoder
from poi_search.closeness.vectors import VectorWriter
from poi_search.closeness.wordpiece import piece_numbers, read_vocabulary

VOCABULARY = {word: number for number, word in enumerate(WORDS)}
TABLE = [[float(number == place) for place in range(len(WORDS))] for number in range(len(WORDS))]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ovary", ["ovary"]),
        ("Ovaries", ["ovar", "##ies"]),
        ("EGGS of a", ["egg", "##s", "of", "a"]),
        ("égg.", ["egg", "."]),
        ("o\u00advary", ["ovary"]),
        ("a\tof\na", ["a", "of", "a"]),
        ("a.a", ["a", ".", "a"]),
        ("eggo", ["[UNK]"]),
        ("a卵a", ["a", "[UNK]", "a"]),
        ("a" * 101, ["[UNK]"]),
        ("", []),
    ],
)
def test_pieces(text: str, pieces: list[str]) -> None:
    found = [WORDS[number] for number in piece_numbers(text, VOCABULARY, 20)]
    assert found == ["[CLS]", *pieces, "[SEP]"]


def test_a_long_text_is_cut_but_has_its_end() -> None:
    found = [WORDS[number] for number in piece_numbers("a of ovaries", VOCABULARY, 5)]
    assert found == ["[CLS]", "a", "of", "ovar", "[SEP]"]


def test_both_forms_of_a_vocabulary(tmp_path: Path) -> None:
    lines, json = tmp_path / "vocab.txt", tmp_path / "tokenizer.json"
    lines.write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    json.write_text('{"model": {"vocab": {"[UNK]": 7, "[CLS]": 8, "[SEP]": 9}}}', encoding="utf-8")
    assert read_vocabulary(lines) == VOCABULARY
    assert read_vocabulary(json) == {"[UNK]": 7, "[CLS]": 8, "[SEP]": 9}


def test_a_model_is_loaded_and_its_vectors_averaged(tmp_path: Path) -> None:
    pytest.importorskip("onnxruntime")
    encoder = find_encoder(tmp_path, {"POI_SEARCH_ENCODER": str(write_encoder(tmp_path, TABLE))})
    assert encoder
    vector = encoder.encode("egg of")
    used = {VOCABULARY[piece] for piece in ("[CLS]", "egg", "of", "[SEP]")}
    assert vector == pytest.approx([0.5 if number in used else 0 for number in range(len(WORDS))])


@pytest.mark.parametrize(("before", "is_read"), [(253, True), (254, False)])
def test_a_text_is_read_up_to_256_pieces(tmp_path: Path, before: int, is_read: bool) -> None:
    pytest.importorskip("onnxruntime")
    encoder = find_encoder(tmp_path, {"POI_SEARCH_ENCODER": str(write_encoder(tmp_path, TABLE))})
    assert encoder
    vector = encoder.encode("a " * before + "egg")
    assert bool(vector[VOCABULARY["egg"]]) == is_read


def test_the_name_changes_with_the_model_and_the_vocabulary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closeness, "find_spec", lambda _name: object())
    names = set()
    for number, (table, more) in enumerate([(TABLE, ""), (TABLE[::-1], ""), (TABLE, "iris\n")]):
        folder = write_encoder(tmp_path / str(number), table)
        with (folder / "vocab.txt").open("a", encoding="utf-8") as vocabulary:
            vocabulary.write(more)
        encoder = find_encoder(tmp_path, {"POI_SEARCH_ENCODER": str(folder)})
        assert encoder
        names.add(encoder.name)
    assert len(names) == 3


def test_where_an_encoder_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_encoder(tmp_path, {}) is None
    write_encoder(tmp_path / "encoder", TABLE)
    monkeypatch.setattr(closeness, "find_spec", lambda _name: object())
    assert find_encoder(tmp_path, {}) is not None
    (tmp_path / "encoder" / "other.onnx").write_bytes(b"")
    with pytest.raises(EncoderError, match=r"one \.onnx file .* found 2 .onnx and 1 of these"):
        find_encoder(tmp_path, {})


@pytest.mark.parametrize("runtime", [object(), None])
def test_what_is_no_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, runtime: object
) -> None:
    monkeypatch.setattr(closeness, "find_spec", lambda _name: runtime)
    file = tmp_path / "encoder"
    file.write_bytes(b"")
    nowhere = tmp_path / "nowhere"
    for environ, problem in (
        ({}, f"{file}: it is not a folder."),
        ({"POI_SEARCH_ENCODER": str(file)}, f"POI_SEARCH_ENCODER names {file}: it is not a folder"),
        ({"POI_SEARCH_ENCODER": str(nowhere)}, f"{nowhere}: there is no such folder"),
    ):
        with pytest.raises(EncoderError, match=re.escape(problem)):
            find_encoder(tmp_path, environ)


def test_without_onnxruntime_an_encoder_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "encoder"
    assert encoder_warning(tmp_path, {}) == ""
    write_encoder(folder, TABLE)
    monkeypatch.setattr(closeness, "find_spec", lambda _name: object())
    assert encoder_warning(tmp_path, {}) == ""
    monkeypatch.setattr(closeness, "find_spec", lambda _name: None)
    assert find_encoder(tmp_path, {}) is None
    warning = encoder_warning(tmp_path, {})
    assert warning.startswith(f"{folder}: ")
    assert "pip install 'poi-search[semantic]' (or remove the folder)" in warning
    named = encoder_warning(tmp_path / "home", {"POI_SEARCH_ENCODER": str(folder)})
    assert "(or unset POI_SEARCH_ENCODER)" in named


@pytest.mark.parametrize("name", ["model.onnx", "vocab.txt"])
def test_a_file_that_is_something_else(tmp_path: Path, name: str) -> None:
    pytest.importorskip("onnxruntime")
    (write_encoder(tmp_path / "encoder", TABLE) / name).write_bytes(b"something else\n")
    encoder = find_encoder(tmp_path, {})
    assert encoder
    with pytest.raises(EncoderError, match=name):
        encoder.encode("egg")


class Lengths:
    """An encoder that counts what it is asked."""

    name = "lengths"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, text: str) -> closeness.Vector:
        self.asked.append(text)
        return np.array([len(text), 1], dtype=np.float32)


def test_each_text_is_encoded_once() -> None:
    encoder = Lengths()
    writer = VectorWriter(encoder, None)
    writer.add(["a", "bb", "a"])
    before = writer.vectors()
    assert encoder.asked == ["a", "bb"]
    assert before.values.tolist() == [[1, 1], [2, 1], [1, 1]]
    writer = VectorWriter(encoder, before)
    writer.add(["ccc", "bb"])
    assert encoder.asked == ["a", "bb", "ccc"]
    assert writer.vectors().values.tolist() == [[3, 1], [2, 1]]
