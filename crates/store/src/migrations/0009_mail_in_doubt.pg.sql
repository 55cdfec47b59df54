-- A mail may end as unknown: its last full stop went to the server and no answer came. `dot` is the attempt that
-- came so far, 0 when none did or its answer is known.
ALTER TABLE outbox DROP CONSTRAINT outbox_state_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check CHECK (state IN ('ready', 'sending', 'sent', 'failed', 'bounced', 'unknown'));
ALTER TABLE outbox ADD COLUMN dot {int} NOT NULL DEFAULT 0;
UPDATE outbox SET dot = attempts WHERE state = 'sending';
ALTER TABLE mail_left ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_left FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_left_org ON mail_left USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
