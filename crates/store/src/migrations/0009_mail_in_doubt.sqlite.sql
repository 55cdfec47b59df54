-- A mail may end as unknown: its last full stop went to the server and no answer came. `dot` is the attempt that
-- came so far, 0 when none did or its answer is known. SQLite cannot change a CHECK, so the table is made anew.
CREATE TABLE outbox_next (
    org {text} NOT NULL,
    id {text} NOT NULL,
    message_id {text} NOT NULL,
    once {text},
    record {text},
    subject {text},
    purpose {text} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('ready', 'sending', 'sent', 'failed', 'bounced', 'unknown')),
    attempts {int} NOT NULL,
    finished {int} NOT NULL,
    due_us {int} NOT NULL,
    queued_us {int} NOT NULL,
    changed_us {int} NOT NULL,
    worker {text} NOT NULL,
    error {text} NOT NULL,
    seq {int} NOT NULL,
    body {blob} NOT NULL,
    dot {int} NOT NULL DEFAULT 0,
    PRIMARY KEY (org, id)
) {strict};
INSERT INTO outbox_next (org, id, message_id, once, record, subject, purpose, state, attempts, finished, due_us, queued_us, changed_us,
    worker, error, seq, body) SELECT org, id, message_id, once, record, subject, purpose, state, attempts, finished, due_us, queued_us,
    changed_us, worker, error, seq, body FROM outbox;
UPDATE outbox_next SET dot = attempts WHERE state = 'sending';
DROP TABLE outbox;
ALTER TABLE outbox_next RENAME TO outbox;
CREATE UNIQUE INDEX outbox_by_message_id ON outbox (org, message_id);
CREATE UNIQUE INDEX outbox_by_once ON outbox (org, once) WHERE once IS NOT NULL;
CREATE INDEX outbox_by_due ON outbox (org, due_us, id) WHERE state IN ('ready', 'sending');
CREATE INDEX outbox_by_record ON outbox (org, record);
CREATE INDEX outbox_by_state ON outbox (org, state, id);
