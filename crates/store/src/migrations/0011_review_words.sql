-- The words of an item that wait for a decision, small and apart from its text, so that those of thousands of items are
-- counted quickly. Derived from the proposals, sealed like them, and believed only at the version of the item.
CREATE TABLE review_words (
    org {text} NOT NULL,
    record {text} NOT NULL,
    idx {int} NOT NULL,
    version {int} NOT NULL,
    body {blob} NOT NULL,
    PRIMARY KEY (org, record, idx)
) {strict};
