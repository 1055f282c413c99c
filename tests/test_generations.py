"""Builds that are killed, refused, damaged or raced, and the index that stays whole.

Run as a program, this module builds in forked children and kills each at another step.
"""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import shutil
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from poi_search.engine import open_reader, open_writer
from poi_search.engine.nodes import Everything
from poi_search.engine.seam import IndexEntry, Request
from poi_search.index import generations
from poi_search.index.generations import BuildFailed, BuildRunning, IndexDamaged

UNITS = 3


def writing(text: str) -> Callable[[Path], dict[str, Any]]:
    def write(folder: Path) -> dict[str, Any]:
        (folder / "engine").mkdir()
        writer = open_writer(folder / "engine", ["body"])
        for unit in range(UNITS):
            writer.add(IndexEntry(f"{text}-{unit}", {"body": [text]}, payload=text.encode() * 2000))
        writer.commit()
        return {"text": text}

    return write


def opens(folder: Path) -> None:
    open_reader(folder / "engine").close()


def build(index: Path, text: str) -> generations.GenerationFolder:
    return generations.build(index, writing(text), opens)


def text_in_force(index: Path) -> str:
    """What the generation in force holds, read from its manifest and its units, which agree."""
    generation = generations.current(index)
    assert generation is not None, "no generation is in force"
    reader = open_reader(generation.path / "engine")
    hits = reader.rank(Request(Everything())).hits
    reader.close()
    text: str = generation.manifest["text"]
    assert [hit.id for hit in hits] == [f"{text}-{unit}" for unit in range(UNITS)]
    assert all(hit.payload == text.encode() * 2000 for hit in hits)
    return text


def folders(index: Path) -> list[str]:
    return sorted(path.name for path in index.iterdir() if path.is_dir())


def test_a_build_is_put_in_force(tmp_path: Path) -> None:
    index = tmp_path / "deep" / "index"
    assert generations.current(index) is None
    assert generations.current_name(index) is None
    built = build(index, "first")
    assert generations.current(index) == built
    assert (built.manifest, built.path) == ({"text": "first"}, index / built.name)
    assert generations.current_name(index) == built.name
    assert text_in_force(index) == "first"


def test_the_generation_before_is_kept_and_older_ones_are_not(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    names = [build(tmp_path, text).name for text in ("a", "b", "c")]
    assert folders(tmp_path) == [*names[1:], "notes"]
    assert text_in_force(tmp_path) == "c"


def test_an_error_of_the_writer_is_passed_on(tmp_path: Path) -> None:
    build(tmp_path, "old")
    before = folders(tmp_path)

    def write(folder: Path) -> dict[str, Any]:
        (folder / "half").write_text("written")
        raise KeyError("corpus")

    with pytest.raises(KeyError, match="corpus"):
        generations.build(tmp_path, write, opens)
    with pytest.raises(BuildFailed, match=r"cannot be opened: .*holds no index"):
        generations.build(tmp_path, lambda folder: {}, lambda folder: opens(folder.parent))
    assert folders(tmp_path) == before
    assert text_in_force(tmp_path) == "old"


def test_two_builds_do_not_run_at_once(tmp_path: Path) -> None:
    def write(folder: Path) -> dict[str, Any]:
        with pytest.raises(BuildRunning, match="another build is running"):
            build(tmp_path, "inner")
        return writing("outer")(folder)

    generations.build(tmp_path, write, opens)
    assert text_in_force(tmp_path) == "outer"
    with (tmp_path / "LOCK").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildRunning):
            build(tmp_path, "locked out")
        assert text_in_force(tmp_path) == "outer"
    build(tmp_path, "next")
    assert text_in_force(tmp_path) == "next"


def test_any_change_to_a_generation_is_found(tmp_path: Path) -> None:
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


def test_what_was_not_built_is_not_opened(tmp_path: Path) -> None:
    generation = build(tmp_path, "whole")
    stranger = generation.path / "engine" / "_MAIN_9.toc"
    stranger.write_bytes(b"a pickle from elsewhere")
    with pytest.raises(IndexDamaged, match=r"_MAIN_9\.toc: is not part of the generation"):
        generations.current(tmp_path)
    stranger.unlink()
    columns = generation.path / "engine" / "columns.json"
    columns.rename(tmp_path / "elsewhere.json")
    columns.symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(IndexDamaged, match="not a plain file"):
        generations.current(tmp_path)
    shutil.rmtree(generation.path)
    with pytest.raises(IndexDamaged, match="No such file"):
        generations.current(tmp_path)


