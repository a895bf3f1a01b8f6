-- The journal is append-only, and an entry that does not balance, leaves a gap or breaks the chain is refused by the
-- database itself. The guards look at a whole statement instead of at each row: the rows that it added lie in `added`, those
-- that it changed in `before` and `after`. They refuse what guards of single rows refuse, however the rows came: by insert,
-- by copy, by merge, or by `on conflict do update`. Each look-up says its order, so that only the primary key can answer it:
-- before the tables have statistics the planner takes any index that begins with the village for as good.
ALTER TABLE postings ALTER CONSTRAINT postings_entry DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE journal_texts ALTER CONSTRAINT journal_texts_entry DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
ALTER TABLE journal_facts ALTER CONSTRAINT journal_facts_entry DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: rows are never changed or deleted', TG_TABLE_NAME;
END $$;
--> statement-breakpoint
-- Entries follow each other: whatever a statement adds begins behind the last entry and leaves no gap, because each entry
-- needs the one before it, and none can be added twice. Lines and facts are inserted before their entry, which closes itself
-- here. An act, known by its kind's name, has no lines, and nothing else has none.
CREATE FUNCTION journal_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fault text;
BEGIN
  SELECT CASE WHEN a.number IS DISTINCT FROM COALESCE(last.number, 0) + 1 THEN 'the number must follow the last one' ELSE 'the previous hash is not the last entry''s' END
  INTO fault
  FROM added a LEFT JOIN LATERAL (
    SELECT j.number, j.hash FROM journal j WHERE j.village_id = a.village_id AND j.number < a.number ORDER BY j.number DESC LIMIT 1
  ) last ON true
  WHERE a.number IS DISTINCT FROM COALESCE(last.number, 0) + 1 OR (a.number > 1 AND a.previous_hash IS DISTINCT FROM last.hash)
  LIMIT 1;
  IF FOUND THEN RAISE EXCEPTION 'journal: %', fault; END IF;
  SELECT CASE
    WHEN a.line_count IS DISTINCT FROM entry.lines OR entry.is_short THEN 'lines are missing'
    WHEN entry.is_off THEN 'the entry does not balance'
    WHEN entry.lines <> entry.accounts THEN 'one line an account'
    ELSE 'facts and their digest do not go together'
  END
  INTO fault
  FROM added a CROSS JOIN LATERAL (
    SELECT COALESCE(SUM(lines), 0) AS lines, COALESCE(SUM(accounts), 0) AS accounts, BOOL_OR(rest <> 0) AS is_off,
      (CASE WHEN a.kind = 'act' OR substr(a.kind, 1, 4) = 'act_' THEN a.line_count = 0 AND a.seal_version >= 2 ELSE a.line_count >= 2 END) IS NOT TRUE AS is_short,
      EXISTS (SELECT FROM journal_facts f WHERE f.village_id = a.village_id AND f.number = a.number) AS has_facts
    FROM (
      SELECT COUNT(*) AS lines, COUNT(DISTINCT p.account_number) AS accounts, SUM(p.amount) AS rest
      FROM (SELECT * FROM postings WHERE village_id = a.village_id AND number >= a.number AND number <= a.number ORDER BY number) p
      LEFT JOIN LATERAL (
        SELECT c.unit FROM accounts c WHERE c.village_id = a.village_id AND c.number >= p.account_number AND c.number <= p.account_number
        ORDER BY c.number LIMIT 1
      ) account ON true
      GROUP BY account.unit
    ) of_unit
  ) entry
  WHERE a.line_count IS DISTINCT FROM entry.lines OR entry.is_short OR entry.is_off OR entry.lines <> entry.accounts
    OR (a.facts_digest IS NOT NULL) <> entry.has_facts OR (a.facts_digest IS NOT NULL AND (a.seal_version >= 2) IS NOT TRUE)
  LIMIT 1;
  IF FOUND THEN RAISE EXCEPTION 'journal: %', fault; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- An entry that has been written takes no further line. Entries have no gap, so every number up to the last is written.
