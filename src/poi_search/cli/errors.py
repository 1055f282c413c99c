"""Which errors are reported in one line, and how?"""

from __future__ import annotations

from poi_search.closeness import EncoderError
from poi_search.home import HomeError
from poi_search.index.build import CorpusError
from poi_search.index.generations import BuildFailed, BuildRunning, IndexDamaged
from poi_search.library import EngineUnavailable, LibraryError, QuestionError
from poi_search.terminology import TerminologyError
from poi_search.thesaurus import ThesaurusError

KNOWN_ERRORS = (
    HomeError,
    LibraryError,
    CorpusError,
    EncoderError,
    ThesaurusError,
    TerminologyError,
    BuildFailed,
    BuildRunning,
    IndexDamaged,
    QuestionError,
    EngineUnavailable,
    OSError,
)


def message(error: Exception) -> str:
    if isinstance(error, OSError) and error.filename and error.strerror:
        return f"{error.filename}: {error.strerror}"
    if isinstance(error, EngineUnavailable):
        return f"The search engine cannot be reached: {error}"
    return str(error)
