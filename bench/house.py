"""python -m bench.house: how the house is built, in figures with their targets.

Read with the standard library alone. Generated and listed things are no rooms: migrations count for nothing but comments
that switch a check off. A sentence is what a person reads: at least forty characters and five words in a row.
"""

import ast
import io
import math
import re
import tokenize
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ("selfcheck", "scoring")
AT_HOME = {"selfcheck": {"__init__", "__main__", "app", "extensions"}, "scoring": {"__init__"}}
"""What may stand at the top of a package; everything else has a room."""
LONG_LINE = 160
SENTENCE, WORDS = 40, 5
SAID_IN_TEMPLATES = (".html", ".jinja", ".typ")

TARGETS = {
    "loose modules, selfcheck": 0,
    "loose modules, scoring": 0,
    "rungs of the layers": 10,
    "function length p95, selfcheck": 23,
    "function length max, selfcheck": 60,
    "function length p95, scoring": 23,
    "function length max, scoring": 60,
    "module length max": 500,
    "branches p95, scoring": 8,
    "type: ignore": 10,
    "homonyms": 0,
    "long lines of templates": 0,
    "sentences in two files or more": 0,
}
"""What each figure shall be at most; one without a target is only told."""

BRANCHES = (
    ast.If,
    ast.For,
    ast.While,
    ast.IfExp,
    ast.BoolOp,
    ast.ExceptHandler,
    ast.match_case,
    ast.comprehension,
)
Function = ast.FunctionDef | ast.AsyncFunctionDef
Places = dict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that was counted, with what stands behind it."""

    name: str
    found: int
    listed: tuple[str, ...] = ()

    @property
    def target(self) -> int | None:
        """What it shall be at most."""
        return TARGETS.get(self.name)

    @property
    def verdict(self) -> str:
        """`ok` or `over`, nothing without a target."""
        return "" if self.target is None else "ok" if self.found <= self.target else "over"


@dataclass(frozen=True, slots=True)
class Module:
    """A file of Python, read."""

    name: str
    package: bool
    text: str
    body: tuple[ast.stmt, ...]
    nodes: tuple[ast.AST, ...]

    @property
    def listing(self) -> bool:
        """Whether it is a migration."""
        return ".migrations." in f"{self.name}."

    @property
    def functions(self) -> Iterator[Function]:
        """Every function and method, also those inside others."""
        return (node for node in self.nodes if isinstance(node, Function))


@lru_cache
def modules(package: str) -> tuple[Module, ...]:
    """The modules of a package of this repository."""
    return tuple(map(_module, sorted((ROOT / package).rglob("*.py"))))


def _module(file: Path) -> Module:
    parts = file.relative_to(ROOT).with_suffix("").parts
    package = parts[-1] == "__init__"
    text = file.read_text(encoding="utf-8")
    tree = ast.parse(text)
    return Module(".".join(parts[:-1] if package else parts), package, text, tuple(tree.body), tuple(ast.walk(tree)))


def ours() -> Iterator[Module]:
    """The modules of application and domain."""
    return chain.from_iterable(map(modules, PACKAGES))


# ------------------------------------------------------------------------------------------------------ rooms and sizes
def loose(package: str) -> list[str]:
    """Modules at the top of a package."""
    return [file.stem for file in sorted((ROOT / package).glob("*.py")) if file.stem not in AT_HOME[package]]


def rungs() -> list[str]:
    """The rungs of the layer contract, highest first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    [layers] = [one["layers"] for one in contracts if one["id"] == "layers"]
    return list(layers)