CREATE FUNCTION postings_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT village_id, MIN(number) AS first FROM added GROUP BY village_id) a
    WHERE a.first <= (SELECT j.number FROM journal j WHERE j.village_id = a.village_id ORDER BY j.number DESC LIMIT 1)
  ) THEN RAISE EXCEPTION 'postings: the entry is closed'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION accounts_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM added a WHERE a.number IS DISTINCT FROM COALESCE((
      SELECT c.number FROM accounts c WHERE c.village_id = a.village_id AND c.number < a.number ORDER BY c.number DESC LIMIT 1
    ), 0) + 1
  ) THEN RAISE EXCEPTION 'accounts: the number must follow the last one'; END IF;
  IF EXISTS (SELECT FROM added WHERE id IS DISTINCT FROM kind || ':' || owner_id || ':' || unit) THEN
    RAISE EXCEPTION 'accounts: the id does not say what the account is';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_texts_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM after WHERE body IS NOT NULL OR salt IS NOT NULL)
    OR EXISTS (SELECT village_id, number FROM before EXCEPT SELECT village_id, number FROM after) THEN
    RAISE EXCEPTION 'journal_texts: text may only be erased';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_facts_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM (SELECT village_id, MIN(number) AS first FROM added GROUP BY village_id) a
    WHERE a.first <= (SELECT j.number FROM journal j WHERE j.village_id = a.village_id ORDER BY j.number DESC LIMIT 1)
  ) THEN RAISE EXCEPTION 'journal_facts: the entry is closed'; END IF;
  IF EXISTS (
    SELECT FROM added
    WHERE (CASE WHEN owner_id IS NULL THEN value IS NOT NULL AND salt IS NULL ELSE (value IS NULL) = (salt IS NULL) END) IS NOT TRUE
  ) THEN RAISE EXCEPTION 'journal_facts: a value has a salt when it has an owner'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_facts_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM after WHERE value IS NOT NULL OR salt IS NOT NULL OR owner_id IS NULL)
    OR EXISTS (
      SELECT village_id, number, name, owner_id, digest FROM before
      EXCEPT SELECT village_id, number, name, owner_id, digest FROM after
    ) THEN RAISE EXCEPTION 'journal_facts: only an owner''s value may be erased';
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_heads_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM added WHERE number IS DISTINCT FROM 0) THEN RAISE EXCEPTION 'ledger_heads: a book starts at 0'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION ledger_heads_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (
    SELECT FROM before b LEFT JOIN after a ON a.village_id = b.village_id
    WHERE a.village_id IS NULL OR a.number < b.number OR (a.book_id IS DISTINCT FROM b.book_id AND b.number <> 0)
  ) THEN RAISE EXCEPTION 'ledger_heads: numbers only count up'; END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
-- Fails unless a statement found every row that it was to change as it was read. A commit may be sent right behind it.
CREATE FUNCTION require_rows(stored bigint, wanted bigint) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  IF stored IS DISTINCT FROM wanted THEN RAISE EXCEPTION '% of % rows are stored as they were read', stored, wanted USING ERRCODE = 'JS001'; END IF;
  RETURN true;
END $$;
--> statement-breakpoint
CREATE TRIGGER journal_insert AFTER INSERT ON journal REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_insert();
--> statement-breakpoint
CREATE TRIGGER journal_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER postings_insert AFTER INSERT ON postings REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION postings_insert();
--> statement-breakpoint
CREATE TRIGGER postings_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON postings FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER accounts_insert AFTER INSERT ON accounts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION accounts_insert();
--> statement-breakpoint
CREATE TRIGGER accounts_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON accounts FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER journal_texts_update AFTER UPDATE ON journal_texts REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION journal_texts_update();
--> statement-breakpoint
CREATE TRIGGER journal_texts_kept BEFORE DELETE OR TRUNCATE ON journal_texts FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER journal_facts_insert AFTER INSERT ON journal_facts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION journal_facts_insert();
--> statement-breakpoint
CREATE TRIGGER journal_facts_update AFTER UPDATE ON journal_facts REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION journal_facts_update();
--> statement-breakpoint
CREATE TRIGGER journal_facts_kept BEFORE DELETE OR TRUNCATE ON journal_facts FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_insert AFTER INSERT ON ledger_heads REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_heads_insert();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_update AFTER UPDATE ON ledger_heads REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION ledger_heads_update();
--> statement-breakpoint
CREATE TRIGGER ledger_heads_kept BEFORE DELETE OR TRUNCATE ON ledger_heads FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
