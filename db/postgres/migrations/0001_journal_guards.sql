-- The journal is append-only, and an entry that does not balance, leaves a gap or breaks the chain is refused
-- by the database itself. Lines are inserted before their entry; the entry's trigger closes it.
ALTER TABLE postings ALTER CONSTRAINT postings_entry DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE journal_texts ALTER CONSTRAINT journal_texts_entry DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME;
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last_number bigint;
  last_hash text;
BEGIN
  SELECT number, hash INTO last_number, last_hash FROM journal WHERE village_id = NEW.village_id ORDER BY number DESC LIMIT 1;
  IF NEW.number IS DISTINCT FROM COALESCE(last_number, 0) + 1 THEN RAISE EXCEPTION 'journal: the number must follow the last one'; END IF;
  IF NEW.number > 1 AND NEW.previous_hash IS DISTINCT FROM last_hash THEN RAISE EXCEPTION 'journal: the previous hash is not the last entry''s'; END IF;
  IF NEW.line_count < 2 OR NEW.line_count IS DISTINCT FROM (SELECT COUNT(*) FROM postings WHERE village_id = NEW.village_id AND number = NEW.number) THEN
    RAISE EXCEPTION 'journal: lines are missing';
  END IF;
  IF EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number GROUP BY unit HAVING SUM(amount) <> 0) THEN
    RAISE EXCEPTION 'journal: the entry does not balance';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- An entry has few lines, an issuing account a line in every entry. Before the tables have statistics the planner cannot
-- know that and looked for an entry's line among all lines of the account; put so, it can only look by the number.
CREATE FUNCTION postings_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND number = NEW.number) THEN RAISE EXCEPTION 'postings: the entry is closed'; END IF;
  IF EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number AND account_id || '' = NEW.account_id) THEN RAISE EXCEPTION 'postings: one line an account'; END IF;
  IF NEW.unit IS DISTINCT FROM (SELECT unit FROM accounts WHERE village_id = NEW.village_id AND id = NEW.account_id) THEN RAISE EXCEPTION 'postings: not the account''s unit'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION accounts_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.id IS DISTINCT FROM NEW.kind || ':' || NEW.owner_id || ':' || NEW.unit THEN RAISE EXCEPTION 'accounts: the id does not say what the account is'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_texts_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.village_id IS DISTINCT FROM OLD.village_id OR NEW.number IS DISTINCT FROM OLD.number THEN
    RAISE EXCEPTION 'journal_texts: text may only be erased';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_heads_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.number IS DISTINCT FROM 0 THEN RAISE EXCEPTION 'ledger_heads: a book starts at 0'; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_heads_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.village_id IS DISTINCT FROM OLD.village_id
    OR NEW.number < OLD.number
    OR (NEW.book_id IS DISTINCT FROM OLD.book_id AND OLD.number <> 0) THEN
    RAISE EXCEPTION 'ledger_heads: numbers only count up';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER journal_insert BEFORE INSERT ON journal FOR EACH ROW EXECUTE FUNCTION journal_insert();
--> statement-breakpoint
CREATE TRIGGER journal_frozen BEFORE UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER journal_kept BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER postings_insert BEFORE INSERT ON postings FOR EACH ROW EXECUTE FUNCTION postings_insert();
--> statement-breakpoint
CREATE TRIGGER postings_frozen BEFORE UPDATE OR DELETE ON postings FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER postings_kept BEFORE TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER accounts_insert BEFORE INSERT ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_insert();
--> statement-breakpoint
CREATE TRIGGER accounts_frozen BEFORE UPDATE OR DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER accounts_kept BEFORE TRUNCATE ON accounts FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER journal_texts_update BEFORE UPDATE ON journal_texts FOR EACH ROW EXECUTE FUNCTION journal_texts_update();
--> statement-breakpoint
CREATE TRIGGER journal_texts_frozen BEFORE DELETE ON journal_texts FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER journal_texts_kept BEFORE TRUNCATE ON journal_texts FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_insert BEFORE INSERT ON ledger_heads FOR EACH ROW EXECUTE FUNCTION ledger_heads_insert();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_update BEFORE UPDATE ON ledger_heads FOR EACH ROW EXECUTE FUNCTION ledger_heads_update();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_frozen BEFORE DELETE ON ledger_heads FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_kept BEFORE TRUNCATE ON ledger_heads FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
