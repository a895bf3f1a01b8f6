CREATE TABLE `journal_facts` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`owner_id` text,
	`value` text,
	`salt` text,
	`digest` text NOT NULL,
	PRIMARY KEY(`village_id`, `number`, `name`),
	FOREIGN KEY (`village_id`,`number`) REFERENCES `journal`(`village_id`,`number`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
CREATE INDEX `journal_facts_by_owner` ON `journal_facts` (`village_id`,`owner_id`,`number`) WHERE "journal_facts"."owner_id" is not null;--> statement-breakpoint
ALTER TABLE `journal` ADD `facts_digest` text;--> statement-breakpoint
-- An act, known by its kind's name, has no lines, and nothing else has none. Facts are inserted before their entry,
-- like lines, and the entry's trigger closes them too.
DROP TRIGGER `journal_insert`;
--> statement-breakpoint
CREATE TRIGGER `journal_insert` BEFORE INSERT ON `journal` BEGIN
  SELECT RAISE(ABORT, 'journal: the number must follow the last one') WHERE NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM journal WHERE village_id = NEW.village_id);
  SELECT RAISE(ABORT, 'journal: the previous hash is not the last entry''s') WHERE NEW.number > 1 AND NEW.previous_hash IS NOT (SELECT hash FROM journal WHERE village_id = NEW.village_id AND number = NEW.number - 1);
  SELECT RAISE(ABORT, 'journal: this key has been used') WHERE EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND idempotency_key = NEW.idempotency_key);
  SELECT RAISE(ABORT, 'journal: already reversed') WHERE NEW.reverses_number IS NOT NULL AND EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND reverses_number = NEW.reverses_number);
  SELECT RAISE(ABORT, 'journal: already resolved') WHERE NEW.resolves_number IS NOT NULL AND EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND resolves_number = NEW.resolves_number);
  SELECT RAISE(ABORT, 'journal: lines are missing') WHERE NEW.line_count IS NOT (SELECT COUNT(*) FROM postings WHERE village_id = NEW.village_id AND number = NEW.number);
  SELECT RAISE(ABORT, 'journal: lines are missing') WHERE (CASE WHEN NEW.kind = 'act' OR substr(NEW.kind, 1, 4) = 'act_' THEN NEW.line_count = 0 AND NEW.seal_version >= 2 ELSE NEW.line_count >= 2 END) IS NOT TRUE;
  SELECT RAISE(ABORT, 'journal: the entry does not balance') WHERE EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number GROUP BY unit HAVING SUM(amount) <> 0);
  SELECT RAISE(ABORT, 'journal: facts and their digest do not go together') WHERE (NEW.facts_digest IS NOT NULL) <> EXISTS (SELECT 1 FROM journal_facts WHERE village_id = NEW.village_id AND number = NEW.number) OR (NEW.facts_digest IS NOT NULL AND (NEW.seal_version >= 2) IS NOT TRUE);
END;
--> statement-breakpoint
CREATE TRIGGER `journal_facts_insert` BEFORE INSERT ON `journal_facts` BEGIN
  SELECT RAISE(ABORT, 'journal_facts: the entry is closed') WHERE EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND number = NEW.number);
  SELECT RAISE(ABORT, 'journal_facts: the entry has such a fact') WHERE EXISTS (SELECT 1 FROM journal_facts WHERE village_id = NEW.village_id AND number = NEW.number AND name = NEW.name);
  SELECT RAISE(ABORT, 'journal_facts: a value has a salt when it has an owner') WHERE (CASE WHEN NEW.owner_id IS NULL THEN NEW.value IS NOT NULL AND NEW.salt IS NULL ELSE (NEW.value IS NULL) = (NEW.salt IS NULL) END) IS NOT TRUE;
END;
--> statement-breakpoint
CREATE TRIGGER `journal_facts_update` BEFORE UPDATE ON `journal_facts` BEGIN
  SELECT RAISE(ABORT, 'journal_facts: only an owner''s value may be erased') WHERE NEW.value IS NOT NULL OR NEW.salt IS NOT NULL OR OLD.owner_id IS NULL OR NEW.owner_id IS NOT OLD.owner_id OR NEW.village_id IS NOT OLD.village_id OR NEW.number IS NOT OLD.number OR NEW.name IS NOT OLD.name OR NEW.digest IS NOT OLD.digest;
END;
--> statement-breakpoint
CREATE TRIGGER `journal_facts_delete` BEFORE DELETE ON `journal_facts` BEGIN SELECT RAISE(ABORT, 'journal_facts: rows are never deleted'); END;
