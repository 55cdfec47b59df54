ALTER TABLE search_notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_notes FORCE ROW LEVEL SECURITY;
CREATE POLICY search_notes_org ON search_notes USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
