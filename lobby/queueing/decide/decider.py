"""What a decider is: the rule for one kind of command, found by it in a table beside the rule."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeAlias

from lobby.queueing.commands.command import Command
from lobby.queueing.events.event import Event
from lobby.queueing.model.hall import Hall

Events: TypeAlias = tuple[Event, ...]

Decider: TypeAlias = Callable[[Hall, Any, datetime], Events]
"""A hall, a command of the kind under which the decider stands, and the time (aware UTC) become
events, or a `Refusal` is raised. The kind is the table's key; types cannot say so."""

Deciders: TypeAlias = Mapping[type[Command], Decider]
