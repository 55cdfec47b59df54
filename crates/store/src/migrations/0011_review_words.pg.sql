ALTER TABLE review_words ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_words FORCE ROW LEVEL SECURITY;
CREATE POLICY review_words_org ON review_words USING (org = current_setting('probity.org')) WITH CHECK (org = current_setting('probity.org'));
