"""The refusals of the real service, in the shapes it has them.

It has several families of error bodies: `{err_code, err_msg, request_id?}`,
`{category, message, details, request_id}` and plain text.
"""

import re

from .reply import Reply


class Refusal(Exception):
    """Ends the handling of a request with an error reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def coded(status: int, code: str, message: str, request_id: str | None = None) -> Refusal:
    body = {"err_code": code, "err_msg": message}
    if request_id is not None:
        body["request_id"] = request_id
    return Refusal(Reply(status, _headers(message), body))


def categorised(status: int, category: str, message: str, details: str,
                request_id: str) -> Refusal:
    return Refusal(Reply(status, _headers(message), {
        "category": category, "message": message, "details": details, "request_id": request_id,
    }))


def plain(status: int, message: str) -> Refusal:
    return Refusal(Reply(status, _headers(message, "text/plain; charset=utf-8"), message))


def invalid_credentials(request_id: str) -> Refusal:
    return coded(401, "INVALID_AUTH", "Invalid credentials.", request_id)


def malformed_key() -> Refusal:
    """What the grant endpoint says of a key that cannot be one."""
    return coded(400, "BAD_REQUEST", "Invalid credentials.")


def role_too_low() -> Refusal:
    """What the grant endpoint says of a key below Member; without a request id in its body."""
    return coded(403, "FORBIDDEN", "Insufficient permissions.")


def lacks_scope(scope: str, request_id: str) -> Refusal:
    """What the management API says."""
    return categorised(
        403, "INSUFFICIENT_PERMISSIONS",
        "Your account does not have the required scope to perform that action for this project.",
        f"Check that your account has the '{scope}' scope for this project.", request_id)


def may_not_use(request_id: str) -> Refusal:
    """What a voice API says of a key without `usage:write`."""
    return coded(401, "INSUFFICIENT_PERMISSIONS", "User does not have sufficient permissions.",
                 request_id)


def no_credit(request_id: str) -> Refusal:
    return coded(402, "ASR_PAYMENT_REQUIRED",
                 "Project does not have enough credits for an ASR request and does not have an "
                 "overage agreement.", request_id)


def invalid_json(details: str, request_id: str) -> Refusal:
    return categorised(400, "INVALID_JSON", "Invalid JSON submitted.",
                       f"Json deserialize error: {details}", request_id)


def invalid_query(problem: str, request_id: str) -> Refusal:
    return coded(400, "INVALID_QUERY_PARAMETER", problem, request_id)


def project_not_found(request_id: str) -> Refusal:
    return coded(404, "PROJECT_NOT_FOUND", "Project not found.", request_id)


def not_found(request_id: str) -> Refusal:
    # choice: the body of a 404 for an unknown path is not documented.
    return coded(404, "NOT_FOUND", "Not Found", request_id)


def wrong_verb(allowed: list[str], request_id: str) -> Refusal:
    # choice: only the status 405 has been seen.
    refusal = coded(405, "METHOD_NOT_ALLOWED", "Method Not Allowed", request_id)
    refusal.reply.headers.append(("allow", ", ".join(allowed)))
    return refusal


def upgrade_required(request_id: str) -> Refusal:
    # choice: what a GET without an upgrade gets is not documented.
    refusal = coded(426, "UPGRADE_REQUIRED", "Upgrade Required", request_id)
    refusal.reply.headers.append(("upgrade", "websocket"))
    return refusal


def _headers(message: str, content_type: str = "application/json") -> list[tuple[str, str]]:
    in_a_header = re.sub("[^ -~]", "?", message)
    return [("content-type", content_type), ("dg-error", in_a_header),
            ("vary", "accept-encoding")]
