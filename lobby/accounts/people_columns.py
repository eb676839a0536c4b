"""The columns of a spreadsheet of people, and the words by which roles, languages and branches are
known in them."""

from collections.abc import Mapping, Sequence
from functools import cache

from lobby.accounts.roles import ROLES
from lobby.i18n.languages import LANGUAGES
from lobby.i18n.texts import mark, texts
from lobby.queueing.model.plan import Plan
from lobby.spreadsheets.columns import Column, plain, titles_of
from lobby.store.kinds import Role

USERNAME, NAME, ROLE, BRANCH, LANGUAGE = "username", "name", "role", "branch", "language"

REQUIRED = frozenset({USERNAME, NAME, ROLE})
"""A language may be left out, and a branch where there is one only."""

COLUMNS = (
    Column(
        USERNAME,
        mark("User name"),
        titles_of(
            *("user name", "user", "login", "login name", "account", "staff number", "staff id"),
            *("用户名", "账号", "帐号", "登录名", "工号", "员工号"),
            *("tên đăng nhập", "tài khoản", "mã nhân viên", "tên người dùng", "mã nv"),
        ),
    ),
    Column(
        NAME,
        mark("Name"),
        titles_of(
            *("name", "full name", "employee", "姓名", "名字", "员工姓名"),
            *("họ tên", "họ và tên", "tên", "tên nhân viên"),
        ),
    ),
    Column(
        ROLE,
        mark("Role"),
        titles_of(
            *("role", "position", "job", "角色", "岗位", "职务"),
            *("vai trò", "chức vụ", "chức danh", "vị trí"),
        ),
    ),
    Column(
        BRANCH,
        mark("Branch"),
        titles_of(
            *("branch", "branch id", "branch code", "网点", "网点代码", "支行", "机构"),
            *("chi nhánh", "mã chi nhánh", "điểm giao dịch"),
        ),
    ),
    Column(
        LANGUAGE,
        mark("Language"),
        titles_of("language", "语言", "ngôn ngữ"),
    ),
)


@cache
def roles_by_words() -> Mapping[str, Role]:
    """By code and by name in every language."""
    spoken = {
        plain(texts(language).gettext(word)): role
        for role, word in ROLES.items()
        for language in LANGUAGES
    }
    return spoken | {plain(role.value): role for role in Role}


@cache
def languages_by_words() -> Mapping[str, str]:
    """By code, by its own name, and by its name in English."""
    names = {"chinese": "zh", "mandarin": "zh", "vietnamese": "vi", "english": "en"}
    own = {plain(language.own_name): code for code, language in LANGUAGES.items()}
    return names | own | {code: code for code in LANGUAGES}


def branches_by_words(plans: Sequence[Plan]) -> Mapping[str, str]:
    """By id, and by every name that only one of them has."""
    named: dict[str, set[str]] = {}
    for plan in plans:
        for name in plan.names.values():
            named.setdefault(plain(name), set()).add(plan.id)
    by_name = {name: next(iter(ids)) for name, ids in named.items() if len(ids) == 1}
    return by_name | {plan.id.casefold(): plan.id for plan in plans}
