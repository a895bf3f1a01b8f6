CREATE TABLE "journal_facts" (
	"village_id" text COLLATE "C" NOT NULL,
	"number" bigint NOT NULL,
	"name" text COLLATE "C" NOT NULL,
	"owner_id" text COLLATE "C",
	"value" text COLLATE "C",
	"salt" text COLLATE "C",
	"digest" text COLLATE "C" NOT NULL,
	CONSTRAINT "journal_facts_village_id_number_name_pk" PRIMARY KEY("village_id","number","name")
);
--> statement-breakpoint
ALTER TABLE "journal" ADD COLUMN "facts_digest" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "journal_facts" ADD CONSTRAINT "journal_facts_entry" FOREIGN KEY ("village_id","number") REFERENCES "public"."journal"("village_id","number") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "journal_facts_by_owner" ON "journal_facts" USING btree ("village_id","owner_id","number") WHERE "journal_facts"."owner_id" is not null;--> statement-breakpoint
-- An act, known by its kind's name, has no lines, and nothing else has none. Facts are inserted before their entry,
-- like lines, and the entry's trigger closes them too.
ALTER TABLE journal_facts ALTER CONSTRAINT journal_facts_entry DEFERRABLE INITIALLY DEFERRED;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION journal_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last_number bigint;
  last_hash text;
BEGIN
  SELECT number, hash INTO last_number, last_hash FROM journal WHERE village_id = NEW.village_id ORDER BY number DESC LIMIT 1;
  IF NEW.number IS DISTINCT FROM COALESCE(last_number, 0) + 1 THEN RAISE EXCEPTION 'journal: the number must follow the last one'; END IF;
  IF NEW.number > 1 AND NEW.previous_hash IS DISTINCT FROM last_hash THEN RAISE EXCEPTION 'journal: the previous hash is not the last entry''s'; END IF;
  IF NEW.line_count IS DISTINCT FROM (SELECT COUNT(*) FROM postings WHERE village_id = NEW.village_id AND number = NEW.number) THEN
    RAISE EXCEPTION 'journal: lines are missing';
  END IF;
  IF (CASE WHEN NEW.kind = 'act' OR substr(NEW.kind, 1, 4) = 'act_' THEN NEW.line_count = 0 AND NEW.seal_version >= 2 ELSE NEW.line_count >= 2 END) IS NOT TRUE THEN
    RAISE EXCEPTION 'journal: lines are missing';
  END IF;
  IF EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number GROUP BY unit HAVING SUM(amount) <> 0) THEN
    RAISE EXCEPTION 'journal: the entry does not balance';
  END IF;
  IF (NEW.facts_digest IS NOT NULL) <> EXISTS (SELECT 1 FROM journal_facts WHERE village_id = NEW.village_id AND number = NEW.number)
    OR (NEW.facts_digest IS NOT NULL AND (NEW.seal_version >= 2) IS NOT TRUE) THEN
    RAISE EXCEPTION 'journal: facts and their digest do not go together';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_facts_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND number = NEW.number) THEN RAISE EXCEPTION 'journal_facts: the entry is closed'; END IF;
  IF (CASE WHEN NEW.owner_id IS NULL THEN NEW.value IS NOT NULL AND NEW.salt IS NULL ELSE (NEW.value IS NULL) = (NEW.salt IS NULL) END) IS NOT TRUE THEN
    RAISE EXCEPTION 'journal_facts: a value has a salt when it has an owner';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE FUNCTION journal_facts_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.value IS NOT NULL OR NEW.salt IS NOT NULL OR OLD.owner_id IS NULL OR NEW.owner_id IS DISTINCT FROM OLD.owner_id
    OR NEW.village_id IS DISTINCT FROM OLD.village_id OR NEW.number IS DISTINCT FROM OLD.number
    OR NEW.name IS DISTINCT FROM OLD.name OR NEW.digest IS DISTINCT FROM OLD.digest THEN
    RAISE EXCEPTION 'journal_facts: only an owner''s value may be erased';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER journal_facts_insert BEFORE INSERT ON journal_facts FOR EACH ROW EXECUTE FUNCTION journal_facts_insert();
--> statement-breakpoint
CREATE TRIGGER journal_facts_update BEFORE UPDATE ON journal_facts FOR EACH ROW EXECUTE FUNCTION journal_facts_update();
--> statement-breakpoint
CREATE TRIGGER journal_facts_frozen BEFORE DELETE ON journal_facts FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
--> statement-breakpoint
CREATE TRIGGER journal_facts_kept BEFORE TRUNCATE ON journal_facts FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
