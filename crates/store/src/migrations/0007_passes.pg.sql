ALTER TABLE passes ENABLE ROW LEVEL SECURITY;
ALTER TABLE passes FORCE ROW LEVEL SECURITY;
CREATE POLICY passes_org ON passes USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
