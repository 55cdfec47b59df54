-- A review by several people: what items are filtered by, who has which item open, what each
-- decision was before it was made (for undoing), and notes.
ALTER TABLE review_items ADD COLUMN place {text} NOT NULL DEFAULT '';
ALTER TABLE review_items ADD COLUMN kind {text} NOT NULL DEFAULT '';
ALTER TABLE review_items ADD COLUMN thread {int};
ALTER TABLE review_items ADD COLUMN marks {int} NOT NULL DEFAULT 0;
ALTER TABLE review_items ADD COLUMN second {text} NOT NULL DEFAULT '';
ALTER TABLE review_items ADD COLUMN decided_by {text} NOT NULL DEFAULT '';
ALTER TABLE review_items ADD COLUMN decided_us {int} NOT NULL DEFAULT 0;
CREATE INDEX review_items_by_thread ON review_items (org, record, thread, idx);
CREATE INDEX review_items_glance ON review_items (org, record, state, band, duplicate_of, unreadable);
CREATE INDEX review_items_by_second ON review_items (org, record, second, idx);

-- Who has an item open, until when. A lease that has run out counts for nothing.
CREATE TABLE review_claims (
    org {text} NOT NULL,
    record {text} NOT NULL,
    idx {int} NOT NULL,
    who {text} NOT NULL,
    until_us {int} NOT NULL,
    PRIMARY KEY (org, record, idx)
) {clustered};
CREATE INDEX review_claims_by_who ON review_claims (org, record, who);

-- One row a decision: the item's version after it and before it, and its proposals before it, sealed under the
-- record's key. Decisions made in one go share an act. Evidence is the log; this serves undoing and counting.
CREATE TABLE review_decisions (
    org {text} NOT NULL,
    record {text} NOT NULL,
    idx {int} NOT NULL,
    version {int} NOT NULL,
    prior {int} NOT NULL,
    act {text} NOT NULL,
    verb {text} NOT NULL,
    who {text} NOT NULL,
    at_us {int} NOT NULL,
    before {blob} NOT NULL,
    PRIMARY KEY (org, record, idx, version)
) {strict};
CREATE INDEX review_decisions_by_who ON review_decisions (org, record, who, at_us, act);
CREATE INDEX review_decisions_by_act ON review_decisions (org, record, act, idx);

-- What reviewers note about an item; the text is sealed under the key of the data subject.
CREATE TABLE review_notes (
    org {text} NOT NULL,
    record {text} NOT NULL,
    idx {int} NOT NULL,
    id {text} NOT NULL,
    subject {text} NOT NULL,
    who {text} NOT NULL,
    at_us {int} NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (org, record, idx, id)
) {strict};
