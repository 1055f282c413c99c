"""All that is read from each sample: articles, questions, printed references, names."""

from __future__ import annotations

from pathlib import Path

import pytest
from described import DESCRIBED, described, samples


@pytest.mark.parametrize("sample", samples(), ids=lambda path: path.name)
def test_all_that_is_read_from_a_sample(sample: Path) -> None:
    expected = (DESCRIBED / f"{sample.name}.txt").read_text(encoding="utf-8")
    assert described(sample) == expected