def test_a_build_mends_a_damaged_index(tmp_path: Path) -> None:
    build(tmp_path, "old")
    (tmp_path / "CURRENT").write_text("nonsense")
    (tmp_path / ".building").mkdir()
    (tmp_path / ".building" / "left").write_text("by a killed build")
    build(tmp_path, "new")
    assert text_in_force(tmp_path) == "new"
    assert not (tmp_path / ".building").exists()


def test_where_nothing_can_be_written_the_reason_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(BuildFailed, match=r"was not rebuilt: .*file"):
        build(tmp_path / "file" / "index", "never")
    with pytest.raises(IndexDamaged, match="Not a directory"):
        generations.current(tmp_path / "file" / "index")


def test_readers_see_a_whole_index_throughout(tmp_path: Path) -> None:
    build(tmp_path, "0")
    done, seen, problems = threading.Event(), set[str](), list[BaseException]()

    def read() -> None:
        try:
            while not done.is_set():
                seen.add(text_in_force(tmp_path))
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


@pytest.mark.parametrize("fault", ["kill", "EIO", "ENOSPC", "size"])
def test_a_fault_at_any_step_leaves_a_whole_index(tmp_path: Path, fault: str) -> None:
    run = subprocess.run(
        [sys.executable, __file__, fault, str(tmp_path)],
        capture_output=True,
        check=False,
        text=True,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    old, new = (int(count) for count in run.stdout.split())
    assert old > 10
    assert new >= 1


# As a program: a fault at each step in turn


def at_each_step(fault: str, index: Path) -> None:
    """Build with a fault at step 0, 1, 2, … until a build gets through without meeting it.

    Prints how many builds left the old generation in force, and how many the new one.
    """
    build(index, "old")
    before, outcomes, step, text = "old", [0, 0], 0, ""
    while True:
        text = f"new-{step}"
        child = os.fork()
        if not child:
            os._exit(faulty_build(fault, step, index, text))
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, 1, 2, 9), f"{fault} at step {step}: exit {status}"
        after = text_in_force(index)
        assert after in (before, text), f"{fault} at step {step}: {after} is in force"
        outcomes[after == text] += 1
        if status == 1:
            assert not (index / ".building").exists(), f"{fault} at step {step}: leftovers"
        if status == 0:
            assert after == text
            break
        before, step = after, step + 1
    build(index, "last")
    assert text_in_force(index) == "last"
    assert len(folders(index)) == 2
    print(*outcomes)


def faulty_build(fault: str, step: int, index: Path, text: str) -> int:
    """0: not disturbed, 1: failed as it should, 2: coped with it, 3: failed badly; killed: 9."""
    reached = inject(fault, step, str(index))
    try:
        build(index, text)
    except BuildFailed:
        return 1
    except BaseException:
        traceback.print_exc()
        return 3
    return 2 if reached() else 0


def inject(fault: str, step: int, index: str) -> Callable[[], bool]:
    """Have the step-th operation on files in `index` fail: once, from then on, or for good.

    Gives a function that says whether it came to that. With "size" files cannot grow beyond
    400 bytes a step, as on a disk that fills up in the middle of a write.
    """
    if fault == "size":
        resource.setrlimit(resource.RLIMIT_FSIZE, (400 * step, 400 * step))
        return lambda: False
    count = -1

    def hit(operation: str) -> None:
        nonlocal count
        count += 1
        if count < step or (fault != "ENOSPC" and count > step):
            return
        if fault == "kill":
            os._exit(9)
        if fault == "EIO" or operation in ("write", "mkdir", "rename", "fsync"):
            raise OSError(getattr(errno, fault), f"injected {fault}")

    def audit(event: str, args: tuple[Any, ...]) -> None:
        if event == "open" and str(args[0]).startswith(index):
            writes = args[2] & (os.O_WRONLY | os.O_RDWR)
            hit("write" if writes else "read")
        elif event in ("os.mkdir", "os.rename", "os.remove", "os.rmdir"):
            hit(event.removeprefix("os."))

    fsync = os.fsync

    def failing_fsync(descriptor: Any) -> None:
        hit("fsync")
        fsync(descriptor)

    os.fsync = failing_fsync  # type: ignore[assignment]
    sys.addaudithook(audit)
    return lambda: count >= step


if __name__ == "__main__":
    at_each_step(sys.argv[1], Path(sys.argv[2]))
