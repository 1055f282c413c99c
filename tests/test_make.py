"""`make serve` on a new machine: what it says, and what it says to do when it cannot."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from documents import CLONE

pytestmark = pytest.mark.skipif(not shutil.which("make"), reason="no make here")

WITHOUT_VENV = '#!/bin/sh\ncase "$2" in *venv*) exit 1;; esac\nexec {python} "$@"\n'
WITHOUT_NETWORK = """#!/bin/sh
if [ "$2" = venv ]; then
    mkdir -p "$3/bin"
    printf '#!/bin/sh\\n[ "$2" = pip ] && exit 1\\nexec {python} "$@"\\n' > "$3/bin/python"
    chmod +x "$3/bin/python"
    exit
fi
exec {python} "$@"
"""


def install(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    """What `make` says on the way to an environment in this folder."""
    environment = folder / "environment"
    return subprocess.run(
        [
            "make",
            "-s",
            "-C",
            CLONE,
            f"{environment}/.installed",
            f"VENV={environment}",
            f"PYTHON={python}",
        ],
        check=False,
        capture_output=True,
        text=True,
    )


def stub(folder: Path, script: str) -> str:
    """A Python that lacks something."""
    path = folder / "python"
    path.write_text(script.format(python=sys.executable))
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("python", "problem"), [("", "none was found"), ("/bin/false", "/bin/false is older")]
)
def test_without_a_recent_python(python: str, problem: str, tmp_path: Path) -> None:
    done = install(tmp_path, python)
    assert done.returncode
    assert not done.stdout
    assert f"needs Python 3.11 or newer, and {problem}" in done.stderr
    assert "PYTHON=/path/to/python3" in done.stderr


def test_without_the_module_that_makes_environments(tmp_path: Path) -> None:
    done = install(tmp_path, stub(tmp_path, WITHOUT_VENV))
    assert done.returncode
    assert not done.stdout
    assert "python3-venv" in done.stderr


def test_without_a_network(tmp_path: Path) -> None:
    done = install(tmp_path, stub(tmp_path, WITHOUT_NETWORK))
    assert done.returncode
    creating, installing = done.stdout.splitlines()
    assert creating.startswith("Creating a Python environment")
    project = tomllib.loads((CLONE / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"with {len(project['dependencies'])} libraries" in installing
    assert "pypi.org" in done.stderr
    assert not (tmp_path / "environment" / ".installed").exists()
