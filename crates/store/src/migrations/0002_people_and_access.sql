-- People who sign in. Everything personal or secret is inside the sealed body.
CREATE TABLE users (
    org {text} NOT NULL,
    id {text} NOT NULL,
    email_token {blob} NOT NULL,
    roles {text} NOT NULL,
    state {text} NOT NULL,
    body {blob} NOT NULL,
    totp_step {int} NOT NULL,
    seq {int} NOT NULL,
    PRIMARY KEY (org, id)
) {strict};
CREATE UNIQUE INDEX users_by_email ON users (org, email_token);

CREATE TABLE sessions (
    org {text} NOT NULL,
    token {blob} NOT NULL,
    user_id {text} NOT NULL,
    stage {text} NOT NULL,
    created_us {int} NOT NULL,
    seen_us {int} NOT NULL,
    expires_us {int} NOT NULL,
    PRIMARY KEY (org, token)
) {clustered};
CREATE INDEX sessions_by_user ON sessions (org, user_id);
CREATE INDEX sessions_by_end ON sessions (org, expires_us);

-- One-time tokens: first set-up, invitations, password resets. Only their hash is kept.
CREATE TABLE setup_tokens (
    org {text} NOT NULL,
    token {blob} NOT NULL,
    purpose {text} NOT NULL,
    expires_us {int} NOT NULL,
    PRIMARY KEY (org, token)
) {clustered};

-- Failed attempts by keyed hash of account or address.
CREATE TABLE throttle (
    org {text} NOT NULL,
    who {blob} NOT NULL,
    failures {int} NOT NULL,
    until_us {int} NOT NULL,
    PRIMARY KEY (org, who)
) {clustered};

-- Answers already given, so that a repeated request does a thing once.
CREATE TABLE idempotency (
    org {text} NOT NULL,
    key_hash {blob} NOT NULL,
    response {blob} NOT NULL,
    at_us {int} NOT NULL,
    PRIMARY KEY (org, key_hash)
) {clustered};
CREATE INDEX idempotency_by_time ON idempotency (org, at_us);

CREATE TABLE settings (
    org {text} NOT NULL,
    name {text} NOT NULL,
    body {blob} NOT NULL,
    seq {int} NOT NULL,
    PRIMARY KEY (org, name)
) {clustered};
