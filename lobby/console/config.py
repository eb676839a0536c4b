"""`lobby config`: a branch's file, looked at without a database."""

from argparse import Namespace

from lobby.catalogue.mistakes import CatalogueError
from lobby.catalogue.reading import read_branch_file


def run(options: Namespace) -> int:
    """1 where the file has a mistake; each is named with its line and what is allowed there."""
    try:
        found = read_branch_file(options.file)
    except CatalogueError as error:
        print(error)
        return 1
    plan, catalogue = found.plan, found.catalogue
    print(
        f"{options.file} is right: branch {plan.id}, {len(catalogue.services)} services, "
        f"{len(plan.counters)} counters, catalogue {catalogue.version} from {catalogue.valid_from}."
    )
    return 0
