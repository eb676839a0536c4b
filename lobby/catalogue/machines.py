"""Reads the machines of a branch: kinds with what they do, and each machine with its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from lobby.catalogue.entries import Entry
from lobby.catalogue.labels import read_id
from lobby.machines import MachineKind
from lobby.triage.machine import Machine, MachineFunction

NUMBER_MAX = 999
"""What stands on a machine is read from across the hall."""


@dataclass(frozen=True, slots=True)
class _Kind:
    names: Mapping[str, str]
    functions: frozenset[MachineFunction]


def read_machines(file: Entry) -> dict[str, Machine]:
    kinds = _kinds(file)
    machines: dict[str, Machine] = {}
    for entry in file.entries("machines", "a machine") if file.has("machines") else ():
        machine = _machine(entry, kinds)
        if machine.id and machine.id in machines:
            file.wrong(f"has the machine {machine.id} twice", *entry.place, "id")
        machines[machine.id] = machine
    return machines


def _kinds(file: Entry) -> dict[str, _Kind]:
    if not file.has("machine_kinds"):
        return {}
    with file.part("machine_kinds", "the table of machine kinds") as entry:
        return {kind: _kind(entry, kind) for kind in MachineKind if entry.has(kind)}


def _kind(kinds: Entry, kind: str) -> _Kind:
    with kinds.part(kind, f"the machine kind {kind}") as entry:
        return _Kind(entry.texts("names", "name"), entry.names("functions", MachineFunction))


def _machine(entry: Entry, kinds: Mapping[str, _Kind]) -> Machine:
    id_ = read_id(entry, "id")
    entry.what = f"machine {id_ or '?'}"
    with entry:
        kind = entry.name("kind", MachineKind)
        if kind.value not in kinds and entry.is_right:
            entry.wrong(f"is of the kind {kind.value}, and the file has no such kind", "kind")
        named = kinds.get(kind.value) or _Kind({}, frozenset())
        more = entry.names("functions", MachineFunction) if entry.has("functions") else frozenset()
        return Machine(
            id=id_,
            number=entry.whole("number", 1, NUMBER_MAX),
            kind=kind,
            functions=named.functions | more,
            names=named.names,
            places=entry.texts("places", "place"),
        )
