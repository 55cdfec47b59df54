ALTER TABLE review_claims ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_claims FORCE ROW LEVEL SECURITY;
CREATE POLICY review_claims_org ON review_claims USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
ALTER TABLE review_decisions ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_decisions FORCE ROW LEVEL SECURITY;
CREATE POLICY review_decisions_org ON review_decisions USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
ALTER TABLE review_notes ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_notes FORCE ROW LEVEL SECURITY;
CREATE POLICY review_notes_org ON review_notes USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
