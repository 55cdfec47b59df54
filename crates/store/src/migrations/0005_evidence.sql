-- How many clocks of a name are in a state, kept with every save: what the policy page reads
-- beside each clause, however many records there are.
CREATE TABLE tallies (
    org {text} NOT NULL,
    state {text} NOT NULL,
    name {text} NOT NULL,
    n {int} NOT NULL,
    PRIMARY KEY (org, state, name)
) {clustered};

-- The records behind a tally.
CREATE INDEX clocks_by_state ON clocks (org, name, state, record);

-- How many log entries of a kind and a verb were made on a day, counted from 1970 in UTC.
CREATE TABLE log_counts (
    org {text} NOT NULL,
    day {int} NOT NULL,
    kind {text} NOT NULL,
    verb {text} NOT NULL,
    n {int} NOT NULL,
    PRIMARY KEY (org, day, kind, verb)
) {clustered};

-- Alerts given: each stage of each due date of each clock once, whoever runs the job how often.
CREATE TABLE alerts (
    org {text} NOT NULL,
    record {text} NOT NULL,
    clock {text} NOT NULL,
    due_us {int} NOT NULL,
    stage {int} NOT NULL,
    at_us {int} NOT NULL,
    PRIMARY KEY (org, record, clock, due_us, stage)
) {clustered};
