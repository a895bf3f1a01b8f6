-- Lines and texts come before their entry, so their references to it are looked at when the transaction ends.
-- Saying so in the tables spares a pragma in each transaction, which would have SQLite prepare every statement anew.
DROP TRIGGER `journal_insert`;
--> statement-breakpoint
CREATE TABLE `new_postings` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`line` integer NOT NULL,
	`account_id` text NOT NULL,
	`unit` text NOT NULL,
	`amount` integer NOT NULL,
	`balance_after` integer NOT NULL,
	`effective_on` text NOT NULL,
	`effective_through` text NOT NULL,
	PRIMARY KEY(`village_id`, `number`, `line`),
	FOREIGN KEY (`village_id`,`number`) REFERENCES `journal`(`village_id`,`number`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED,
	FOREIGN KEY (`village_id`,`account_id`) REFERENCES `accounts`(`village_id`,`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `new_postings` SELECT * FROM `postings`;
--> statement-breakpoint
DROP TABLE `postings`;
--> statement-breakpoint
ALTER TABLE `new_postings` RENAME TO `postings`;
--> statement-breakpoint
CREATE UNIQUE INDEX `postings_by_account` ON `postings` (`village_id`,`account_id`,`effective_through`,`number`);
--> statement-breakpoint
CREATE INDEX `postings_back_dated` ON `postings` (`village_id`,`account_id`,`number`) WHERE "postings"."effective_on" < "postings"."effective_through";
--> statement-breakpoint
CREATE TRIGGER `postings_insert` BEFORE INSERT ON `postings` BEGIN
  SELECT RAISE(ABORT, 'postings: the entry is closed') WHERE EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND number = NEW.number);
  SELECT RAISE(ABORT, 'postings: one line an account and number') WHERE EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number AND (line = NEW.line OR account_id = NEW.account_id));
  SELECT RAISE(ABORT, 'postings: not the account''s unit') WHERE NEW.unit IS NOT (SELECT unit FROM accounts WHERE village_id = NEW.village_id AND id = NEW.account_id);
END;
--> statement-breakpoint
CREATE TRIGGER `postings_update` BEFORE UPDATE ON `postings` BEGIN SELECT RAISE(ABORT, 'postings: lines are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `postings_delete` BEFORE DELETE ON `postings` BEGIN SELECT RAISE(ABORT, 'postings: lines are never deleted'); END;
--> statement-breakpoint
CREATE TABLE `new_journal_texts` (
	`village_id` text NOT NULL,
	`number` integer NOT NULL,
	`body` text,
	`salt` text,
	PRIMARY KEY(`village_id`, `number`),
	FOREIGN KEY (`village_id`,`number`) REFERENCES `journal`(`village_id`,`number`) ON UPDATE no action ON DELETE no action DEFERRABLE INITIALLY DEFERRED
);
--> statement-breakpoint
INSERT INTO `new_journal_texts` SELECT * FROM `journal_texts`;
--> statement-breakpoint
DROP TABLE `journal_texts`;
--> statement-breakpoint
ALTER TABLE `new_journal_texts` RENAME TO `journal_texts`;
--> statement-breakpoint
CREATE TRIGGER `journal_texts_insert` BEFORE INSERT ON `journal_texts` BEGIN
  SELECT RAISE(ABORT, 'journal_texts: the entry has its text') WHERE EXISTS (SELECT 1 FROM journal_texts WHERE village_id = NEW.village_id AND number = NEW.number);
END;
--> statement-breakpoint
CREATE TRIGGER `journal_texts_update` BEFORE UPDATE ON `journal_texts` BEGIN
  SELECT RAISE(ABORT, 'journal_texts: text may only be erased') WHERE NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.village_id IS NOT OLD.village_id OR NEW.number IS NOT OLD.number;
END;
--> statement-breakpoint
CREATE TRIGGER `journal_texts_delete` BEFORE DELETE ON `journal_texts` BEGIN SELECT RAISE(ABORT, 'journal_texts: rows are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `journal_insert` BEFORE INSERT ON `journal` BEGIN
  SELECT RAISE(ABORT, 'journal: the number must follow the last one') WHERE NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM journal WHERE village_id = NEW.village_id);
  SELECT RAISE(ABORT, 'journal: the previous hash is not the last entry''s') WHERE NEW.number > 1 AND NEW.previous_hash IS NOT (SELECT hash FROM journal WHERE village_id = NEW.village_id AND number = NEW.number - 1);
  SELECT RAISE(ABORT, 'journal: this key has been used') WHERE EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND idempotency_key = NEW.idempotency_key);
  SELECT RAISE(ABORT, 'journal: already reversed') WHERE NEW.reverses_number IS NOT NULL AND EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND reverses_number = NEW.reverses_number);
  SELECT RAISE(ABORT, 'journal: already resolved') WHERE NEW.resolves_number IS NOT NULL AND EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND resolves_number = NEW.resolves_number);
  SELECT RAISE(ABORT, 'journal: lines are missing') WHERE NEW.line_count IS NOT (SELECT COUNT(*) FROM postings WHERE village_id = NEW.village_id AND number = NEW.number) OR NEW.line_count < 2;
  SELECT RAISE(ABORT, 'journal: the entry does not balance') WHERE EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number GROUP BY unit HAVING SUM(amount) <> 0);
END;
