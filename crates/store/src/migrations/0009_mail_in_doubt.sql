-- Messages that could not be taken, and mailboxes in which taken messages could not be put away (number 0), until
-- they can. Holds no personal data: a place, a number there and a reason from a closed list.
CREATE TABLE mail_left (
    org {text} NOT NULL,
    mailbox {text} NOT NULL,
    validity {int} NOT NULL,
    number {int} NOT NULL,
    reason {text} NOT NULL,
    tries {int} NOT NULL,
    due_us {int} NOT NULL,
    since_us {int} NOT NULL,
    PRIMARY KEY (org, mailbox, validity, number)
) {clustered};
