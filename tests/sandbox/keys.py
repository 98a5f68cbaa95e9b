"""The API keys the sandbox knows: what each may do, and what is wrong with it."""

from dataclasses import dataclass, field

PROJECT_ID = "fa4e0000-0000-4000-8000-000000000000"
PROJECT_NAME = "Sandbox"

DEFAULT = frozenset({"usage:write"})
MEMBER = DEFAULT | {"project:read", "project:write", "keys:read", "keys:write", "usage:read"}


def _people(group: str) -> set[str]:
    """What the documentation abbreviates as `members:*`, `admins:*`, `owners:*`."""
    actions = (
        "read", "read:invites", "read:scopes",
        "write", "write:invites", "write:scopes", "write:kick",
    )
    return {f"{group}:{action}" for action in actions}


ADMIN = MEMBER | _people("members") | _people("admins") | {
    "owners:read", "owners:read:invites", "owners:read:scopes", "billing:read",
}
OWNER = ADMIN | _people("owners") | {
    "project:write:settings", "project:write:destroy", "billing:write",
}


@dataclass(frozen=True)
class Key:
    """One API key. Its text is 40 hexadecimal digits, as real ones are, but plainly fake."""

    role: str
    number: int
    scopes: frozenset[str] = field(repr=False)
    note: str = ""
    accepted: bool = True
    in_credit: bool = True

    @property
    def text(self) -> str:
        return f"fa4e{self.number:04}" * 5

    @property
    def id(self) -> str:
        """The accessor: what a token minted with this key carries as its subject."""
        return f"1d000000-0000-4000-8000-{self.number:012}"

    def may(self, scope: str) -> bool:
        return scope in self.scopes or "account:write" in self.scopes

    def may_grant(self) -> bool:
        # choice: the documentation asks for the role Member or above. A key has scopes, not a
        # role, so here it must hold every scope of a Member.
        return all(self.may(scope) for scope in MEMBER)


KEYS = (
    Key("owner", 1, OWNER),
    Key("admin", 2, ADMIN),
    Key("member", 3, MEMBER),
    Key("default", 4, DEFAULT, "the console's choice: voice APIs only, cannot mint"),
    Key("listen-only", 5, DEFAULT, "usage:write picked by hand, no role"),
    Key("read-only", 6, frozenset({"project:read", "usage:read"}),
        "lists projects, may neither mint nor transcribe"),
    Key("account", 7, frozenset({"account:write"}), "account level, may do everything"),
    Key("no-credit", 8, MEMBER, "mints, but voice APIs answer 402", in_credit=False),
    Key("expired", 9, MEMBER, "refused", accepted=False),
    Key("revoked", 10, MEMBER, "refused", accepted=False),
)

BY_TEXT = {key.text: key for key in KEYS}
BY_ID = {key.id: key for key in KEYS}
BY_ROLE = {key.role: key for key in KEYS}
