"""The branch's words as they were typed, made into the tree that is wished."""

from lobby import typed_text
from lobby.catalogue.assemble import PHONE_MAX
from lobby.catalogue.entries import TEXT_MAX
from lobby.catalogue.file_tree import Tree
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark
from lobby.setup.changes import Path
from lobby.setup_pages.section import Fields, Mistake, Mistakes
from lobby.setup_pages.words.rows import PHONES

NO_TEXT = mark("Please type from 1 to %(most)s characters.")


def changed(tree: Tree, fields: Fields) -> Tree | Mistakes:
    mistakes: dict[str, Mistake] = {}

    def text(name: str, most: int) -> str:
        said = typed_text.words(fields[name])
        if not 0 < len(said) <= most:
            mistakes[name] = Mistake(NO_TEXT, {"most": most})
        return said

    names = {code: text(f"name_{code}", TEXT_MAX) for code in LANGUAGES}
    phones = {name: text(name, PHONE_MAX) for name in PHONES}
    new = {**tree, **phones, "branch": {**tree["branch"], "names": names}}
    return Mistakes(mistakes) if mistakes else new


def field_of(path: Path) -> str:
    match path:
        case ("branch", "names", code, *_):
            return f"name_{code}"
        case (name, *_) if name in PHONES:
            return name
    return ""
