"""A sentence encoder in ONNX, such as all-MiniLM-L6-v2, with the vocabulary it was trained on."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from poi_search.checksums import checksum
from poi_search.closeness.wordpiece import Vocabulary, piece_numbers, read_vocabulary

PIECES = 256
"""Longer texts are cut: what such models were trained on is shorter still."""
_VOCABULARIES = ("vocab.txt", "tokenizer.json")


class EncoderError(Exception):
    """An encoder that cannot be used; the message says why, and what to do."""


class OnnxEncoder:
    """The encoder in a folder with one .onnx file and a vocabulary; loaded on first use."""

    def __init__(self, folder: Path) -> None:
        models = sorted(folder.glob("*.onnx"))
        known = [folder / name for name in _VOCABULARIES if (folder / name).is_file()]
        if len(models) != 1 or not known:
            raise EncoderError(
                f"{folder}: an encoder consists of one .onnx file and of vocab.txt or "
                f"tokenizer.json; found {len(models)} .onnx and {len(known)} of these."
            )
        self._model, self._pieces = models[0], known[0]

    @cached_property
    def name(self) -> str:
        return f"{checksum(self._model)[:16]}-{checksum(self._pieces)[:16]}"

    def encode(self, text: str) -> NDArray[np.float32]:
        """The mean over the pieces, or the vector of the whole if the model returns one."""
        pieces = np.array([piece_numbers(text, self._vocabulary, PIECES)], dtype=np.int64)
        given = {
            "input_ids": pieces,
            "attention_mask": np.ones_like(pieces),
            "token_type_ids": np.zeros_like(pieces),
        }
        wanted = {each.name: given[each.name] for each in self._session.get_inputs()}
        made = np.asarray(self._session.run(None, wanted)[0], dtype=np.float32)[0]
        vector = made.mean(axis=0) if made.ndim == 2 else made
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        try:
            return read_vocabulary(self._pieces)
        except (KeyError, TypeError, ValueError):
            raise EncoderError(f"{self._pieces}: it is no vocabulary of word pieces.") from None

    @cached_property
    def _session(self) -> Any:
        import onnxruntime  # noqa: PLC0415  # only whoever has an encoder needs it

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        try:
            return onnxruntime.InferenceSession(
                self._model, options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # the library has no common type for what a file may lack
            raise EncoderError(f"{self._model}: it cannot be loaded: {error}") from error
