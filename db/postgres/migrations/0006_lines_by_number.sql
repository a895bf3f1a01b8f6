-- An entry has few lines, an issuing account a line in every entry. Before the tables have statistics the planner cannot
-- know that and looked for an entry's line among all lines of the account; put so, it can only look by the number.
CREATE OR REPLACE FUNCTION postings_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND number = NEW.number) THEN RAISE EXCEPTION 'postings: the entry is closed'; END IF;
  IF EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number AND account_id || '' = NEW.account_id) THEN RAISE EXCEPTION 'postings: one line an account'; END IF;
  IF NEW.unit IS DISTINCT FROM (SELECT unit FROM accounts WHERE village_id = NEW.village_id AND id = NEW.account_id) THEN RAISE EXCEPTION 'postings: not the account''s unit'; END IF;
  RETURN NEW;
END $$;