def length(function: Function) -> int:
    """From its first line to its last, with the docstring, without decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def branches(function: Function) -> int:
    """Places where the way forks: each if, loop, case, except, and/or, comprehension and condition of one."""
    forks = [node for node in ast.walk(function) if isinstance(node, BRANCHES)]
    return len(forks) + sum(len(fork.ifs) for fork in forks if isinstance(fork, ast.comprehension))


def measured(package: str, measure: Callable[[Function], int]) -> list[tuple[int, str]]:
    """A measure of every function with its place, smallest first."""
    return sorted(
        (measure(function), f"{module.name}:{function.lineno} {function.name}")
        for module in modules(package)
        if not module.listing
        for function in module.functions
    )


def _spread(what: str, package: str, measure: Callable[[Function], int]) -> list[Figure]:
    found = measured(package, measure)
    p95, most = f"{what} p95, {package}", f"{what} max, {package}"
    over = tuple(f"{value}  {place}" for value, place in reversed(found) if value > TARGETS.get(most, value))
    return [Figure(p95, found[math.ceil(0.95 * len(found)) - 1][0]), Figure(most, found[-1][0], over)]


def _longest_module() -> Figure:
    name = "module length max"
    sizes = sorted(((len(one.text.splitlines()), one.name) for one in ours() if not one.listing), reverse=True)
    return Figure(name, sizes[0][0], tuple(f"{size}  {module}" for size, module in sizes if size > TARGETS[name]))


def switched_off(word: str, packages: Iterable[str]) -> list[str]:
    """Comments that switch a check off, with their places."""
    return [
        f"{module.name}:{token.start[0]}"
        for module in chain.from_iterable(map(modules, packages))
        if word in module.text
        for token in tokenize.generate_tokens(io.StringIO(module.text).readline)
        if token.type == tokenize.COMMENT and word in token.string
    ]


# ---------------------------------------------------------------------------------------------------------------- names
def homonyms() -> list[str]:
    """Names of classes and aliases of types that several modules define and that others import from at least two."""
    homes: Places = defaultdict(set)
    for module in ours():
        for name in filter(None, map(_defined, module.body)):
            homes[name].add(module.name)
    known, used = {module.name: module for module in ours()}, defaultdict[str, set[str]](set)
    for module in known.values():
        for node in module.nodes:
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    used[alias.name].add(_home(known, node.module or "", alias.name))
    meant = {name: sorted(places & used[name]) for name, places in homes.items()}
    return [f"{name}: {', '.join(places)}" for name, places in sorted(meant.items()) if len(places) > 1]


def _defined(node: ast.stmt) -> str | None:
    """The name of a class or of an alias of a type that a statement defines."""
    match node:
        case ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name[0].isupper() and not name.isupper():
            return name if isinstance(value, ast.Name | ast.Attribute | ast.Subscript | ast.BinOp) else None
        case _:
            return None


def _home(known: dict[str, Module], module: str, name: str) -> str:
    """The module in which an imported name is defined; packages hand on what their parts define."""
    there = known.get(module)
    if there is None or not there.package:
        return module
    for node in there.body:
        if isinstance(node, ast.ImportFrom) and any(name == (one.asname or one.name) for one in node.names):
            return _home(known, node.module or "", name)
    return module


# ------------------------------------------------------------------------------------------------------------ sentences
def templates() -> list[Path]:
    """Every template of pages, reports and drawings."""
    return [file for file in sorted((ROOT / "templates").rglob("*")) if file.suffix in SAID_IN_TEMPLATES]


def long_lines() -> list[str]:
    """Lines of templates that nobody reads in one look."""
    return [
        f"{file.relative_to(ROOT)}:{number}"
        for file in templates()
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONG_LINE
    ]


def repeated() -> list[str]:
    """Sentences that stand in two files or more."""
    places: Places = defaultdict(set)
    for module in ours():
        if not module.listing:
            for text in _literals(module.nodes):
                for sentence in sentences(text):
                    places[sentence].add(module.name)
    for file in templates():
        for text in _texts(file.read_text(encoding="utf-8")):
            for sentence in sentences(text):
                places[sentence].add(str(file.relative_to(ROOT)))
    return [f"{text!r}: {', '.join(sorted(in_))}" for text, in_ in sorted(places.items()) if len(in_) > 1]


def sentences(text: str) -> set[str]:
    """The sentences in a text: long enough, and of words rather than of signs, names of classes or code."""
    parts = re.split(r"(?<=[.!?…:])\s+(?=[A-ZÄÖÜ„“\"(%{])", " ".join(text.split()))
    long = {part for part in parts if len(part) >= SENTENCE and _words(part) >= WORDS}
    whole = " ".join(parts)
    return long or ({whole} if len(whole) >= SENTENCE and _words(whole) >= WORDS else set())


def _words(text: str) -> int:
    return sum(bool(re.fullmatch(r"[^\w\s]*[^\W\d_]{2,}(?:[’'-][^\W\d_]+)*[^\w\s]*", word)) for word in text.split())


def _literals(nodes: tuple[ast.AST, ...]) -> Iterator[str]:
    """What stands in quotes and is no docstring; what is put into a text is a gap."""
    filled = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in filled for part in ast.walk(node)}
    said = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        match node:
            case ast.Constant(value=str(text)) if id(node) not in inside | said:
                yield text
            case ast.JoinedStr(values=values):
                yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in values)


def _texts(template: str) -> Iterator[str]:
    """What a template says: literals in its code, and the text between its tags."""
    code = r"\{\{.*?\}\}|\{%.*?%\}"
    for found in re.findall(code, template, re.DOTALL):
        yield from (one or other for one, other in re.findall(r'"([^"]*)"|\'([^\']*)\'', found))
    bare = re.sub(r"\{#.*?#\}|^\s*//.*$", "", template, flags=re.DOTALL | re.MULTILINE)
    yield from re.split(r"<[^<>]*>|\n\s*\n", re.sub(code, "{}", bare, flags=re.DOTALL))


# ------------------------------------------------------------------------------------------------------------- together
def figures() -> list[Figure]:
    """Everything that is counted."""
    return [
        *(_counted(f"loose modules, {package}", loose(package)) for package in PACKAGES),
        _counted("rungs of the layers", rungs()),
        *chain.from_iterable(_spread("function length", package, length) for package in (*PACKAGES, "tests")),
        _longest_module(),
        *_spread("branches", "scoring", branches),
        _counted("type: ignore", switched_off("type: ignore", PACKAGES)),
        _counted("type: ignore, tests", switched_off("type: ignore", ["tests"])),
        _counted("noqa", switched_off("noqa", PACKAGES)),
        _counted("homonyms", homonyms()),
        _counted("long lines of templates", long_lines()),
        _counted("sentences in two files or more", repeated()),
    ]


def _counted(name: str, found: list[str]) -> Figure:
    return Figure(name, len(found), tuple(found))


def main() -> None:
    """Print every figure, and what stands behind those that are over their target."""
    for figure in figures():
        target = "" if figure.target is None else f"at most {figure.target}"
        print(f"{figure.name:36} {figure.found:6}  {target:12} {figure.verdict}".rstrip())
        for line in figure.listed if figure.verdict == "over" else ():
            print(f"    {line}")


if __name__ == "__main__":
    main()
