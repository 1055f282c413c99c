"""Builds that are killed, fail, are damaged or race, and the index that stays intact."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import shutil
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from forks import Child, fork

from poi_search.engine import open_reader, open_writer
from poi_search.engine.nodes import Everything
from poi_search.engine.seam import IndexEntry, Request
from poi_search.index import generations
from poi_search.index.generations import BuildFailed, BuildRunning, IndexDamaged

UNITS = 3


def writing(text: str) -> Callable[[Path], dict[str, Any]]:
    def write(folder: Path) -> dict[str, Any]:
        (folder / "engine").mkdir()
        (folder / "empty").touch()
        for unit in range(UNITS):
            (folder / "engine" / str(unit)).write_text(text * 200)
        return {"text": text}

    return write


def content(folder: Path) -> str:
    """The text in all files of the folder; an error if one is missing or incomplete."""
    assert (folder / "empty").read_bytes() == b""
    (text,) = {(folder / "engine" / str(unit)).read_text() for unit in range(UNITS)}
    return text[: len(text) // 200]


def opens(folder: Path) -> None:
    content(folder)


def build(index: Path, text: str) -> generations.GenerationFolder:
    return generations.build(index, writing(text), opens)


def current_text(index: Path) -> str:
    """The content of the current generation, read from its manifest and its files, which agree."""
    generation = generations.current(index)
    assert generation is not None, "no generation is current"
    text: str = generation.manifest["text"]
    assert content(generation.path) == text
    return text


def folders(index: Path) -> list[str]:
    return sorted(path.name for path in index.iterdir() if path.is_dir())


def test_a_build_becomes_current(tmp_path: Path) -> None:
    index = tmp_path / "deep" / "index"
    assert generations.current(index) is None
    assert generations.current_name(index) is None
    built = build(index, "first")
    assert generations.current(index) == built
    assert (built.manifest, built.path) == ({"text": "first"}, index / built.name)
    assert generations.current_name(index) == built.name
    assert current_text(index) == "first"


def test_everything_is_on_the_disk_before_what_leads_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[int | str] = []
    fsync, rename, replace = os.fsync, Path.rename, Path.replace

    def on_disk(descriptor: int) -> None:
        steps.append(os.fstat(descriptor).st_ino)
        fsync(descriptor)

    def renamed(path: Path, target: Path) -> Path:
        steps.append("rename")
        return rename(path, target)

    def replaced(path: Path, target: Path) -> Path:
        steps.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", on_disk)
    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(Path, "replace", replaced)
    built = build(tmp_path, "whole").path
    whole = {path.stat().st_ino for path in (built, *built.rglob("*"))}
    pointer, index = (tmp_path / "CURRENT").stat().st_ino, tmp_path.stat().st_ino
    at = steps.index("rename")
    assert set(steps[:at]) == whole
    assert steps[at:] == ["rename", index, pointer, "replace", index]


def test_only_the_previous_generation_is_kept(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    names = [build(tmp_path, text).name for text in ("a", "b", "c")]
    assert folders(tmp_path) == [*names[1:], "notes"]
    assert current_text(tmp_path) == "c"


def test_an_error_of_the_writer_is_passed_on(tmp_path: Path) -> None:
    build(tmp_path, "old")
    before = folders(tmp_path)

    def write(folder: Path) -> dict[str, Any]:
        (folder / "half").write_text("written")
        raise KeyError("corpus")

    with pytest.raises(KeyError, match="corpus"):
        generations.build(tmp_path, write, opens)
    with pytest.raises(BuildFailed, match=r"cannot be opened: .*No such file"):
        generations.build(tmp_path, lambda folder: {}, lambda folder: opens(folder.parent))
    assert folders(tmp_path) == before
    assert current_text(tmp_path) == "old"


def test_builds_do_not_run_concurrently(tmp_path: Path) -> None:
    def write(folder: Path) -> dict[str, Any]:
        with pytest.raises(BuildRunning, match="another build is running"):
            build(tmp_path, "inner")
        return writing("outer")(folder)

    generations.build(tmp_path, write, opens)
    assert current_text(tmp_path) == "outer"
    with (tmp_path / "LOCK").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildRunning):
            build(tmp_path, "locked out")
        assert current_text(tmp_path) == "outer"
    build(tmp_path, "next")
    assert current_text(tmp_path) == "next"


def test_any_change_to_a_generation_is_detected(tmp_path: Path) -> None:
    generation = build(tmp_path, "whole")
    files = [tmp_path / "CURRENT", *(p for p in generation.path.rglob("*") if p.is_file())]
    assert len(files) > 5
    for path in files:
        stored = path.read_bytes()
        step = max(1, len(stored) // 40)
        for place in range(0, len(stored), step):
            flipped = stored[:place] + bytes([stored[place] ^ 1 << place % 8]) + stored[place + 1 :]
            path.write_bytes(flipped)
            with pytest.raises(IndexDamaged, match="poi-search index --force"):
                generations.current(tmp_path)
        for damaged in {stored[:-1], stored + b"\0"} - {stored}:
            path.write_bytes(damaged)
            with pytest.raises(IndexDamaged):
                generations.current(tmp_path)
        path.unlink()
        if path.name != "CURRENT":
            with pytest.raises(IndexDamaged, match=path.name):
                generations.current(tmp_path)
        path.write_bytes(stored)
        assert generations.current(tmp_path) == generation


def test_files_that_were_not_built_are_not_opened(tmp_path: Path) -> None:
    generation = build(tmp_path, "whole")
    stranger = generation.path / "engine" / "9"
    stranger.write_bytes(b"a pickle from elsewhere")
    with pytest.raises(IndexDamaged, match=r"engine/9: is not part of the generation"):
        generations.current(tmp_path)
    stranger.unlink()
    first = generation.path / "engine" / "0"
    first.rename(tmp_path / "elsewhere")
    first.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(IndexDamaged, match="not a regular file"):
        generations.current(tmp_path)
    shutil.rmtree(generation.path)
    with pytest.raises(IndexDamaged, match="No such file"):
        generations.current(tmp_path)


def test_a_build_replaces_a_damaged_index(tmp_path: Path) -> None:
    build(tmp_path, "old")
    (tmp_path / "CURRENT").write_text("nonsense")
    (tmp_path / ".building").mkdir()
    (tmp_path / ".building" / "left").write_text("by a killed build")
    build(tmp_path, "new")
    assert current_text(tmp_path) == "new"
    assert not (tmp_path / ".building").exists()


def test_an_unwritable_folder_is_reported_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BuildFailed, match=r"was not rebuilt: .*file"):
        build(tmp_path / "file" / "index", "never")
    with pytest.raises(IndexDamaged, match="Not a directory"):
        generations.current(tmp_path / "file" / "index")


def test_a_disk_that_fails_after_the_last_step_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, "old")
    index = tmp_path.stat().st_ino
    asked: list[int] = []

    def fails_last(descriptor: int) -> None:
        asked.append(os.fstat(descriptor).st_ino)
        if asked.count(index) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", fails_last)
    with pytest.raises(BuildFailed, match=r"is in use, but a power cut may undo it: .*error"):
        build(tmp_path, "new")
    assert current_text(tmp_path) == "new"


def read_once(index: Path) -> str:
    """The current content; or the error if builds replaced it while it was read."""
    generation = generations.current(index)
    assert generation
    read = int(generation.manifest["text"])
    try:
        assert content(generation.path) == str(read)
    except FileNotFoundError:
        newer = generations.current(index)
        assert newer and int(newer.manifest["text"]) >= read + 2, "the one before is kept"
    return str(read)


def test_a_generation_removed_while_it_is_read_gives_way_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(tmp_path, "0")
    real = generations._files

    def remove(folder: Path) -> Iterator[Path]:
        monkeypatch.setattr(generations, "_files", real)
        for number in (1, 2, 3):
            build(tmp_path, str(number))
        assert not folder.exists()
        return real(folder)

    monkeypatch.setattr(generations, "_files", remove)
    found = generations.current(tmp_path)
    assert found and found.manifest["text"] == "3"


def test_readers_always_see_a_whole_index(tmp_path: Path) -> None:
    build(tmp_path, "0")
    done, seen, problems = threading.Event(), set[str](), list[BaseException]()

    def read() -> None:
        try:
            while not done.is_set():
                seen.add(read_once(tmp_path))
                done.wait(0.002)
        except BaseException as error:
            problems.append(error)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for number in range(1, 25):
        build(tmp_path, str(number))
    done.set()
    for reader in readers:
        reader.join()
    assert not problems
    assert len(seen) > 1


INDEX_FAULTS, ENGINE_FAULTS = ("kill", "EIO", "ENOSPC", "size"), ("EIO", "ENOSPC", "size")


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, int]]:
    """How often each fault was told of, and how often all was well in spite of it."""
    place = tmp_path_factory.mktemp("faults")
    with Child(lambda: try_all_faults(place)) as run:
        printed, problems = run.stdout.read(), run.stderr.read()
        assert run.wait() == 0, printed + problems
    rows = (line.split() for line in printed.splitlines())
    return {f"{what} {fault}": (int(one), int(other)) for what, fault, one, other in rows}


@pytest.mark.parametrize("fault", INDEX_FAULTS)
def test_a_fault_at_any_step_leaves_a_whole_index(
    outcomes: dict[str, tuple[int, int]], fault: str
) -> None:
    old, new = outcomes[f"index {fault}"]
    assert old > 10
    assert new >= 1


@pytest.mark.parametrize("fault", ENGINE_FAULTS)
def test_the_engine_reports_a_fault_at_any_step_or_is_whole(
    outcomes: dict[str, tuple[int, int]], fault: str
) -> None:
    failed, whole = outcomes[f"engine {fault}"]
    assert failed > 10
    assert whole >= 1


# In a process of its own: a fault at each step in turn


class Fault:
    """Makes an operation on files below `folder` fail once armed; operations count from 0.

    It fails once, or from then on (ENOSPC), or kills the process (kill). With "size", files
    cannot grow beyond 40 bytes per step, as on a disk that fills up during a write.
    """

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind, self.folder = kind, str(folder)
        self.count, self.step = -1, sys.maxsize
        os.fsync = self._failing_fsync  # type: ignore[assignment]
        sys.addaudithook(self._audit)

    def arm(self, step: int) -> None:
        if self.kind == "size":
            self._limit(40 * step)
        else:
            self.count, self.step = -1, step

    def disarm(self) -> bool:
        """Whether the fault occurred."""
        reached = self.count >= self.step
        self.step = sys.maxsize
        self._limit(resource.RLIM_INFINITY)
        return reached

    def _limit(self, size: int) -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    def _hit(self, operation: str) -> None:
        self.count += 1
        if self.count < self.step or (self.kind != "ENOSPC" and self.count > self.step):
            return
        if self.kind == "kill":
            os._exit(9)
        if self.kind == "EIO" or operation in ("write", "mkdir", "rename", "fsync"):
            raise OSError(getattr(errno, self.kind), f"injected {self.kind}")

    def _audit(self, event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and str(args[0]).startswith(self.folder):
            writes = args[2] & (os.O_WRONLY | os.O_RDWR)
            self._hit("write" if writes else "read")
        elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir"):
            self._hit(event.removeprefix("os."))

    def _failing_fsync(self, descriptor: Any) -> None:
        self._hit("fsync")


def index_at_each_step(kind: str, index: Path) -> list[int]:
    """Build with a fault at step 0, 1, 2, … until a build completes without it.

    Returns how many builds left the old generation current, and how many the new one.
    """
    build(index, "old")
    fault = Fault(kind, index)
    before, outcomes, step, text = "old", [0, 0], 0, ""
    while True:
        text = f"new-{step}"
        attempt = killed_build if kind == "kill" else faulty_build
        status = attempt(fault, index, text, step)
        assert status in (0, 1, 2, 9), f"{kind} at step {step}: exit {status}"
        after = current_text(index)
        assert after in (before, text), f"{kind} at step {step}: {after} is current"
        outcomes[after == text] += 1
        if status == 1:
            assert not (index / ".building").exists(), f"{kind} at step {step}: leftovers"
        if status == 0:
            assert after == text
            break
        before, step = after, step + 1
    build(index, "last")
    assert current_text(index) == "last"
    assert len(folders(index)) == 2
    return outcomes


def killed_build(fault: Fault, index: Path, text: str, step: int) -> int:
    """How a build in another process ends: as `faulty_build` returns, or 9 if it was killed."""
    child = fork()
    if not child:
        os._exit(faulty_build(fault, index, text, step))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def faulty_build(fault: Fault, index: Path, text: str, step: int) -> int:
    """0: unaffected, 1: failed as it should, 2: recovered, 3: failed badly."""
    fault.arm(step)
    failed = False
    try:
        build(index, text)
    except BuildFailed:
        failed = True
    except BaseException:
        traceback.print_exc()
        return 3
    finally:
        reached = fault.disarm()
    return 1 if failed else 2 if reached else 0


def engine_at_each_step(kind: str, folder: Path) -> list[int]:
    """How often the engine failed with an error of the system, and how often it still wrote the
    whole index."""

    def write(place: Path) -> None:
        writer = open_writer(place, ["body"])
        for unit in range(UNITS):
            writer.add(IndexEntry(str(unit), {"body": ["word"]}, payload=b"stored" * 50))
        writer.commit()

    fault, outcomes, step = Fault(kind, folder), [0, 0], 0
    while True:
        place = folder / str(step)
        place.mkdir()
        fault.arm(step)
        try:
            write(place)
        except OSError:
            failed, reached = True, fault.disarm()
        else:
            failed, reached = False, fault.disarm()
            reader = open_reader(place)
            hits = reader.rank(Request(Everything())).hits
            assert [hit.id for hit in hits] == [str(unit) for unit in range(UNITS)]
            assert {hit.payload for hit in hits} == {b"stored" * 50}
            reader.close()
        outcomes[not failed] += 1
        if not (failed or reached):
            break
        step += 1
    return outcomes


def try_all_faults(place: Path) -> None:
    faults = {
        "index": (index_at_each_step, INDEX_FAULTS),
        "engine": (engine_at_each_step, ENGINE_FAULTS),
    }
    for what, (at_each_step, kinds) in faults.items():
        for kind in kinds:
            folder = place / f"{what}-{kind}"
            folder.mkdir()
            print(what, kind, *at_each_step(kind, folder))
