-- What belongs to the installation itself, e.g. which key folder it goes with.
CREATE TABLE meta (
    org {text} NOT NULL,
    name {text} NOT NULL,
    value {text} NOT NULL,
    PRIMARY KEY (org, name)
) {clustered};

-- The Merkle leaves. Append-only.
CREATE TABLE log (
    org {text} NOT NULL,
    seq {int} NOT NULL,
    kind {text} NOT NULL,
    record {text} NOT NULL,
    version {int} NOT NULL,
    verb {text} NOT NULL,
    actor {text} NOT NULL,
    at_us {int} NOT NULL,
    reason {text} NOT NULL,
    body_hash {blob} NOT NULL,
    head_hash {blob} NOT NULL,
    leaf_hash {blob} NOT NULL,
    PRIMARY KEY (org, seq)
) {clustered};
CREATE INDEX log_by_record ON log (org, record, seq);

-- Inner nodes of the Merkle tree by stored-hash index (leaves stand in the log). Append-only.
CREATE TABLE hashes (
    org {text} NOT NULL,
    idx {int} NOT NULL,
    hash {blob} NOT NULL,
    PRIMARY KEY (org, idx)
) {clustered};

-- One row an organisation: the size of the log, the peaks of the tree, the latest signed checkpoint.
-- Its row lock puts the writers of an organisation in order.
CREATE TABLE log_head (
    org {text} NOT NULL PRIMARY KEY,
    size {int} NOT NULL,
    peaks {blob} NOT NULL,
    checkpoint {text} NOT NULL
) {clustered};

-- Kept checkpoints, one every few hundred entries and on demand. Append-only.
CREATE TABLE checkpoints (
    org {text} NOT NULL,
    size {int} NOT NULL,
    checkpoint {text} NOT NULL,
    PRIMARY KEY (org, size)
) {clustered};

-- Every saved state of every record, sealed. Append-only.
CREATE TABLE versions (
    org {text} NOT NULL,
    seq {int} NOT NULL,
    record {text} NOT NULL,
    version {int} NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (org, seq)
) {strict};

-- The latest state of each record, for lists. due_us is the largest integer when nothing is due.
CREATE TABLE records (
    org {text} NOT NULL,
    id {text} NOT NULL,
    kind {text} NOT NULL,
    reference {text} NOT NULL,
    state {text} NOT NULL,
    owner {text},
    due_us {int} NOT NULL,
    hold {int} NOT NULL CHECK (hold IN (0, 1)),
    version {int} NOT NULL,
    seq {int} NOT NULL,
    created_us {int} NOT NULL,
    updated_us {int} NOT NULL,
    PRIMARY KEY (org, id)
) {strict};
CREATE INDEX records_by_state_due ON records (org, kind, state, due_us, id);
CREATE INDEX records_by_state_created ON records (org, kind, state, created_us, id);
CREATE UNIQUE INDEX records_by_reference ON records (org, kind, reference) WHERE reference <> '';
CREATE INDEX records_due ON records (org, due_us, id) WHERE due_us < 9223372036854775807;

-- How many records of a kind are in a state, kept with every save.
CREATE TABLE counts (
    org {text} NOT NULL,
    kind {text} NOT NULL,
    state {text} NOT NULL,
    n {int} NOT NULL,
    PRIMARY KEY (org, kind, state)
) {clustered};

-- The clocks of the latest version of each record.
CREATE TABLE clocks (
    org {text} NOT NULL,
    record {text} NOT NULL,
    name {text} NOT NULL,
    due_us {int} NOT NULL,
    state {text} NOT NULL,
    PRIMARY KEY (org, record, name)
) {clustered};
CREATE INDEX clocks_due ON clocks (org, due_us, record, name) WHERE due_us < 9223372036854775807;

-- Keyed hashes of words: search by name without storing the name.
CREATE TABLE tokens (
    org {text} NOT NULL,
    token {blob} NOT NULL,
    record {text} NOT NULL,
    subject {text} NOT NULL,
    PRIMARY KEY (org, token, record, subject)
) {clustered};
CREATE INDEX tokens_by_record ON tokens (org, record);
CREATE INDEX tokens_by_subject ON tokens (org, subject);

-- Where each key lies in the key file, and whether it still exists. Never the key itself.
-- The mac (under a secret of the key folder) binds slot and state to the holder: a damaged or
-- forged row neither passes for an erasure nor has a wrong key destroyed.
CREATE TABLE keys (
    org {text} NOT NULL,
    kind {text} NOT NULL,
    id {text} NOT NULL,
    slot {int} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('alive', 'destroying', 'destroyed')),
    erased_seq {int},
    mac {blob} NOT NULL,
    created_us {int} NOT NULL,
    PRIMARY KEY (org, kind, id)
) {clustered};
CREATE INDEX keys_destroying ON keys (org, slot) WHERE state = 'destroying';

-- Stored files. The bytes lie in the blob folder, sealed under a key of their own, which is
-- wrapped here under the key of the record or subject.
CREATE TABLE blobs (
    org {text} NOT NULL,
    id {text} NOT NULL,
    record {text} NOT NULL,
    key_kind {text} NOT NULL,
    key_id {text} NOT NULL,
    file {text} NOT NULL,
    mime {text} NOT NULL,
    size_bytes {int} NOT NULL,
    wrapped {blob} NOT NULL,
    name {blob} NOT NULL,
    seq {int} NOT NULL,
    state {text} NOT NULL CHECK (state IN ('live', 'removed')),
    PRIMARY KEY (org, id)
) {strict};
CREATE INDEX blobs_by_record ON blobs (org, record, seq);
CREATE INDEX blobs_by_key ON blobs (org, key_kind, key_id);
CREATE UNIQUE INDEX blobs_by_file ON blobs (org, file);

-- Running numbers, e.g. for references.
CREATE TABLE sequences (
    org {text} NOT NULL,
    name {text} NOT NULL,
    n {int} NOT NULL,
    PRIMARY KEY (org, name)
) {clustered};
