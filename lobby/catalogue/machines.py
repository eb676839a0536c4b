"""Reads the machines of a branch: kinds with what they do, and each machine with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from lobby.catalogue.entries import Entry
from lobby.machines import MachineKind
from lobby.triage.machine import Machine, MachineFunction


@dataclass(frozen=True, slots=True)
class _Kind:
    names: Mapping[str, str]
    functions: frozenset[MachineFunction]


def read_machines(file: Entry) -> dict[str, Machine]:
    """Raises `CatalogueError`."""
    named = file.parts("machine_kinds") if file.has("machine_kinds") else ()
    kinds = {name: _kind(content, name) for name, content in named}
    machines: dict[str, Machine] = {}
    for content in file.rows("machines") if file.has("machines") else ():
        machine = _machine(content, kinds)
        if machine.id in machines:
            raise file.wrong(f"has the machine {machine.id} twice")
        machines[machine.id] = machine
    return machines


def _kind(content: object, name: str) -> _Kind:
    with Entry(content, f"the machine kind {name}") as entry:
        return _Kind(entry.texts("names", "name"), entry.names("functions", MachineFunction))


def _machine(content: object, kinds: Mapping[str, _Kind]) -> Machine:
    entry = Entry(content, "a machine")
    entry.what = f"machine {entry.text('id')}"
    with entry:
        kind = entry.name("kind", MachineKind)
        if kind.value not in kinds:
            raise entry.wrong(f"is of the kind {kind.value}, and the file has no such kind")
        named = kinds[kind.value]
        more = entry.names("functions", MachineFunction) if entry.has("functions") else frozenset()
        return Machine(
            id=entry.text("id"),
            number=entry.whole("number"),
            kind=kind,
            functions=named.functions | more,
            names=named.names,
            places=entry.texts("places", "place"),
        )
