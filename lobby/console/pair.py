"""`lobby pair`: the code with which a kiosk or display joins, with a server or without."""

from argparse import Namespace

from lobby.console.asking import ask
from lobby.console.database import branch_of, settings_of_environment
from lobby.control.messages import Code, PairDevice
from lobby.store.devices import DeviceKind

OUT_OF_REACH = (
    "Lobby is running on this database and cannot be reached from here, so make the code in the "
    "lobby view, under Devices."
)


def run(options: Namespace) -> int:
    settings = settings_of_environment()
    plan = branch_of(settings.database, options.branch)
    kind, language = DeviceKind(options.kind), options.language or plan.language
    asked = PairDevice(plan.id, kind, options.name, language)
    answer = ask(settings, asked, otherwise=OUT_OF_REACH)
    assert isinstance(answer, Code), "nothing else answers this"
    print(f"{answer.code[:4]} {answer.code[4:]}")
    print(
        f"Open /pair on the {options.kind} and type this code before "
        f"{plan.local(answer.until):%H:%M:%S}. It works once."
    )
    return 0
