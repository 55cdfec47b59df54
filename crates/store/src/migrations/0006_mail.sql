-- Outgoing mail. The body (address, subject line, text, files) is sealed under the key of its
-- subject, or of the organisation where it concerns nobody outside.
CREATE TABLE outbox (
    org {text} NOT NULL,
    id {text} NOT NULL,
    message_id {text} NOT NULL,
    once {text},
    record {text},
    subject {text},
    purpose {text} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('ready', 'sending', 'sent', 'failed', 'bounced')),
    attempts {int} NOT NULL,
    finished {int} NOT NULL,
    due_us {int} NOT NULL,
    queued_us {int} NOT NULL,
    changed_us {int} NOT NULL,
    worker {text} NOT NULL,
    error {text} NOT NULL,
    seq {int} NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (org, id)
) {strict};
CREATE UNIQUE INDEX outbox_by_message_id ON outbox (org, message_id);
CREATE UNIQUE INDEX outbox_by_once ON outbox (org, once) WHERE once IS NOT NULL;
CREATE INDEX outbox_by_due ON outbox (org, due_us, id) WHERE state IN ('ready', 'sending');
CREATE INDEX outbox_by_record ON outbox (org, record);
CREATE INDEX outbox_by_state ON outbox (org, state, id);

-- Incoming mail that was taken: each message once, whoever delivers it how often. Everything
-- about it here is a keyed hash; the hashes that lead to a person go when the subject is erased.
CREATE TABLE mail_in (
    org {text} NOT NULL,
    fingerprint {blob} NOT NULL,
    record {text} NOT NULL,
    subject {text} NOT NULL,
    message {blob} NOT NULL,
    sender {blob} NOT NULL,
    thread {blob} NOT NULL,
    at_us {int} NOT NULL,
    copies {int} NOT NULL,
    PRIMARY KEY (org, fingerprint)
) {strict};
CREATE INDEX mail_in_by_message ON mail_in (org, message);
CREATE INDEX mail_in_by_sender ON mail_in (org, sender, at_us);
CREATE INDEX mail_in_by_thread ON mail_in (org, thread, at_us);
CREATE INDEX mail_in_by_record ON mail_in (org, record);
CREATE INDEX mail_in_by_subject ON mail_in (org, subject);

-- How far a mailbox has been read.
CREATE TABLE mail_places (
    org {text} NOT NULL,
    mailbox {text} NOT NULL,
    validity {int} NOT NULL,
    uid {int} NOT NULL,
    PRIMARY KEY (org, mailbox)
) {clustered};
