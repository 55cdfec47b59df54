-- Passes of visitors without an account: mailed links and the short sessions that opening one
-- gives. Each is bound to one record and one purpose. Only hashes of tokens are stored.
CREATE TABLE passes (
    org {text} NOT NULL,
    token {blob} NOT NULL,
    kind {text} NOT NULL,
    record {text} NOT NULL,
    purpose {text} NOT NULL,
    secret {text} NOT NULL,
    uses {int} NOT NULL,
    tries {int} NOT NULL,
    expires_us {int} NOT NULL,
    PRIMARY KEY (org, token)
) {clustered};
CREATE INDEX passes_by_record ON passes (org, record, purpose);
CREATE INDEX passes_by_end ON passes (org, expires_us);
