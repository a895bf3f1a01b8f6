-- The journal is append-only, and an entry that does not balance, leaves a gap or breaks the chain is refused
-- by the database itself. Lines and facts are inserted before their entry; the entry's trigger closes it.
-- An act, known by its kind's name, has no lines, and nothing else has none.
-- Insert triggers also refuse what exists already: INSERT OR REPLACE deletes without asking delete triggers.
CREATE TRIGGER `journal_insert` BEFORE INSERT ON `journal` BEGIN
  SELECT RAISE(ABORT, 'journal: the number must follow the last one') WHERE NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM journal WHERE village_id = NEW.village_id);
  SELECT RAISE(ABORT, 'journal: the previous hash is not the last entry''s') WHERE NEW.number > 1 AND NEW.previous_hash IS NOT (SELECT hash FROM journal WHERE village_id = NEW.village_id AND number = NEW.number - 1);
  SELECT RAISE(ABORT, 'journal: this key has been used') WHERE EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND idempotency_key = NEW.idempotency_key);
  SELECT RAISE(ABORT, 'journal: already reversed') WHERE NEW.reverses_number IS NOT NULL AND EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND reverses_number = NEW.reverses_number);
  SELECT RAISE(ABORT, 'journal: already resolved') WHERE NEW.resolves_number IS NOT NULL AND EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND resolves_number = NEW.resolves_number);
  SELECT RAISE(ABORT, 'journal: lines are missing') WHERE NEW.line_count IS NOT (SELECT COUNT(*) FROM postings WHERE village_id = NEW.village_id AND number = NEW.number);
  SELECT RAISE(ABORT, 'journal: lines are missing') WHERE (CASE WHEN NEW.kind = 'act' OR substr(NEW.kind, 1, 4) = 'act_' THEN NEW.line_count = 0 AND NEW.seal_version >= 2 ELSE NEW.line_count >= 2 END) IS NOT TRUE;
  SELECT RAISE(ABORT, 'journal: the entry does not balance') WHERE EXISTS (SELECT 1 FROM postings p CROSS JOIN accounts a ON a.village_id = p.village_id AND a.number = p.account_number WHERE p.village_id = NEW.village_id AND p.number = NEW.number GROUP BY a.unit HAVING SUM(p.amount) <> 0);
  SELECT RAISE(ABORT, 'journal: facts and their digest do not go together') WHERE (NEW.facts_digest IS NOT NULL) <> EXISTS (SELECT 1 FROM journal_facts WHERE village_id = NEW.village_id AND number = NEW.number) OR (NEW.facts_digest IS NOT NULL AND (NEW.seal_version >= 2) IS NOT TRUE);
END;
--> statement-breakpoint
CREATE TRIGGER `journal_update` BEFORE UPDATE ON `journal` BEGIN SELECT RAISE(ABORT, 'journal: entries are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `journal_delete` BEFORE DELETE ON `journal` BEGIN SELECT RAISE(ABORT, 'journal: entries are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `postings_insert` BEFORE INSERT ON `postings` BEGIN
  SELECT RAISE(ABORT, 'postings: the entry is closed') WHERE EXISTS (SELECT 1 FROM journal WHERE village_id = NEW.village_id AND number = NEW.number);
  SELECT RAISE(ABORT, 'postings: one line an account and number') WHERE EXISTS (SELECT 1 FROM postings WHERE village_id = NEW.village_id AND number = NEW.number AND (line = NEW.line OR account_number = NEW.account_number));
END;
--> statement-breakpoint
CREATE TRIGGER `postings_update` BEFORE UPDATE ON `postings` BEGIN SELECT RAISE(ABORT, 'postings: lines are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `postings_delete` BEFORE DELETE ON `postings` BEGIN SELECT RAISE(ABORT, 'postings: lines are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `accounts_insert` BEFORE INSERT ON `accounts` BEGIN
  SELECT RAISE(ABORT, 'accounts: the number must follow the last one') WHERE NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM accounts WHERE village_id = NEW.village_id);
  SELECT RAISE(ABORT, 'accounts: this account exists') WHERE EXISTS (SELECT 1 FROM accounts WHERE village_id = NEW.village_id AND id = NEW.id);
  SELECT RAISE(ABORT, 'accounts: the id does not say what the account is') WHERE NEW.id IS NOT NEW.kind || ':' || NEW.owner_id || ':' || NEW.unit;
END;
--> statement-breakpoint
CREATE TRIGGER `accounts_update` BEFORE UPDATE ON `accounts` BEGIN SELECT RAISE(ABORT, 'accounts: accounts are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `accounts_delete` BEFORE DELETE ON `accounts` BEGIN SELECT RAISE(ABORT, 'accounts: accounts are never deleted'); END;
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
CREATE TRIGGER `ledger_heads_insert` BEFORE INSERT ON `ledger_heads` BEGIN
  SELECT RAISE(ABORT, 'ledger_heads: a book starts at 0, once') WHERE NEW.number IS NOT 0 OR EXISTS (SELECT 1 FROM ledger_heads WHERE village_id = NEW.village_id);
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_heads_update` BEFORE UPDATE ON `ledger_heads` BEGIN
  SELECT RAISE(ABORT, 'ledger_heads: numbers only count up') WHERE NEW.village_id IS NOT OLD.village_id OR NEW.number < OLD.number OR (NEW.book_id IS NOT OLD.book_id AND OLD.number <> 0);
END;
--> statement-breakpoint
CREATE TRIGGER `ledger_heads_delete` BEFORE DELETE ON `ledger_heads` BEGIN SELECT RAISE(ABORT, 'ledger_heads: a book is never deleted'); END;
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
