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

__all__ = ["Encoder", "EncoderError", "Vector", "encoder_warning", "find_encoder"]

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

    None if there is neither, or if `encoder_warning` says what is missing to use it. Raises
    EncoderError for a folder that cannot be one.
    """
    folder = _folder(home, environ)
    if folder is None:
        return None
    encoder = OnnxEncoder(folder)
    return encoder if _has_runtime() else None


def encoder_warning(home: Path, environ: Mapping[str, str] = os.environ) -> str:
    """What is missing to use the encoder that there is; empty if nothing is."""
    folder = _folder(home, environ)
    if folder is None or _has_runtime():
        return ""
    otherwise = f"unset {VARIABLE}" if environ.get(VARIABLE) else "remove the folder"
    return (
        f"{folder}: the encoder is not used, because onnxruntime is not installed. "
        f"Run: pip install 'poi-search[semantic]' (or {otherwise})"
    )


def _folder(home: Path, environ: Mapping[str, str]) -> Path | None:
    given = environ.get(VARIABLE)
    folder = Path(given).expanduser() if given else home / FOLDER
    if folder.is_dir():
        return folder
    if not given and not folder.exists():
        return None
    named = f"{VARIABLE} names {folder}" if given else str(folder)
    problem = "it is not a folder" if folder.exists() else "there is no such folder"
    raise EncoderError(
        f"{named}: {problem}. An encoder is a folder with a model and its vocabulary."
    )


def _has_runtime() -> bool:
    return find_spec("onnxruntime") is not None
