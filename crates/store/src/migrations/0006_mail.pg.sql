ALTER TABLE outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY outbox_org ON outbox USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
ALTER TABLE mail_in ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_in FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_in_org ON mail_in USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
ALTER TABLE mail_places ENABLE ROW LEVEL SECURITY;
ALTER TABLE mail_places FORCE ROW LEVEL SECURITY;
CREATE POLICY mail_places_org ON mail_places USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
