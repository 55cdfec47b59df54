-- How far a search is and what it found so far, sealed under the key of the data subject: so that a search that
-- broke off goes on, and the same one again reads only what is new. Working data, gone with the request's end.
CREATE TABLE search_notes (
    org {text} NOT NULL,
    record {text} NOT NULL,
    number {int} NOT NULL,
    subject {text} NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (org, record, number)
) {strict};
CREATE INDEX search_notes_by_subject ON search_notes (org, subject);
