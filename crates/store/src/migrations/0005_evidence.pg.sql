ALTER TABLE tallies ENABLE ROW LEVEL SECURITY;
ALTER TABLE tallies FORCE ROW LEVEL SECURITY;
CREATE POLICY tallies_org ON tallies USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
ALTER TABLE log_counts ENABLE ROW LEVEL SECURITY;
ALTER TABLE log_counts FORCE ROW LEVEL SECURITY;
CREATE POLICY log_counts_org ON log_counts USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE alerts FORCE ROW LEVEL SECURITY;
CREATE POLICY alerts_org ON alerts USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
