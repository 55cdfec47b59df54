CREATE TABLE jobs (
    org {text} NOT NULL,
    id {text} NOT NULL,
    kind {text} NOT NULL,
    record {text},
    payload {blob} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('ready', 'running', 'failed')),
    attempts {int} NOT NULL,
    run_at_us {int} NOT NULL,
    worker {text} NOT NULL,
    error {text} NOT NULL,
    PRIMARY KEY (org, id)
) {strict};
CREATE INDEX jobs_by_due ON jobs (org, run_at_us, id) WHERE state IN ('ready', 'running');
CREATE INDEX jobs_by_record ON jobs (org, record);

-- The items of a review. Decisions are rows; each batch of them is one log entry.
CREATE TABLE review_items (
    org {text} NOT NULL,
    record {text} NOT NULL,
    idx {int} NOT NULL,
    band {text} NOT NULL,
    state {text} NOT NULL,
    duplicate_of {int},
    unreadable {text},
    open_proposals {int} NOT NULL,
    version {int} NOT NULL,
    locator {blob} NOT NULL,
    proposals {blob} NOT NULL,
    document {blob} NOT NULL,
    PRIMARY KEY (org, record, idx)
) {strict};
CREATE INDEX review_items_by_band ON review_items (org, record, band, idx);
CREATE INDEX review_items_by_state ON review_items (org, record, state, idx);

CREATE TABLE progress (
    org {text} NOT NULL,
    id {text} NOT NULL,
    stage {text} NOT NULL,
    done {int} NOT NULL,
    total {int} NOT NULL,
    state {text} NOT NULL,
    updated_us {int} NOT NULL,
    PRIMARY KEY (org, id)
) {clustered};
