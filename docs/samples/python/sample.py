"""Enrolls a person with the first picture and logs them in with the others, as a camera would take them:
GATEHOUSE_URL=… GATEHOUSE_KEY=… sample.py CUSTOM_ID ENROLLMENT_PICTURE LOGIN_PICTURE…"""
import base64
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
import uuid

URL = os.environ.get("GATEHOUSE_URL", "http://127.0.0.1:4000")
KEY = os.environ.get("GATEHOUSE_KEY", "")


def call(method, path, body, seconds=5):
    """The status and the JSON of an answer; (None, {}) where none came. Nobody is kept out for that."""
    request = urllib.request.Request(URL + path, json.dumps(body).encode(), method=method, headers={
        "Authorization": f"Bearer {KEY}",
        "Content-Type": "application/json",
        "Accept-Language": "en",
        "Idempotency-Key": str(uuid.uuid4()),
    })
    try:
        with urllib.request.urlopen(request, timeout=seconds) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as problem:
        text = problem.read()
        is_json = "json" in problem.headers.get("Content-Type", "")
        return problem.code, json.loads(text) if is_json else {}
    except (OSError, ValueError):
        return None, {}


def legacy_login(custom_id):
    """Your login of today: it knows nothing of biometrics and works whatever is away."""
    print(f"{custom_id} logs in with the password")
    return True


def enroll(custom_id, face):
    body = {"customId": custom_id, "legalBasis": "lgpd_11_i_consent", "face": face}
    status, answer = call("POST", "/v1/enrollments", body, seconds=30)
    if status is None or status >= 500:
        return print("Not enrolled now; ask again after another login")
    print(answer.get("feedback", {}).get("text") or answer.get("detail"))


def end_old_way(custom_id, login_id, reason=None):
    succeeded = legacy_login(custom_id)
    if login_id is not None:
        path = f"/v1/logins/{urllib.parse.quote(login_id)}/legacy-outcome"
        status, _ = call("POST", path, {"succeeded": succeeded, **({"reason": reason} if reason else {})})
        print(f"the gateway {'knows' if status == 204 else 'does not know'} how it ended")
    return succeeded


def log_in(custom_id, pictures):
    status, login = call("POST", "/v1/logins", {"customId": custom_id, "channel": "web"})
    if status != 201:
        return end_old_way(custom_id, None)
    login_id = login["loginId"]
    if login["path"] == "legacy":
        return end_old_way(custom_id, login_id)
    print(login["feedback"]["text"])
    for face in pictures:
        path = f"/v1/logins/{urllib.parse.quote(login_id)}/verifications"
        status, tried = call("POST", path, {"face": face})
        if status != 200:
            return end_old_way(custom_id, login_id)
        print(tried["feedback"]["text"])
        if tried["decision"] != "retry_capture":
            is_over = tried["decision"] in ("approved", "rejected")
            return tried["decision"] == "approved" if is_over else end_old_way(custom_id, login_id)
    return end_old_way(custom_id, login_id, "chose_password")


first, *others = [base64.b64encode(open(file, "rb").read()).decode() for file in sys.argv[2:]]
enroll(sys.argv[1], first)
print("IN" if log_in(sys.argv[1], others) else "NOT IN")
