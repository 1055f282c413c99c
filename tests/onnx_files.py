"""A tiny encoder in ONNX, written by hand: the vector of a piece is a row of a table."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

_INT64, _FLOAT = 7, 1
WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "ovary", "ovar", "##ies", "egg", "##s", "of", ".", "a")


def write_encoder(folder: Path, table: Sequence[Sequence[float]]) -> Path:
    """A folder with a model that looks up each piece in `table`, and its vocabulary."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_model(table))
    (folder / "vocab.txt").write_text("\n".join(WORDS) + "\n", encoding="utf-8")
    return folder


def _model(table: Sequence[Sequence[float]]) -> bytes:
    gather = _texts(1, "table", "input_ids") + _texts(2, "vectors") + _texts(4, "Gather")
    values = struct.pack(f"<{len(table) * len(table[0])}f", *(x for row in table for x in row))
    shape = b"".join(_number(1, size) for size in (len(table), len(table[0])))
    rows = shape + _number(2, _FLOAT) + _texts(8, "table") + _bytes(9, values)
    graph = (
        _bytes(1, gather)
        + _texts(2, "graph")
        + _bytes(5, rows)
        + _bytes(11, _value("input_ids", _INT64, 2))
        + _bytes(12, _value("vectors", _FLOAT, 3))
    )
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, _texts(1, "") + _number(2, 13))


def _value(name: str, kind: int, dimensions: int) -> bytes:
    shape = b"".join(_bytes(1, _texts(2, f"d{number}")) for number in range(dimensions))
    return _texts(1, name) + _bytes(2, _bytes(1, _number(1, kind) + _bytes(2, shape)))


def _texts(field: int, *texts: str) -> bytes:
    return b"".join(_bytes(field, text.encode()) for text in texts)


def _bytes(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])
