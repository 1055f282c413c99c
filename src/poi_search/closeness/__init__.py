"""Closeness of meaning: the optional encoder that turns a text into a vector.

The encoder is a folder that the user provides; nothing is ever fetched. Without it, everything
works as if this room did not exist.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from poi_search.closeness.onnx_encoder import EncoderError, OnnxEncoder

__all__ = ["Encoder", "EncoderError", "Vector", "find_encoder"]

VARIABLE = "POI_SEARCH_ENCODER"
FOLDER = "encoder"

Vector = NDArray[np.float32]
"""A vector of length 1: the product of two is their similarity."""


class Encoder(Protocol):
    """`name` changes whenever the vectors would."""

    @property
    def name(self) -> str: ...

    def encode(self, text: str) -> Vector: ...


def find_encoder(home: Path, environ: Mapping[str, str] = os.environ) -> Encoder | None:
    """The encoder in the folder that $POI_SEARCH_ENCODER names, else in `encoder/` of the home.

    None if there is neither. Raises EncoderError for a folder that cannot be used.
    """
    given = environ.get(VARIABLE)
    folder = Path(given).expanduser() if given else home / FOLDER
    if not given and not folder.is_dir():
        return None
    if find_spec("onnxruntime") is None:
        raise EncoderError(
            f"{folder}: an encoder needs onnxruntime. Run: pip install 'poi-search[semantic]'"
        )
    return OnnxEncoder(folder)
