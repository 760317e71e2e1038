"""What a script or a notebook depends on: the library modules it reaches and the data they read.

Snakemake reruns a step when one of its inputs changes. Naming whole folders would rebuild the book
for a comment in the simulation; naming files by hand would go stale. So the inputs are computed
from the imports: those of the file itself, and of all that they import in turn.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import grimp

from smdi import report
from smdi.errors import InputErrors, Problem
from smdi.files import files_in, read_text
from smdi.workflow.guard import signals_waiting
from smdi.workflow.notebooks import code_of

SOURCE = Path("src")
LOCK = Path("requirements.lock")
PACKAGES = ("smdi", "typst_book")

# Names that a package loads only for those who ask: no dependence of the package itself.
LAZY = {f"smdi.report.{name}": module for name, module in report.EXPORTS.items()}

# An import that no step of a build comes to: chapters of the release read what was decided on it,
# and only a rerun, which is made anew each time, has more to decide.
OF_RERUNS = ("smdi.disclosure.pattern", "smdi.disclosure.release")

# The data that a package reads, whoever imports it.
DATA = {
    "smdi.standards": Path("data/standards"),
    "smdi.published": Path("data/published"),
    "smdi.report.maps.boundaries": Path("data/boundaries"),
    "smdi.report.palette": Path("data/theme.yaml"),
    "smdi.publishing.lint": Path("data/prose-allowlist.yaml"),
    "smdi.disclosure.register": Path("data/releases"),
    "smdi.publishing.printing": Path("_config.yml"),
    "smdi.simulation": Path("data/simulation.yaml"),
}


def depends(path: Path, *modules: str) -> list[str]:
    """List all that the result of running `path` depends on: itself, modules, data, the lock.

    `path` is a script or a notebook; `modules` are added to those that it imports (an extension
    that Sphinx loads by name, say).
    """
    reached = _closure(_imports(path) | {*modules})
    files = {str(path), str(LOCK), *(_file(module) for module in reached)}
    for folder in _data_of(reached):
        files.update(files_under(folder))
    return sorted(files)


def script_inputs(name: str, *more: str | None) -> tuple[str, ...]:
    """List what a script depends on, and further files; None stands for none."""
    return built_inputs(name, data=tuple(path for path in more if path))


def built_inputs(script: str, *modules: str, data: tuple[str, ...]) -> tuple[str, ...]:
    """List what a builder depends on: its script, modules that it loads by name, and data."""
    return tuple({*depends(Path(f"scripts/{script}.py"), *modules), *data})


def files_under(folder: Path) -> list[str]:
    """List the files of a folder that a result may depend on; caches and hidden files are none.

    A file stands for itself.
    """
    files = [folder] if folder.is_file() else map(Path, files_in(folder))
    hidden = (".", "__pycache__")
    return sorted(
        str(file) for file in files if not any(part.startswith(hidden) for part in file.parts)
    )


def modules_of(path: Path) -> frozenset[str]:
    """Return the library modules that a script or notebook reaches."""
    return _closure(_imports(path))


@cache
def _graph() -> grimp.ImportGraph:
    try:
        with signals_waiting():  # what a handler raises in it, Rust would make a panic of
            graph = grimp.build_graph(*PACKAGES, cache_dir=None, exclude_type_checking_imports=True)
    except grimp.exceptions.SourceSyntaxError as error:
        path = Path(error.filename).relative_to(SOURCE.absolute().parent)
        raise InputErrors([Problem(str(path), error.lineno, None, error.text, "Python")]) from error
    for name, module in LAZY.items():
        graph.remove_import(importer=name.rpartition(".")[0], imported=module)
    importer, imported = OF_RERUNS
    graph.remove_import(importer=importer, imported=imported)
    return graph


def _imports(path: Path) -> frozenset[str]:
    """Return the library modules that a file imports by name."""
    code = read_text(path) if path.suffix == ".py" else code_of(path)
    try:
        return _imports_of(code)
    except SyntaxError as error:
        problem = Problem(str(path), error.lineno, None, error.text, f"Python ({error.msg})")
        raise InputErrors([problem]) from error


@cache
def _imports_of(code: str) -> frozenset[str]:
    found = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            # `from package import name`: the name is a module or something in the package.
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            found |= {LAZY.get(f"{node.module}.{alias.name}", "") for alias in node.names}
    return frozenset(name for name in found if name in _graph().modules)


# The chapters ask for the same few.
@cache
def _closure(modules: frozenset[str]) -> frozenset[str]:
    """Add what the modules import, and the packages they lie in, until nothing is added."""
    reached, waiting = set(), {*modules}
    while waiting:
        module = waiting.pop()
        reached.add(module)
        parent = module.rpartition(".")[0]
        following = _graph().find_modules_directly_imported_by(module) | {parent} - {""}
        waiting |= following - reached
    return frozenset(reached)


@cache
def _data_of(reached: frozenset[str]) -> tuple[Path, ...]:
    """Return what the modules read, where one of them or a module in it is named in DATA."""
    packages = {name.rsplit(".", up)[0] for name in reached for up in range(name.count(".") + 1)}
    return tuple(folder for package, folder in DATA.items() if package in packages)


@cache
def _file(module: str) -> str:
    path = SOURCE.joinpath(*module.split("."))
    return str(path / "__init__.py" if path.is_dir() else path.with_suffix(".py"))
